"""What each line of a file would do: shown before anything is written, then done."""

from dataclasses import dataclass, field

from certification.habilitation.documents.imports.earlier import Earlier
from certification.habilitation.documents.imports.known import Known
from certification.habilitation.documents.imports.matching import Match, matched
from certification.habilitation.documents.imports.news import look_for_news
from certification.habilitation.documents.imports.places import names_one, oddities, place_key
from certification.habilitation.documents.imports.sessions import SessionPlanner, Sessions
from certification.habilitation.documents.imports.statuses import read_status
from certification.habilitation.engine.layouts import SHAPES
from certification.habilitation.engine.said import Said, said_by
from certification.habilitation.lifecycle import ACTING, ATTENDANCES, NOBODY_YET, FileKind, Outcome

NO_ADDRESS = "Il manque l’adresse électronique : sans elle, personne ne peut être reconnu."
NO_IDENTIFIER = "Il manque l’identifiant d’Aidants Connect : sans lui, personne ne peut être reconnu."
NO_STRUCTURE = "Il manque de quoi reconnaître la structure : son numéro Datapass, son SIRET, ou son nom et sa commune."
OWN_PRESENCE = "C’est votre propre présence : une liste déposée et enregistrée par quelqu’un d’autre la dit."
ERASED = "Cette personne a demandé l’effacement de ses données : rien n’en est repris, ni gardé de cette ligne."
NOT_FOLLOWED = (
    "Cette personne n’est suivie dans aucune structure, et ce fichier ne dit pas la sienne : déposez d’abord les "
    "personnes par structure (A8) ou l’export général (A11)."
)
SEVERAL_PLACES = (
    "Cette personne est suivie dans plusieurs structures, et ce fichier ne dit pas laquelle : "
    "les comptes aidants (A10) ou l’export général (A11) le disent."
)


@dataclass
class Plan:
    """`person` and `organisation` are None when they are to be made; `candidates` are shown to who decides."""

    number: int
    said: Said
    outcome: str = Outcome.SAME
    sentences: list = field(default_factory=list)
    person: object = None
    organisation: object = None
    habilitation: object = None
    trainer: object = None
    candidates: list = field(default_factory=list)
    completes: dict = field(default_factory=dict)
    """What the structure did not say yet, by field."""

    @property
    def acts(self):
        return self.outcome in ACTING


def planner_of(file):
    return SessionPlanner(file) if file.kind == FileKind.SESSIONS else Planner(file)


class Planner:
    """Makes the plans of one file, batch after batch: it remembers what the lines before have said."""

    def __init__(self, file):
        self.file, self.shape = file, SHAPES[file.kind]
        self.seen, self.newcomers = {}, {} if self.shape.makes_people else None

    def plans(self, lines) -> tuple[list[Plan], Known]:
        """`lines`: of each its number, its values, and the person somebody chose for it, if any."""
        earlier = Earlier(self.file, lines)
        lines = [(number, values, chosen or earlier.person_for(values)) for number, values, chosen in lines]
        sessions = Sessions([values for _, values, _ in lines] if self.file.kind in ATTENDANCES else [])
        said = [self._said(sessions.completed(values)) for _, values, _ in lines]
        known = Known(said, [chosen for _, _, chosen in lines if chosen])
        plans = [self._plan(number, one, known, chosen) for (number, _, chosen), one in zip(lines, said, strict=True)]
        for plan, (_, values, _) in zip(plans, lines, strict=True):
            if plan.said.facts and (sentence := sessions.sentence(values)):
                plan.sentences.append(sentence)
            if plan.outcome in NOBODY_YET and (sentence := earlier.answer_to(values)):
                plan.candidates, plan.sentences = [], []
                self._end(plan, Outcome.LEFT_OUT, sentence)
        look_for_news(plans, known, self.file, self.shape)
        return plans, known

    def _said(self, values) -> Said:
        return said_by(self.file.kind, values, dated_on=self.file.dated_on, on=self.file.held_on)

    def _plan(self, number, said, known, chosen) -> Plan:
        plan = Plan(number, said, sentences=list(said.faults))
        if said.faults:
            return self._end(plan, Outcome.FAULTY)
        if said.aside:
            return self._end(plan, Outcome.LEFT_OUT, said.aside)
        if first := self._line_repeated(plan):
            return self._end(plan, Outcome.LEFT_OUT, f"Cette ligne répète la ligne {first}.")
        if not self._place(plan, known):
            return self._end(plan, Outcome.FAULTY, NO_STRUCTURE)
        return plan if self.shape.about_structures else self._recognise(plan, known, chosen)

    def _line_repeated(self, plan) -> int | None:
        """The line above that says the same; two lines that name nobody are not of the same person."""
        said = plan.said
        whose, place = said.email or said.external_id, place_key(said.structure)
        if not (place if self.shape.about_structures else whose):
            return None
        first = self.seen.setdefault((whose, place, said.facts[0].on if said.facts else None), plan.number)
        return first if first != plan.number else None

    def _place(self, plan, known) -> bool:
        """Which structure the line is about; whether it says enough of one, where one is wanted."""
        told = plan.said.structure
        plan.organisation = known.structure(told, apart=self.shape.about_structures)
        if not (self.shape.makes_people or self.shape.about_structures):
            return True
        if plan.organisation is None and not names_one(told):
            return False
        plan.sentences += oddities(told, plan.organisation, known)
        return True

    def _recognise(self, plan, known, chosen) -> Plan:
        said = plan.said
        if chosen is None and known.is_refused(said):
            return self._end(plan, Outcome.ERASED, ERASED)
        if not (said.external_id if self.shape.by_identifier else said.email):
            return self._end(plan, Outcome.FAULTY, NO_IDENTIFIER if self.shape.by_identifier else NO_ADDRESS)
        match = Match(chosen) if chosen else matched(said, known, plan.organisation, self.newcomers)
        plan.person, plan.candidates = match.person, [one.pk for one in match.candidates]
        if match.outcome:
            return self._end(plan, match.outcome, match.sentence)
        if plan.person and self._is_own(plan.person):
            return self._end(plan, Outcome.LEFT_OUT, OWN_PRESENCE)
        plan.trainer = next((found for one in said.facts if (found := known.trainer(one.trainer))), None)
        return self._find_habilitation(plan, known)

    def _is_own(self, person) -> bool:
        """A presence is said by somebody else: neither who deposits the list nor who confirms it."""
        return self.file.kind in ATTENDANCES and person.pk in (self.file.received_by_id, self.file.confirmed_by_id)

    def _find_habilitation(self, plan, known) -> Plan:
        """In the structure of the line; where its file names none, in the only one where the person is followed."""
        if not self.shape.by_identifier:
            plan.habilitation = known.habilitation(plan.person, plan.organisation)
            if self.file.kind == FileKind.PEOPLE_TO_TRAIN:
                plan.sentences += read_status(plan.said, self.file.mapping.get("status", ""))
            return plan
        followed = known.followed(plan.person)
        if len(followed) != 1:
            return self._end(plan, Outcome.LEFT_OUT, SEVERAL_PLACES if followed else NOT_FOLLOWED)
        plan.habilitation = followed[0]
        return plan

    def _end(self, plan, outcome, *sentences) -> Plan:
        plan.outcome = outcome
        plan.sentences += sentences
        return plan
