from django.db import IntegrityError, transaction

from certification.funding.actions.refusals import refuse_if
from certification.funding.documents.rules import rules_for
from certification.funding.models import Confirmation
from lms.kernel.journal import record
from lms.kernel.lifecycle import TransitionRefused

CHANGED = "Cette règle a changé depuis : relisez-la, puis confirmez-la."
KNOWN = "Cette règle est déjà confirmée."


@transaction.atomic
def confirm_rule(opco, *, code, sha256, source, by) -> Confirmation:
    """`sha256` is that of the value on screen. Raises TransitionRefused when it is no longer the one in force."""
    shown = {one.code: one.sha256 for one in rules_for(opco)}
    refuse_if("" if shown.get(code) == sha256 else CHANGED)
    try:
        with transaction.atomic():
            found = Confirmation.objects.create(opco=opco, code=code, value_sha256=sha256, source=source.strip(), by=by)
    except IntegrityError as error:
        raise TransitionRefused([KNOWN]) from error
    record("funding.confirm_rule", found, by=by, after={"opco": opco.pk, "code": code, "sha256": sha256})
    return found
