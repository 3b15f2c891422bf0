"""What the pieces say is read again each time something may have changed it."""

from django.db import transaction
from django.utils import timezone

from certification.funding.actions.refusals import held
from certification.funding.documents.comparison import comparison_of
from certification.funding.models import Demande


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


def recheck_all() -> int:
    """Certificats, invoices and credit notes made since: every file whose payment is not over."""
    count = 0
    for demande in Demande.objects.to_watch().iterator(chunk_size=200):
        recheck(demande)
        count += 1
    return count
