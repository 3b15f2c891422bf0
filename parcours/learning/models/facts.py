"""From rows to the values the engine folds, and back."""

from collections.abc import Iterable
from dataclasses import asdict
from functools import lru_cache

from parcours.catalogue.models import EditionActivity
from parcours.learning.engine.fold import ActivityProgress as Folded
from parcours.learning.engine.fold import Attempt, Fact, Rule
from parcours.learning.engine.path import Step


def rule_of(activity) -> Rule:
    """The rule an activity of an edition is decided by, with the questions it counts; without any, it is read."""
    questions = tuple(question["id"] for question in activity.questions)
    if not questions:
        return Rule("read")
    rule = activity.rule
    return Rule(rule["kind"], rule.get("threshold", 0), rule.get("keep", "best"), questions)


def rules_of(edition) -> dict[str, Rule]:
    """The rule of each activity by its id, in order; read once per process, since an edition never changes."""
    return _rules(edition.pk, edition.digest)


@lru_cache(maxsize=256)
def _rules(edition_id, digest) -> dict[str, Rule]:
    activities = EditionActivity.objects.filter(edition=edition_id).order_by("position")
    return {one.activity_id: rule_of(one) for one in activities.only("activity_id", "rule", "nodes").iterator()}


def fact_of(trace) -> Fact:
    return Fact(trace.kind, trace.at, trace.question_id, trace.attempt, trace.correct)


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
    }


def steps_of(activities, rows) -> list[Step]:
    """`activities` of an edition in order, `rows` of ActivityProgress by activity id."""
    return [Step(one.activity_id, one.minutes, folded_of(rows.get(one.activity_id))) for one in activities]


def folded_of(row) -> Folded:
    if row is None:
        return Folded()
    attempts = tuple(Attempt(**attempt) for attempt in row.attempts)
    return Folded(row.state, row.opened_at, row.last_at, row.done_at, attempts, row.score)


def path_values(path) -> dict:
    """What the row of the whole course holds."""
    return {
        "done": path.done,
        "total": path.total,
        "percent": path.percent,
        "minutes_done": path.minutes_done,
        "minutes_total": path.minutes_total,
        "next_activity_id": path.next_activity or "",
        "last_at": path.last_at,
    }
