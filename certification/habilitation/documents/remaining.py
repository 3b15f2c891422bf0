"""What is left before somebody is habilité, who does it, and why a result that is expected is not there."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef
from django.urls import reverse

from certification.habilitation.documents.seats import has_lost_seat
from certification.habilitation.documents.standing import Standpoint, is_peer
from certification.habilitation.lifecycle import EXITS, PIX_RESULTS, FactKind, Standing
from certification.habilitation.models import Fact, Habilitation, ImportedFile
from lms.accounts.permissions import is_generic_mailbox
from lms.kernel.formats import NBSP, date_long, date_short

ANCT = "Aidants Connect"
NOT_OURS = "Le certificat d’habilitation est délivré par Aidants Connect, jamais par nous."


@dataclass(frozen=True)
class Who:
    """How those who act are named: to the person, or to somebody else."""

    person: str
    referent: str


TO_THE_PERSON, TO_OTHERS = Who("vous", "votre référent"), Who("la personne", "le référent de la structure")


@dataclass(frozen=True)
class Left:
    what: str
    who: str
    url: str = ""
    label: str = ""


@dataclass(frozen=True)
class Absence:
    """Why no test Pix is known. `address`: the only one under which the result is recognised.

    `since`: the day of the training, or of what is declared; a file of Pix that is no later says nothing of it.
    """

    address: str
    is_shared: bool
    last_file: ImportedFile | None
    declared: Fact | None
    since: date | None = None

    @property
    def is_told(self) -> bool:
        """Whether a file came since: it had no such result, and one of the two other reasons is the right one."""
        return bool(self.last_file and self.since and self.last_file.dated_on > self.since)

    @property
    def received(self):
        if self.last_file is None:
            return "Aucun fichier de Pix n’a encore été reçu ici."
        told = f"Le dernier fichier de Pix reçu est à jour du {date_long(self.last_file.dated_on)}"
        if self.is_told:
            return f"{told} : il ne porte pas ce résultat à cette adresse."
        if self.since:
            return f"{told} : aucun n’est venu depuis le {date_short(self.since)}."
        return f"{told}."


def last_pix_file() -> ImportedFile | None:
    found = ImportedFile.objects.done().filter(kind__in=PIX_RESULTS).defer("mapping", "warnings", "counts")
    return found.order_by("-dated_on", "-pk").first()


def absence_of(standpoint: Standpoint) -> Absence | None:
    """Said once the training is done, or the test declared; nothing is expected before, nor after a way out."""
    one = standpoint.habilitation
    expected = one.trained_on or standpoint.declared or is_peer(one)
    if one.pix_on or one.is_out or not expected:
        return None
    address = one.person.pix_email or one.person.email or ""
    declared = standpoint.declared
    since = max(filter(None, (one.trained_on, declared and declared.on)), default=None)
    return Absence(address, is_generic_mailbox(address), last_pix_file(), declared, since)


def left_of(standpoint: Standpoint, *, own: bool) -> list[Left]:
    """In the order it is done; `own`: as the person reads it."""
    who = TO_THE_PERSON if own else TO_OTHERS
    return [] if standpoint.habilitation.is_out else list(_left(standpoint, who))


def _left(standpoint, who) -> Iterator[Left]:
    one, trained = standpoint.habilitation, standpoint.habilitation.trained_on
    if not one.eligible_on and not one.habilitated_on:
        yield Left(
            "Éligibilité : elle se demande et se valide sur Aidants Connect, avant tout le reste",
            f"{who.referent}, puis {ANCT}",
        )
    if not trained and not is_peer(one):
        yield _training(one, who)
    if not one.pix_on:
        yield _pix(standpoint, who)
    if trained and one.pix_on and not one.habilitated_on:
        yield Left("Habilitation : elle est prononcée dès que l’éligibilité est connue", ANCT)
    if one.habilitated_on and not one.operational_on:
        yield Left("Moyen de connexion, une fois le compte Aidants Connect créé", who.referent)


def _training(one, who):
    if one.registered_on and not one.started_on and has_lost_seat(one):
        what = f"Inscription à une autre session{NBSP}: la place a été rendue, ou la session annulée"
        return Left(what, who.referent, "/sessions/", "Trouver une session")
    if not one.registered_on:
        return Left("Inscription à une session de formation", who.referent, "/sessions/", "Trouver une session")
    sessions = reverse("classroom:my_sessions")
    return Left(
        "Formation : toutes les demi-journées signées, et les étapes en ligne", who.person, sessions, "Mes sessions"
    )


def _pix(standpoint, who):
    if standpoint.declared:
        return Left("Confirmation du test Pix déclaré", "l’ANCT, ou le prochain fichier de Pix")
    return Left(
        "Test Pix : le passer, puis choisir «\u00a0Envoyer mes résultats\u00a0»",
        who.person,
        reverse("habilitation:declare_pix"),
        "Dire que je l’ai envoyé",
    )


def habilitations_of(person) -> list[Habilitation]:
    """One's own, read once per person object: menu, home and page ask for them."""
    if "_habilitations" not in person.__dict__:
        declared = Fact.objects.filter(person=OuterRef("person"), kind=FactKind.PIX, standing=Standing.DECLARED)
        found = Habilitation.objects.filter(person=person).select_related("organisation", "person")
        found = found.annotate(is_declared=Exists(declared.standing()))
        person.__dict__["_habilitations"] = list(found.order_by("created_at", "pk"))
    return person.__dict__["_habilitations"]


def lines_of(person) -> list[dict]:
    """A line of Mon espace when the test Pix waits for the person."""
    due = [one for one in habilitations_of(person) if _is_due(one)]
    if not due:
        return []
    when = f"formation du {date_short(due[0].trained_on)}" if due[0].trained_on else "formation entre pairs"
    return [
        {
            "badge": "Test Pix",
            "badge_kind": "warning",
            "label": "Envoyez vos résultats du test Pix",
            "url": reverse("habilitation:mine"),
            "detail": f"{when} : c’est ce qui manque à votre habilitation",
        }
    ]


def _is_due(one):
    return bool(one.trained_on or is_peer(one)) and not one.pix_on and one.step not in EXITS and not one.is_declared


def ways_onward(edition) -> list[dict]:
    """From a parcours that prepares habilitation: what is done and what is left are read there."""
    if not edition.is_habilitation:
        return []
    detail = "ce qui est fait, ce qui reste, et qui le fait"
    return [{"label": "Où en est mon habilitation ?", "url": reverse("habilitation:mine"), "detail": detail}]


def has_habilitation(person) -> bool:
    return bool(habilitations_of(person))
