from django.db import transaction
from django.utils import timezone

from lms.kernel.journal import record
from lms.kernel.lifecycle import TransitionRefused
from lms.organisations.engine.identifiers import compact, siret_refusal
from lms.organisations.models import Kind, Organisation
from lms.organisations.models.organisation import match_key


def find_or_create_structure(*, siret, name, antenne="", departement=None, by):
    """The structure with exactly this SIRET and this name, or a new one that ANCT will have to confirm.

    One that was merged since leads to the one that stands.

    The unique constraint answers for two requests at once: the second one finds the row of the first.
    """
    siret = compact(siret)
    if refusal := siret_refusal(siret):
        raise TransitionRefused([refusal])
    organisation, created = Organisation.objects.get_or_create(
        siret=siret,
        match_key=match_key(name, antenne),
        defaults={
            "kind": Kind.STRUCTURE,
            "name": name.strip(),
            "antenne": antenne.strip(),
            "departement": departement,
            "confirmed_at": None,
        },
    )
    if created:
        record("organisation.declared", organisation, by=by, after={"siret": siret})
    return organisation.standing()


@transaction.atomic
def confirm_organisation(organisation, *, by):
    """A structure declared by one of its people becomes a structure that is known."""
    organisation = Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)
    if organisation.is_confirmed:
        raise TransitionRefused([f"« {organisation} » est déjà confirmée : il n’y a rien à faire."])
    organisation.confirmed_at = timezone.now()
    organisation.save(update_fields=["confirmed_at"])
    record("organisation.confirmed", organisation, by=by)
    return organisation
