"""What each line of a file would do: shown before anything is written, then done."""

from dataclasses import dataclass, field
from typing import NamedTuple

from rapidfuzz.fuzz import token_sort_ratio

from certification.habilitation.documents.drafts import Draft, fact_owner
from certification.habilitation.documents.imports.earlier import Earlier
from certification.habilitation.documents.imports.known import Known, fit_number, fit_siret
from certification.habilitation.documents.imports.sessions import SessionPlanner, Sessions
from certification.habilitation.engine.layouts import SHAPES
from certification.habilitation.engine.said import Said, said_by
from certification.habilitation.lifecycle import (
    ACTING,
    ATTENDANCES,
    ELIGIBLE_STATUSES,
    NOBODY_YET,
    PIX_RESULTS,
    ExternalStatus,
    FactKind,
    FileKind,
    Origin,
    Outcome,
    Standing,
)
from lms.kernel.formats import NBSP
from lms.organisations.engine.identifiers import opaque_digits
from lms.organisations.models import Kind
from lms.organisations.models.organisation import match_key

STATUSES = {match_key(told): one.value for one in ExternalStatus for told in (one.value, one.label)}
OTHER_TYPE = match_key("Autre")
SAME_NAME = 60  # of 100: below, two names have nothing in common
DATED_KEYS = (FactKind.TRAINING, FactKind.PIX)
ORIGINS = dict.fromkeys(ATTENDANCES, Origin.TRAINING) | dict.fromkeys(PIX_RESULTS, Origin.PIX)
NO_ADDRESS = "Il manque l’adresse électronique : sans elle, personne ne peut être reconnu."
NO_STRUCTURE = "Il manque de quoi reconnaître la structure : son numéro Datapass, son SIRET, ou son nom et sa commune."
NO_ADDRESS_TYPED = "Aucune adresse n’a été saisie sur Pix : rien ne dit de qui il s’agit."
UNDER_ANOTHER_NAME = "Reconnue à son SIRET, sous un autre nom : « {name} »."
SIRET_SHARED = "« {name} » a le même SIRET : une antenne, ou un doublon à réunir."
NO_STATUS = "Ni la ligne ni le dépôt ne disent le statut de la demande : aucune éligibilité n’en est tirée."
UNKNOWN = "Aucune personne connue n’a cette adresse."
OTHER_NAME = "Cette adresse est celle d’une personne qui porte un autre nom."
OTHER_NAME_ABOVE = "Une ligne plus haut donne cette adresse à une personne qui porte un autre nom."
OTHER_NAME_OF_IDENTIFIER = "Cet identifiant est celui d’une personne qui porte un autre nom."
TWO_PEOPLE = "L’identifiant et l’adresse désignent deux personnes différentes."
OWN_PRESENCE = "C’est votre propre présence : une liste déposée et enregistrée par quelqu’un d’autre la dit."
ERASED = "Cette personne a demandé l’effacement de ses données : rien n’en est repris, ni gardé de cette ligne."
NAMESAKE = "Une personne de ce nom est connue sous une autre adresse."
NO_IDENTIFIER = "Il manque l’identifiant d’Aidants Connect : sans lui, personne ne peut être reconnu."
NEW_IDENTIFIER = "Aucune personne connue n’a cet identifiant."
NAMESAKE_OF_IDENTIFIER = "Cet identifiant n’est pas connu ici ; une personne de ce nom l’est."
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


class Named(NamedTuple):
    """Somebody whom a line names first."""

    first_name: str
    last_name: str

    @classmethod
    def of(cls, said):
        return cls(said.first_name, said.last_name)


def planner_of(file):
    return SessionPlanner(file) if file.kind == FileKind.SESSIONS else Planner(file)


