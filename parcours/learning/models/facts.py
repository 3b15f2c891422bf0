"""From rows to the values the engine folds, and back."""

from dataclasses import asdict

from parcours.learning.engine.fold import ActivityProgress as Folded
from parcours.learning.engine.fold import Attempt, Fact, Rule
from parcours.learning.engine.path import Step


def rule_of(activity) -> Rule:
    """The rule an activity of an edition is decided by, with the questions it counts."""
    rule = activity.rule
    questions = tuple(question["id"] for question in activity.questions)
    return Rule(rule["kind"], rule.get("threshold", 0), rule.get("keep", "best"), questions)


def fact_of(trace) -> Fact:
    return Fact(trace.kind, trace.at, trace.question_id, trace.attempt, trace.correct)


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
    return [Step(one.activity_id, one.minutes, _folded(rows.get(one.activity_id))) for one in activities]


def _folded(row) -> Folded:
    if row is None:
        return Folded()
    attempts = tuple(Attempt(**attempt) for attempt in row.attempts)
    return Folded(row.state, row.opened_at, row.last_at, row.done_at, attempts, row.score)
