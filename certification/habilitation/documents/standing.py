"""Where a person is, in the four words people read; each with its day and where that is known from."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from certification.habilitation.lifecycle import FactKind, Route, Standing, Step
from certification.habilitation.models import Fact, Habilitation
from lms.kernel.formats import date_short

REGISTERED, TRAINED, SENT, HABILITATED = "Inscrit", "Formé", "Test Pix envoyé", "Habilité"
FOLLOWED = "pour une autre structure, ou hors de ce service"
DONE, WAITING, MISSING = "done", "waiting", "missing"
KIND_OF_WORD = {REGISTERED: FactKind.REGISTRATION, TRAINED: FactKind.TRAINING, SENT: FactKind.PIX}
BADGES = {
    Step.INVITED: "",
    Step.REGISTERED: "info",
    Step.UNDERWAY: "info",
    Step.ATTENDED: "info",
    Step.PIX_SENT: "info",
    Step.HABILITATED: "success",
    Step.OPERATIONAL: "success",
}
WORD_OF_STEP = {
    Step.INVITED: "Invité",
    Step.REGISTERED: REGISTERED,
    Step.UNDERWAY: REGISTERED,
    Step.ATTENDED: TRAINED,
    Step.PIX_SENT: SENT,
    Step.HABILITATED: HABILITATED,
    Step.OPERATIONAL: HABILITATED,
    Step.LEFT: "Abandon",
    Step.CANCELLED: "Annulé",
    Step.REFUSED: "Refusé",
}


@dataclass(frozen=True)
class Mark:
    """One of the four words: since when, and what says so."""

    word: str
    state: str
    on: date | None = None
    source: str = ""

    @property
    def is_done(self):
        return self.state == DONE

    @property
    def is_waiting(self):
        return self.state == WAITING


@dataclass
class Standpoint:
    """A person in one structure. `facts`: the person's and the structure's, withdrawn and set aside ones included."""

    habilitation: Habilitation
    facts: list[Fact] = field(default_factory=list)

    def until_departure(self):
        """As the structure that the person left reads it."""
        one = self.habilitation.until_departure()
        facts = [fact for fact in self.facts if not one.departed_on or fact.on <= one.departed_on]
        return Standpoint(one, facts)

    @cached_property
    def marks(self) -> list[Mark]:
        return [self._mark(word) for word in KIND_OF_WORD] + [self._last_mark()]

    @property
    def word(self):
        """The furthest of the four words, each needing those before it, or the way out."""
        return WORD_OF_STEP[self.habilitation.step]

    @property
    def badge(self):
        return BADGES.get(self.habilitation.step, "")

    @property
    def declared(self) -> Fact | None:
        """The test Pix that somebody declared, and that waits."""
        return next((one for one in self.of(FactKind.PIX) if one.waits), None)

    @property
    def set_aside(self) -> Fact | None:
        """The last declaration, when it was set aside and nothing was said since."""
        told = [one for one in self.of(FactKind.PIX) if one.withdrawn_at is None]
        return told[-1] if told and told[-1].standing == Standing.REJECTED else None

    def of(self, kind):
        return [one for one in self.facts if one.kind == kind]

    def _mark(self, word):
        kind = KIND_OF_WORD[word]
        counted = sorted((one for one in self.of(kind) if one.counts), key=lambda one: (one.on, one.pk))
        if counted:
            return Mark(word, DONE, counted[0].on, counted[0].source)
        if word == TRAINED and self.habilitation.trained_on:
            return Mark(word, DONE, self.habilitation.trained_on, "formation entre pairs : date du test Pix")
        if word == REGISTERED and self.habilitation.trained_on:
            return Mark(word, DONE, None, "entre pairs, sans session" if is_peer(self.habilitation) else FOLLOWED)
        if waiting := next((one for one in self.of(kind) if one.waits), None):
            return Mark(word, WAITING, waiting.on, f"déclaré, à confirmer : {waiting.declarer}")
        return Mark(word, MISSING)

    def _last_mark(self):
        one = self.habilitation
        if not one.habilitated_on:
            return Mark(HABILITATED, MISSING)
        seen = min((fact.on for fact in self.of(FactKind.ACCOUNT) if fact.counts), default=None)
        source = f"compte d’Aidants Connect, vu le {date_short(seen)}" if seen else "formation et test Pix enregistrés"
        return Mark(HABILITATED, DONE, one.habilitated_on, source)


def standpoints(habilitations) -> list[Standpoint]:
    """With their facts: two queries, however many they are."""
    habilitations = list(habilitations)
    people = {one.person_id for one in habilitations}
    facts = defaultdict(list)
    for fact in Fact.objects.filter(person__in=people).for_page().order_by("pk"):
        facts[fact.habilitation_id or f"person {fact.person_id}"].append(fact)
    return [Standpoint(one, facts[one.pk] + facts[f"person {one.person_id}"]) for one in habilitations]


def days_of(habilitation) -> list[tuple[str, str]]:
    """The four words with their days alone: what a line of a list shows, without a query."""
    one = habilitation
    registered = one.registered_on or one.trained_on
    days = ((REGISTERED, registered), (TRAINED, one.trained_on), (SENT, one.pix_on), (HABILITATED, one.habilitated_on))
    return [(word, date_short(day) if day else "") for word, day in days]


def is_peer(habilitation) -> bool:
    return habilitation.route == Route.PEER