class Planner:
    """Makes the plans of one file, batch after batch: it remembers what the lines before have said."""

    def __init__(self, file):
        self.file, self.kind, self.shape = file, file.kind, SHAPES[file.kind]
        self.seen, self.newcomers, self.on = {}, {}, file.held_on

    def plans(self, lines) -> tuple[list[Plan], Known]:
        """`lines`: pairs of a number and its values, and the person somebody chose for it, if any."""
        earlier = Earlier(self.file, lines)
        lines = [(number, values, chosen or earlier.person_for(values)) for number, values, chosen in lines]
        sessions = Sessions([values for _, values, _ in lines] if self.kind in ATTENDANCES else [])
        told = [sessions.completed(values) for _, values, _ in lines]
        said = [said_by(self.kind, values, dated_on=self.file.dated_on, on=self.on) for values in told]
        known = Known(said, [chosen for _, _, chosen in lines if chosen])
        plans = [self._plan(number, one, known, chosen) for (number, _, chosen), one in zip(lines, said, strict=True)]
        for plan, (_, values, _) in zip(plans, lines, strict=True):
            if plan.said.facts and (sentence := sessions.sentence(values)):
                plan.sentences.append(sentence)
            if plan.outcome in NOBODY_YET and (sentence := earlier.answer_to(values)):
                plan.candidates, plan.sentences = [], []
                self._end(plan, Outcome.LEFT_OUT, sentence)
        self._look_for_news(plans, known)
        return plans, known

    def drafts(self, plan) -> list[Draft]:
        """The facts of a plan whose person and habilitation exist."""
        return [
            Draft(
                plan.person.pk,
                one.kind,
                one.on,
                Standing.IMPORTED,
                self.origin,
                habilitation=plan.habilitation.pk if plan.habilitation else None,
                score=one.score,
                training_organisation=self._trainer_of(one, plan),
                file=self.file.pk,
                line=plan.number,
                key=self._key(one, plan),
            )
            for one in plan.said.facts
        ]

    @property
    def origin(self):
        return ORIGINS.get(self.kind, Origin.AIDANTS_CONNECT)

    def _trainer_of(self, fact, plan):
        if self.kind in ATTENDANCES and self.file.organisation.kind == Kind.TRAINING:
            return self.file.organisation_id
        return plan.trainer.pk if fact.kind == FactKind.TRAINING and plan.trainer else None

    def _key(self, fact, plan):
        whose = fact_owner(fact.kind, plan.person.pk, plan.habilitation and plan.habilitation.pk)
        dated = f":{fact.on}" if fact.kind in DATED_KEYS else ""
        return f"{self.origin}:{fact.kind}:{whose}{dated}"

    def _plan(self, number, said, known, chosen) -> Plan:
        plan = Plan(number, said, sentences=list(said.faults))
        if said.faults:
            return self._end(plan, Outcome.FAULTY)
        if said.aside:
            return self._end(plan, Outcome.LEFT_OUT, said.aside)
        if self._is_repeated(plan):
            return self._end(plan, Outcome.LEFT_OUT)
        if not self._place(plan, known):
            return self._end(plan, Outcome.FAULTY, NO_STRUCTURE)
        return plan if self.shape.about_structures else self._recognise(plan, known, chosen)

    def _is_repeated(self, plan):
        said = plan.said
        day = said.facts[0].on if said.facts else None
        key = (said.email or said.external_id, _structure_key(said.structure), day)
        first = self.seen.setdefault(key, plan.number)
        if first != plan.number and any(key):
            plan.sentences.append(f"Cette ligne répète la ligne {first}.")
        return first != plan.number and any(key)

    def _place(self, plan, known) -> bool:
        """Which structure the line is about; whether it says enough of one, where one is wanted."""
        told = plan.said.structure
        plan.organisation = known.structure(told, apart=self.shape.about_structures)
        if not (self.shape.makes_people or self.shape.about_structures):
            return True
        if plan.organisation is None and not _names_one(told):
            return False
        plan.sentences += _other_names(plan, known)
        if told.get("siret") and not fit_siret(told):
            plan.sentences.append(f"Le SIRET «{NBSP}{told['siret'][:20]}{NBSP}» n’en est pas un : il n’est pas repris.")
        return True

    def _recognise(self, plan, known, chosen) -> Plan:
        """By the stable identifier, then by the address; never silently when they disagree with the name."""
        said = plan.said
        if chosen is None and known.is_refused(said):
            return self._end(plan, Outcome.ERASED, ERASED)
        plan.trainer = next((found for one in said.facts if (found := known.trainer(one.trainer))), None)
        if self.shape.by_identifier:
            return self._recognise_by_identifier(plan, known, chosen)
        if not said.email:
            return self._without_address(plan)
        named, addressed = known.by_external_id(said.external_id), known.by_email(said.email)
        plan.person = chosen or named or addressed
        if chosen is None:
            if named and addressed and named.pk != addressed.pk:
                return self._doubt(plan, [named, addressed], TWO_PEOPLE)
            if plan.person and not _same_name(plan.person, said):
                return self._doubt(plan, [plan.person], OTHER_NAME)
            if plan.person is None and (namesakes := known.namesakes(said, plan.organisation)):
                return self._doubt(plan, namesakes, NAMESAKE)
        if plan.person is None and not self.shape.makes_people:
            return self._end(plan, Outcome.UNMATCHED, UNKNOWN)
        if plan.person is None and not _same_name(self.newcomers.setdefault(said.email, Named.of(said)), said):
            return self._doubt(plan, [], OTHER_NAME_ABOVE)
        if plan.person is not None and self._is_own(plan.person):
            return self._end(plan, Outcome.LEFT_OUT, OWN_PRESENCE)
        plan.habilitation = known.habilitation(plan.person, plan.organisation)
        self._read_status(plan)
        return plan

    def _without_address(self, plan) -> Plan:
        """Nobody can be told; Pix lets people type none, and there is then nothing to correct."""
        if self.origin == Origin.PIX:
            return self._end(plan, Outcome.LEFT_OUT, NO_ADDRESS_TYPED)
        return self._end(plan, Outcome.FAULTY, NO_ADDRESS)

    def _is_own(self, person):
        """A presence is said by somebody else: neither who deposits the list nor who confirms it."""
        return self.kind in ATTENDANCES and person.pk in (self.file.received_by_id, self.file.confirmed_by_id)

    def _recognise_by_identifier(self, plan, known, chosen) -> Plan:
        """No address and no structure in the line: somebody unknown by that identifier is told by a person."""
        said = plan.said
        if not said.external_id:
            return self._end(plan, Outcome.FAULTY, NO_IDENTIFIER)
        plan.person = chosen or known.by_external_id(said.external_id)
        if plan.person is None:
            namesakes = known.namesakes(said, None)
            if namesakes:
                return self._doubt(plan, namesakes, NAMESAKE_OF_IDENTIFIER)
            return self._end(plan, Outcome.UNMATCHED, NEW_IDENTIFIER)
        if chosen is None and not _same_name(plan.person, said):
            return self._doubt(plan, [plan.person], OTHER_NAME_OF_IDENTIFIER)
        followed = known.followed(plan.person)
        if len(followed) != 1:
            return self._end(plan, Outcome.LEFT_OUT, SEVERAL_PLACES if followed else NOT_FOLLOWED)
        plan.habilitation = followed[0]
        return plan

    def _read_status(self, plan):
        """Of a request, nothing but an eligible status says that somebody is eligible."""
        said = plan.said
        if self.kind != FileKind.PEOPLE_TO_TRAIN:
            return
        told = said.status or self.file.mapping.get("status", "")
        said.status = STATUSES.get(match_key(told), "")
        if not told:
            plan.sentences.append(NO_STATUS)
        elif not said.status:
            plan.sentences.append(f"Le statut «{NBSP}{told[:40]}{NBSP}» n’est pas connu : il n’est pas repris.")
        if said.status not in ELIGIBLE_STATUSES:
            said.facts = [one for one in said.facts if one.kind != FactKind.ELIGIBILITY]

    def _look_for_news(self, plans, known):
        """Among the lines that act, which would change something."""
        acting = [plan for plan in plans if plan.acts]
        keys = {}
        for plan in acting:
            plan.completes = completions(plan, known)
            if self.shape.about_structures:
                plan.outcome = self._of_structure(plan)
            elif plan.person is None or (self.shape.makes_people and plan.habilitation is None):
                plan.outcome = Outcome.NEW
            else:
                keys[plan.number] = [self._key(one, plan) for one in plan.said.facts]
        there = known.fact_keys({key for some in keys.values() for key in some})
        for plan in acting:
            if plan.number in keys:
                moved = plan.completes or _moves_status(plan) or set(keys[plan.number]) - there
                plan.outcome = Outcome.CHANGED if moved else Outcome.SAME

    def _of_structure(self, plan):
        if plan.organisation is None:
            return Outcome.NEW
        return Outcome.CHANGED if plan.completes else Outcome.SAME

    def _doubt(self, plan, candidates, sentence):
        plan.candidates = [one.pk for one in candidates[:10]]
        plan.person = None
        return self._end(plan, Outcome.DOUBTFUL, sentence)

    def _end(self, plan, outcome, *sentences):
        plan.outcome = outcome
        plan.sentences += sentences
        return plan


