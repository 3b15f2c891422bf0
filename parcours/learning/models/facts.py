"""From rows to the values the engine folds, and back."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from functools import lru_cache

from parcours.catalogue.models import Edition, EditionActivity
from parcours.learning.engine.fold import ActivityProgress as Folded
from parcours.learning.engine.fold import Attempt, Fact, Rule
from parcours.learning.engine.path import Step


@dataclass(frozen=True)
class Seance:
    """A half-day in class that an edition describes; minutes as declared."""

    id: str
    title: str
    minutes: int


ATTENDED = Rule("present")


def rule_of(activity) -> Rule:
    """The rule an activity of an edition is decided by, with the questions it counts; without any, it is read."""
    questions = tuple(question["id"] for question in activity.questions)
    if not questions:
        return Rule("read")
    rule = activity.rule
    return Rule(rule["kind"], rule.get("threshold", 0), rule.get("keep", "best"), questions)


def rules_of(edition) -> dict[str, Rule]:
    """The rule of each activity, then of each séance, by its id; read once per process, an edition never changes."""
    return _rules(edition.pk, edition.digest) | {one.id: ATTENDED for one in seances_of(edition)}


@lru_cache(maxsize=256)
def _rules(edition_id, digest) -> dict[str, Rule]:
    activities = EditionActivity.objects.filter(edition=edition_id).order_by("position")
    return {one.activity_id: rule_of(one) for one in activities.only("activity_id", "rule", "nodes").iterator()}


def seances_of(edition) -> tuple[Seance, ...]:
    """The half-days in class of an edition, in order; read once per process."""
    return _seances(edition.pk, edition.digest)


@lru_cache(maxsize=256)
def _seances(edition_id, digest) -> tuple[Seance, ...]:
    found = Edition.objects.filter(pk=edition_id).values_list("content__seances", flat=True).get()
    return tuple(Seance(one["id"], one["title"], one["minutes"]) for one in found or ())


def fact_of(trace) -> Fact:
    return Fact(trace.kind, trace.at, trace.question_id, trace.attempt, trace.correct, trace.minutes, trace.said_at)


def facts_by_activity(traces: Iterable) -> dict[str, list[Fact]]:
    facts: dict[str, list[Fact]] = {}
    for trace in traces:
        facts.setdefault(trace.activity_id, []).append(fact_of(trace))
    return facts


def row_values(folded: Folded) -> dict:
    return {
        "state": folded.state.value,
        "opened_at": folded.opened_at,
        "last_at": folded.last_at,
        "done_at": folded.done_at,
        "attempts": [asdict(attempt) for attempt in folded.attempts],
        "score": folded.score,
        "minutes": folded.minutes,
    }


def steps_of(edition, rows) -> list[Step]:
    """The étapes of an edition, then its half-days in class; `rows` of ActivityProgress by activity id."""
    return steps_from(edition, {pk: folded_of(row) for pk, row in rows.items()})


def steps_from(edition, folded) -> list[Step]:
    """The same from what is folded already, by activity id."""
    nothing = Folded()
    online = [Step(one.activity_id, one.minutes, folded.get(one.activity_id, nothing)) for one in edition.outline]
    live = [Step(one.id, one.minutes, folded.get(one.id, nothing), live=True) for one in seances_of(edition)]
    return online + live


def folded_of(row) -> Folded:
    if row is None:
        return Folded()
    attempts = tuple(Attempt(**attempt) for attempt in row.attempts)
    return Folded(row.state, row.opened_at, row.last_at, row.done_at, attempts, row.score, row.minutes)


def path_values(path) -> dict:
    """What the row of the whole course holds."""
    return {
        "done": path.done,
        "total": path.total,
        "percent": path.percent,
        "minutes_done": path.minutes_done,
        "minutes_total": path.minutes_total,
        "live_done": path.live_done,
        "live_total": path.live_total,
        "next_activity_id": path.next_activity or "",
        "last_at": path.last_at,
    }
