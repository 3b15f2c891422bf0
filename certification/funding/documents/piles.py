"""The first screen of an officer: five piles with their ages, and the list behind each."""

from dataclasses import dataclass

from django.utils import timezone

from certification.funding.lifecycle import Pile
from certification.funding.models import Demande
from lms.kernel.formats import NBSP, number, plural
from lms.kernel.tables import write

ALL = "tous"
SOON_DAYS = 30
AWAITED = (Pile.DECIDE, Pile.CHECK, Pile.PAY)
FIVE = (Pile.DECIDE, Pile.WAITING, Pile.CHECK, Pile.PAY, Pile.CLOSED)
HEADINGS = (
    "Numéro",
    "État",
    "Depuis le",
    "Employeur",
    "SIRET",
    "IDCC",
    "Session",
    "Organisme de formation",
    "Début",
    "Fin",
    "Personnes",
    "Minutes par personne",
    "Coût demandé",
    "Accord",
    "Montant accordé",
    "Montant à payer",
    "Payé",
    "Écarts à expliquer",
    "Écarts expliqués",
)


@dataclass(frozen=True)
class PileShown:
    pile: Pile
    count: int
    days: int | None
    mismatched: int
    ending: int
    """Whose agreement ends soon, or has ended."""

    @property
    def title(self) -> str:
        return f"{self.pile.label} ({number(self.count)})"

    @property
    def age(self) -> str:
        if self.count == 0:
            return "Rien dans cette pile."
        if self.pile == Pile.CLOSED:
            return ""
        if self.days < 1:
            return "Le plus ancien date d’aujourd’hui."
        return f"Le plus ancien attend depuis {plural(self.days, 'jour', 'jours')}."

    @property
    def warning(self) -> str:
        return f"{plural(self.mismatched, 'dossier', 'dossiers')} avec un écart" if self.mismatched else ""


def piles_of(demandes) -> dict[Pile, PileShown]:
    found = demandes.counted(SOON_DAYS)
    return {
        pile: PileShown(pile, told["count"], _days(told["oldest"]), told["mismatched"], told["ending"])
        for pile, told in found.items()
    }


def count_of(piles, pile) -> int:
    """Of a pile, of all that waits for an officer, or of everything."""
    if pile in Pile.values:
        return piles[Pile(pile)].count
    return sum(one.count for one in piles.values() if pile == ALL or one.pile in AWAITED)


def _days(since) -> int | None:
    return since and (timezone.localdate() - timezone.localdate(since)).days


def write_list(out, form, found) -> None:
    """Files and amounts, never the names of people."""
    found = found.for_list().with_paid()
    write(out, form, HEADINGS, map(_row, found.iterator(chunk_size=500)), title="Prises en charge")


def _row(one):
    session = one.session
    return (
        one.number,
        one.get_state_display(),
        timezone.localdate(one.waiting_since),
        str(one.employer),
        one.siret,
        one.idcc,
        session.title,
        str(session.organisation),
        one.starts_on,
        one.ends_on,
        one.people,
        one.minutes,
        one.cost,
        one.agreement_number,
        one.granted_amount,
        one.due_amount,
        one.paid,
        one.mismatches,
        one.explained,
    )


def waiting_count(person) -> str:
    """« 12 en attente », of those of one’s OPCO; nothing when none is."""
    count = Demande.objects.decided_by(person).awaiting().count()
    return f"{number(count)}{NBSP}en{NBSP}attente" if count else ""
