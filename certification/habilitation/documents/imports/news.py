"""What the lines of a file bring: the facts they say, and which of them say something that was not known."""

from certification.habilitation.documents.drafts import Draft, fact_owner
from certification.habilitation.documents.imports.places import completions
from certification.habilitation.lifecycle import ATTENDANCES, PIX_RESULTS, FactKind, Origin, Outcome, Standing
from lms.organisations.models import Kind

DATED_KEYS = (FactKind.TRAINING, FactKind.PIX)
ORIGINS = dict.fromkeys(ATTENDANCES, Origin.TRAINING) | dict.fromkeys(PIX_RESULTS, Origin.PIX)


def origin_of(file) -> str:
    return ORIGINS.get(file.kind, Origin.AIDANTS_CONNECT)


def drafts_of(plan, file) -> list[Draft]:
    """The facts of a plan whose person and habilitation exist."""
    return [
        Draft(
            plan.person.pk,
            one.kind,
            one.on,
            Standing.IMPORTED,
            origin_of(file),
            habilitation=plan.habilitation.pk if plan.habilitation else None,
            score=one.score,
            training_organisation=_trainer_of(one, plan, file),
            file=file.pk,
            line=plan.number,
            key=_key(one, plan, file),
        )
        for one in plan.said.facts
    ]


def _trainer_of(fact, plan, file):
    if file.kind in ATTENDANCES and file.organisation.kind == Kind.TRAINING:
        return file.organisation_id
    return plan.trainer.pk if fact.kind == FactKind.TRAINING and plan.trainer else None


def _key(fact, plan, file) -> str:
    whose = fact_owner(fact.kind, plan.person.pk, plan.habilitation and plan.habilitation.pk)
    dated = f":{fact.on}" if fact.kind in DATED_KEYS else ""
    return f"{origin_of(file)}:{fact.kind}:{whose}{dated}"


def look_for_news(plans, known, file, shape) -> None:
    """Among the lines that act, which would make somebody or something known, change what is, or say it again."""
    keys = {}
    acting = [plan for plan in plans if plan.acts]
    for plan in acting:
        plan.completes = completions(plan, known)
        if _makes_known(plan, shape):
            plan.outcome = Outcome.NEW
        else:
            keys[plan.number] = [] if shape.about_structures else [_key(one, plan, file) for one in plan.said.facts]
    there = known.fact_keys({key for some in keys.values() for key in some})
    for plan in acting:
        if plan.number in keys:
            moved = plan.completes or _moves_status(plan) or set(keys[plan.number]) - there
            plan.outcome = Outcome.CHANGED if moved else Outcome.SAME


def _makes_known(plan, shape) -> bool:
    if shape.about_structures:
        return plan.organisation is None
    return plan.person is None or (shape.makes_people and plan.habilitation is None)


def _moves_status(plan) -> bool:
    return bool(plan.said.status and plan.habilitation and plan.habilitation.external_status != plan.said.status)
