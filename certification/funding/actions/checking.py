"""What the pieces say is read again each time something may have changed it."""

from django.db import transaction
from django.utils import timezone

from certification.funding.actions.refusals import held
from certification.funding.documents.comparison import compared, comparison_of
from certification.funding.models import Demande

CHUNK = 200


@transaction.atomic
def recheck(demande) -> Demande:
    """Count again what differs and what was explained; the row with it."""
    locked = held(demande)
    found = comparison_of(locked)
    locked.mismatches, locked.explained = found.mismatches, found.explained
    locked.checked_at = timezone.now()
    locked.save(update_fields=["mismatches", "explained", "checked_at"])
    return locked


def recheck_session(session_pk) -> None:
    for demande in Demande.objects.to_watch().filter(session=session_pk):
        recheck(demande)


def recheck_organisation(organisation_pk) -> None:
    """What an organisme declares of itself is read in every demande that waits for its agreement."""
    for demande in Demande.objects.asked().filter(session__organisation=organisation_pk):
        recheck(demande)


def recheck_all() -> int:
    """Certificats, invoices and credit notes made since: every file whose payment is not over; how many changed."""
    pks = list(Demande.objects.to_watch().order_by("pk").values_list("pk", flat=True))
    return sum(_recheck_some(pks[rank : rank + CHUNK]) for rank in range(0, len(pks), CHUNK))


def _recheck_some(pks) -> int:
    demandes = list(Demande.objects.filter(pk__in=pks).for_batch())
    found = compared(demandes)
    changed = [one for one in demandes if _told(one) != (found[one.pk].mismatches, found[one.pk].explained)]
    for demande in changed:
        recheck(demande)
    return len(changed)


def _told(demande) -> tuple[int, int]:
    return demande.mismatches, demande.explained
