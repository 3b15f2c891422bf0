"""What this room counts for the boards: people once per step, habilitations (a person in a structure) apart."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Max
from django.db.models.functions import Coalesce
from django.urls import reverse

from certification.habilitation.lifecycle import PIX_RESULTS, ExitReason, FactKind, Origin
from certification.habilitation.models import Fact, Habilitation, HandOver, ImportedFile, ImportedLine
from lms.kernel.formats import nbsp
from lms.pilotage.engine import registry
from lms.pilotage.engine.registry import HABILITATIONS, PEOPLE, Contribution, Indicator, Source

NAME = "habilitation"
PARTNER = "Aidants Connect"
HERE, TAKEN_OVER, MATCHED, ELSEWHERE = "ici", "repris", "rapproches", "ailleurs"
IMPLIED = (
    " Qui est allé plus loin compte aussi ici, à la date de l’étape suivante quand celle-ci n’est pas connue, "
    "sauf si sa demande a pris fin."
)


@dataclass(frozen=True)
class Stage:
    """A step of the funnel: `words` end its code for people, `said` ends « … compte dès que … »."""

    code: str
    words: str
    label: str
    said: str


STAGES = (
    Stage("eligibles", "eligibles", "Éligibles", "son éligibilité est validée par Aidants Connect." + IMPLIED),
    Stage("inscrits", "inscrites", "Inscrits", "elle est inscrite à une formation, ou l’a commencée." + IMPLIED),
    Stage(
        "formes",
        "formees",
        "Formés",
        "sa formation est validée par un fait confirmé ; entre pairs, la date du test Pix en tient lieu. "
        "Un compte créé par Aidants Connect suppose la formation faite.",
    ),
    Stage(
        "test-pix",
        "test-pix",
        "Test Pix envoyé",
        "elle a envoyé son résultat au test Pix, quel qu’il soit. Un compte créé par Aidants Connect suppose ce test.",
    ),
    Stage(
        "habilites",
        "habilitees",
        "Habilités",
        "son éligibilité, sa formation et l’envoi de son test Pix sont confirmés, dans n’importe quel ordre, "
        "ou dès que son compte est créé par Aidants Connect. Aucun fichier ne dit le jour du compte. Celui de la "
        "formation ou du test en tient lieu, à défaut celui du fichier.",
    ),
    Stage(
        "operationnels",
        "operationnelles",
        "Opérationnels",
        "elle est habilitée et son moyen de connexion confirmé : c’est ce que publie Aidants Connect.",
    ),
)
UNITS = {
    PEOPLE: ("Une personne compte une seule fois, à la première date et dans la structure de cette date, dès que ", 0),
    HABILITATIONS: ("Une personne compte une fois dans chacune de ses structures, dès que ", 100),
}


def _indicator(unit, step, stage):
    opening, offset = UNITS[unit]
    goal = unit == PEOPLE and stage.code == "habilites"
    return Indicator(
        code=f"{unit}-{stage.words}",
        label=stage.label,
        definition=nbsp(opening + stage.said),
        owner="ANCT, programme Société numérique",
        unit=unit,
        source=NAME,
        freshness=nbsp("À chaque fait enregistré ou corrigé ; tout est recompté chaque nuit."),
        order=offset + step * 10,
        step=step,
        goal=goal,
        base=unit == PEOPLE and stage.code == "inscrits",
        one="aidant formé et habilité" if goal else "",
        many="aidants formés et habilités" if goal else "",
    )


CODES = {
    (unit, stage.code): _indicator(unit, step, stage) for unit in UNITS for step, stage in enumerate(STAGES, start=1)
}


# --- From facts to lines ----------------------------------------------------------------------------------------------

COUNTED = (
    *("pk", "person_id", "organisation_id", "organisation__departement", "organisation__structure_type"),
    *("training_organisation_id", "exit_step", "eligible_on", "registered_on", "started_on", "trained_on", "pix_on"),
    *("habilitated_on", "operational_on"),
)


def contributions(person_ids):
    """Everything these people count for; a bounded number of queries, whoever they are.

    A request made twice, that a merge set aside, counts by the one that was kept.
    """
    origins = _origins(person_ids)
    held = defaultdict(list)
    found = Habilitation.objects.filter(person__in=person_ids).exclude(exit_reason=ExitReason.TWICE)
    for one in found.order_by("person", "pk").values_list(*COUNTED, named=True):
        held[one.person_id].append((one, dates_of(one)))
    for person_id, all_of_them in held.items():
        for stage in STAGES:
            reached = [(dates[stage.code], one) for one, dates in all_of_them if dates[stage.code]]
            if reached:
                on, first = min(reached, key=lambda pair: (pair[0], pair[1].pk))
                yield _line(PEOPLE, stage, first, f"personne:{person_id}", on, origins)
            for day, one in reached:
                yield _line(HABILITATIONS, stage, one, f"habilitation:{one.pk}", day, origins)


def dates_of(one) -> dict:
    """When each stage was reached: its own date, or else that of the stage that supposes it."""
    trained = one.trained_on or one.habilitated_on
    followed = one.habilitated_on or not one.exit_step
    registered = one.registered_on or one.started_on or (trained if followed else None)
    return {
        "eligibles": one.eligible_on or (registered if followed else None),
        "inscrits": registered,
        "formes": trained,
        "test-pix": one.pix_on or one.habilitated_on,
        "habilites": one.habilitated_on,
        "operationnels": one.operational_on,
    }


def _line(unit, stage, habilitation, subject, on, origins):
    origin = origins.get(habilitation.person_id, "")
    if not origin and habilitation.habilitated_on:
        origin = ELSEWHERE
    return Contribution(
        indicator=CODES[unit, stage.code].code,
        person_id=habilitation.person_id,
        subject=subject,
        on=on,
        organisation_id=habilitation.organisation_id,
        departement_id=habilitation.organisation__departement,
        structure_type_id=habilitation.organisation__structure_type,
        training_organisation_id=habilitation.training_organisation_id,
        origin=origin,
    )


def _origins(person_ids) -> dict:
    """Where the training of each is known from; an account says so for those whose training is not known."""
    trainings, accounts = defaultdict(set), defaultdict(set)
    kinds = (FactKind.TRAINING, FactKind.ACCOUNT)
    facts = Fact.objects.filter(person__in=person_ids, kind__in=kinds).counting().order_by()
    for person_id, kind, origin in facts.values_list("person", "kind", "origin"):
        (trainings if kind == FactKind.TRAINING else accounts)[person_id].add(origin)
    return {pk: origin_of(trainings[pk] or accounts[pk]) for pk in {*trainings, *accounts}}


def origin_of(sources: set) -> str:
    if Origin.HERE in sources:
        return MATCHED if Origin.AIDANTS_CONNECT in sources else HERE
    return TAKEN_OVER if Origin.AIDANTS_CONNECT in sources else ELSEWHERE


# --- What the boards ask besides --------------------------------------------------------------------------------------


def people():
    return Habilitation.objects.order_by("person").values_list("person", flat=True).distinct()


def addresses(reader, lines) -> dict:
    """The page of the person in the structure of each line, for whoever may open it."""
    wanted = {(line.person_id, line.organisation_id): line.pk for line in lines}
    found = Habilitation.objects.visible_to(reader).filter(person__in={person for person, _ in wanted})
    return {
        wanted[one.person_id, one.organisation_id]: one.get_absolute_url()
        for one in found
        if (one.person_id, one.organisation_id) in wanted
    }


def last_exchange():
    """The last file recorded from Aidants Connect, or handed over."""
    files = ImportedFile.objects.done().exclude(kind__in=PIX_RESULTS)
    received = files.aggregate(at=Max(Coalesce("finished_at", "received_at")))["at"]
    sent = HandOver.objects.aggregate(at=Max("at"))["at"]
    return max((at for at in (received, sent) if at), default=None)


def to_match() -> tuple[int, str]:
    """Lines of recorded files that nobody has told whose they are; a mere trial waits for nothing."""
    return ImportedLine.objects.to_decide().recorded().count(), reverse("habilitation:doubts")


for _entry in (
    *CODES.values(),
    registry.Origin(HERE, "formés ici", 1, one="formé ici"),
    registry.Origin(TAKEN_OVER, "repris d’Aidants Connect", 2),
    registry.Origin(MATCHED, "rapprochés", 3, one="rapproché"),
    registry.Origin(ELSEWHERE, "connus par une autre source", 4, always=False, one="connu par une autre source"),
    Source(
        name=NAME,
        described="Les faits confirmés de chaque personne : formation, test Pix, éligibilité, compte.",
        partner=PARTNER,
        contributions=contributions,
        people=people,
        addresses=addresses,
        last_exchange=last_exchange,
        waiting=to_match,
    ),
):
    registry.register(_entry)
