"""What waits for an officer this morning, in figures: their own files and those that nobody has in charge."""

from django.db.models import Q

from certification.funding.documents.piles import AWAITED, SOON_DAYS, PileShown, piles_of
from certification.funding.lifecycle import Pile
from certification.funding.models import Demande
from lms.kernel.formats import NBSP, plural


def waiting_for(person) -> list[str]:
    """A sentence by pile; nothing when nothing waits."""
    mine = Demande.objects.decided_by(person).filter(Q(officer=person) | Q(officer=None))
    piles = piles_of(mine)
    found = [_sentence(piles[pile]) for pile in AWAITED if piles[pile].count]
    expiring = piles[Pile.RUNNING].ending
    if found and expiring:
        found.append(f"{plural(expiring, 'accord finit', 'accords finissent')} dans {SOON_DAYS}{NBSP}jours au plus")
    return found


def _sentence(shown: PileShown) -> str:
    said = f"{shown.pile.label}{NBSP}: {plural(shown.count, 'dossier', 'dossiers')}"
    if shown.days:
        said += f", le plus ancien depuis {plural(shown.days, 'jour', 'jours')}"
    if shown.mismatched:
        said += f", {shown.mismatched} avec un écart"
    return said


def subject_of(waiting) -> str:
    """The first pile of the list: a subject that stands alone."""
    return f"Prises en charge{NBSP}– {waiting[0]}"