def _structure_key(told) -> str:
    """What tells a structure from those of other lines: its number, or else its SIRET with its name."""
    return (
        opaque_digits(told.get("data_pass_id", ""))
        or f"{fit_siret(told)} {match_key(told.get('structure', ''))}".strip()
    )


def _names_one(told) -> bool:
    """Whether a line says enough to make a structure known: a name alone may be that of a line of totals."""
    known = fit_number(told) or fit_siret(told) or told.get("postcode") or told.get("city")
    return bool(match_key(told.get("structure", "")) and known)


def _other_names(plan, known) -> list[str]:
    """What is to be looked at when a SIRET is known under another name."""
    told, one = plan.said.structure, plan.organisation
    siret, name = fit_siret(told), match_key(told.get("structure", ""))
    if not siret or not name:
        return []
    if one is not None:
        by_siret = one.siret == siret and one.data_pass_id != opaque_digits(told.get("data_pass_id", ""))
        return [UNDER_ANOTHER_NAME.format(name=one)] if by_siret and name not in one.match_key else []
    return [SIRET_SHARED.format(name=other) for other in known.by_siret.get(siret, [])[:1]]


def _moves_status(plan):
    return bool(plan.said.status and plan.habilitation and plan.habilitation.external_status != plan.said.status)


def _same_name(person, said) -> bool:
    """A married name or an accent makes no other person, and no name says nothing."""
    known, told = match_key(person.first_name, person.last_name), match_key(said.first_name, said.last_name)
    if not known or not told:
        return True
    shared = set(known.split()) & set(told.split())
    return bool(shared) or token_sort_ratio(known, told) >= SAME_NAME


