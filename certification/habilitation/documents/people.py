"""The people of a structure on their way, in lists and files: where they are, never an answer nor a score."""

from dataclasses import dataclass
from itertools import islice

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from certification.habilitation.documents.seats import has_lost_seat, with_lost_seats
from certification.habilitation.documents.standing import BADGES, WORD_OF_STEP, days_of, is_peer
from certification.habilitation.lifecycle import EXITS, REACHED, FactKind, Standing, Step
from certification.habilitation.models import Fact, Habilitation
from lms.kernel.formats import NBSP, date_short
from lms.kernel.tables import write
from parcours.learning.documents.standing import named

CHUNK = 2_000
MOST_AWAITED = 2
BY_NAME, BY_STEP, BY_OLDEST = "nom", "etape", "attente"
SORTS = {BY_NAME: "Nom", BY_STEP: "Étape", BY_OLDEST: "Ceux qui attendent depuis le plus longtemps"}
ORDER = {
    BY_NAME: ("person__last_name", "person__first_name", "pk"),
    BY_STEP: ("step", "person__last_name", "pk"),
    BY_OLDEST: ("step_on", "pk"),
}
STATES = {
    "a-inscrire": "À inscrire",
    "en-formation": "Inscrits, pas encore formés",
    "test-pix": "Formés, test Pix attendu",
    "declares": "Test Pix déclaré, à confirmer",
    "eligibilite": "Formés et test envoyé, éligibilité attendue",
    "habilites": "Habilités",
    "sortis": "Sortis",
}
IN_STATE = {
    "a-inscrire": Q(step=Step.INVITED),
    "en-formation": Q(step__in=(Step.REGISTERED, Step.UNDERWAY)),
    "test-pix": Q(step=Step.ATTENDED),
    "declares": Q(is_declared=True, exit_step=""),
    "eligibilite": Q(step=Step.PIX_SENT),
    "habilites": Q(step__in=REACHED),
    "sortis": Q(step__in=EXITS),
}
HEADINGS = (
    *("Nom", "Prénom", "Adresse e-mail", "Étape", "Depuis le", "Inscrit le", "Formé le", "Test Pix envoyé le"),
    *("Habilité le", "Voie", "Motif de sortie"),
)


@dataclass(frozen=True)
class Search:
    """What a référent asks of the list; every part may be absent."""

    q: str = ""
    etat: str = ""
    tri: str = BY_NAME


@dataclass(frozen=True)
class Line:
    """As the structure reads it: of whoever left, nothing that came since."""

    habilitation: Habilitation

    def __post_init__(self):
        self.habilitation.until_departure()

    @property
    def words(self):
        return days_of(self.habilitation)

    @property
    def word(self):
        return WORD_OF_STEP[self.habilitation.step]

    @property
    def badge(self):
        return BADGES.get(self.habilitation.step, "")

    @property
    def waits(self):
        """Who waits for what: what comes next, and from whom."""
        one = self.habilitation
        if one.is_out:
            return f"{one.get_exit_reason_display()}, le {date_short(one.exited_on)}"
        return f"{NBSP}; ".join(filter(None, islice(_waits(one, self.is_declared), MOST_AWAITED)))

    @property
    def is_declared(self):
        return getattr(self.habilitation, "is_declared", False)


def _waits(one, declared):
    if one.step in REACHED:
        yield "" if one.operational_on else "moyen de connexion, à donner par vous"
        return
    if not one.eligible_on:
        yield "éligibilité, d’Aidants Connect"
    if not one.trained_on and not is_peer(one):
        yield _training_awaited(one)
    if not one.pix_on:
        yield "confirmation du test Pix, par l’ANCT" if declared else "test Pix, par la personne"


def _training_awaited(one):
    if one.registered_on and not one.started_on and has_lost_seat(one):
        return "place rendue ou session annulée, à inscrire de nouveau par vous"
    return "formation, en cours" if one.registered_on else "inscription à une session, par vous"


def people_of(organisation, search: Search):
    declared = Fact.objects.filter(person=OuterRef("person"), kind=FactKind.PIX, standing=Standing.DECLARED)
    found = Habilitation.objects.filter(organisation=organisation).with_last_day()
    found = found.annotate(is_declared=Exists(declared.standing())).filter(named(search.q, "person__"))
    if search.etat in IN_STATE:
        found = found.filter(IN_STATE[search.etat])
    return with_lost_seats(found.select_related("person")).order_by(*ORDER.get(search.tri, ORDER[BY_NAME]))


def write_people(out, form, organisation, search) -> None:
    rows = map(_row, people_of(organisation, search).iterator(chunk_size=CHUNK))
    write(out, form, HEADINGS, rows, title="Habilitations")


def file_name(organisation, form) -> str:
    return f"habilitations-{timezone.localdate():%Y-%m-%d}-{organisation.public_id.hex[:8]}.{form}"


def _row(one):
    one, person = one.until_departure(), one.person
    return (
        *(person.last_name, person.first_name, person.email or "", one.get_step_display(), one.step_on),
        *(one.registered_on, one.trained_on, one.pix_on, one.habilitated_on),
        *(one.get_route_display(), one.get_exit_reason_display()),
    )
