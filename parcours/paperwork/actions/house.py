from django.db import transaction

from lms.kernel.journal import record
from lms.organisations.models import Organisation


@transaction.atomic
def state_mentions(organisation, *, by, **values) -> Organisation:
    """What the organisme says of itself on its papers; those already issued keep what they say."""
    locked = Organisation.objects.select_for_update(of=("self",), no_key=True).get(pk=organisation.pk)
    changed = [name for name, value in values.items() if getattr(locked, name) != value]
    before = {name: getattr(locked, name) for name in changed}
    for name in changed:
        setattr(locked, name, values[name])
    if changed:
        locked.save(update_fields=changed)
        personal = {"before": before, "after": {name: values[name] for name in changed}}
        record("paperwork.state_mentions", locked, by=by, after={"fields": changed}, personal=personal)
    return locked