def completions(plan, known) -> dict:
    """What a structure did not say and the line does; nothing is ever overwritten."""
    told, one = plan.said.structure, plan.organisation
    fields = structure_fields(told, known)
    if one is None:
        return fields
    column = {name: one._meta.get_field(name).attname for name in fields}
    missing = {name: value for name, value in fields.items() if not getattr(one, column[name])}
    if one.structure_type_id and one.structure_type_id != getattr(fields.get("structure_type"), "pk", None):
        missing.pop("structure_type_details", None)
    return {name: value for name, value in missing.items() if known.is_free(name, value, one)}


def structure_fields(told, known) -> dict:
    """The fields of a structure, from what a line tells; what does not fit is left out."""
    kind, details = _type_of(told, known)
    postcode = told.get("postcode", "")
    postcode = postcode.zfill(5) if postcode.isdigit() and len(postcode) == 4 else postcode
    fields = {
        "data_pass_id": fit_number(told),
        "siret": fit_siret(told),
        "structure_type": kind,
        "structure_type_details": details[:200],
        "address": told.get("address", "")[:200],
        "address_complement": told.get("address_complement", "")[:200],
        "postcode": postcode if len(postcode) == 5 else "",
        "city": told.get("city", "")[:80],
        "departement": known.departements.get(_departement_code(told, postcode)),
        "legal_category": told.get("legal_category", "")[:4],
    }
    return {name: value for name, value in fields.items() if value}


def _type_of(told, known) -> tuple:
    """One of the list, or « Autre » with the words of the file: accepting a request makes a type of any words."""
    label, other = told.get("type", ""), known.types.get(OTHER_TYPE)
    kind = known.types.get(match_key(label))
    if kind is not None and kind != other:
        return kind, ""
    return (other, told.get("type_details", "") if kind else label) if label else (None, "")


def _departement_code(told, postcode) -> str:
    """The code that the file gives; otherwise that of the postcode, which cannot tell the two of Corsica apart."""
    if code := told.get("departement", ""):
        return code.zfill(2)
    return postcode[:3] if postcode[:2] == "97" else postcode[:2]
