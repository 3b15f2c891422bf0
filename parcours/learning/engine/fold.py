"""Progress is a fold of traces. Pure: the order in which traces arrive changes nothing.

A trace is one fact of one activity: it was opened, read to its end, a question was answered, a new attempt began; or
of one séance, a half-day in class: somebody's presence was established, or is no more.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Kind(StrEnum):
    OPENED = "opened"
    READ = "read"
    ANSWERED = "answered"
    RESTARTED = "restarted"
    PRESENT = "present"
    ABSENT = "absent"


PRESENCE = (Kind.PRESENT, Kind.ABSENT)


class State(StrEnum):
    TODO = "todo"
    STARTED = "started"
    DONE = "done"


@dataclass(frozen=True)
class Rule:
    """What makes an activity done.

    kind: "read" (the learner says so), "answered" (every question has an answer), "score" (one attempt reaches
    `threshold`, in percent) or "present" (a séance: the last word about presence decides, and may undo it).
    keep: which attempt's score is shown, "best" or "last".
    """

    kind: str = "read"
    threshold: int = 0
    keep: str = "best"
    questions: tuple[str, ...] = ()


@dataclass(frozen=True)
class Fact:
    """`minutes` and `held_at` only of a presence: what it is worth, and when the séance ended."""

    kind: str
    at: datetime
    question: str = ""
    attempt: int = 1
    correct: bool = False
    minutes: int | None = None
    held_at: datetime | None = None


@dataclass(frozen=True)
class Attempt:
    """One passage through the questions; `score` in percent, None until every question has its answer."""

    number: int
    answered: int
    right: int
    score: int | None


@dataclass(frozen=True)
class ActivityProgress:
    """`minutes`: those a séance is worth to the learner; None for an étape, worth what its edition declares."""

    state: State = State.TODO
    opened_at: datetime | None = None
    last_at: datetime | None = None
    done_at: datetime | None = None
    attempts: tuple[Attempt, ...] = field(default=())
    score: int | None = None
    minutes: int | None = None

    @property
    def attempt(self) -> int:
        """Number of the attempt in hand, from 1."""
        return self.attempts[-1].number if self.attempts else 1


def fold(rule: Rule, facts: Iterable[Fact]) -> ActivityProgress:
    facts = sorted(facts, key=lambda fact: (fact.at, fact.attempt, fact.kind, fact.question))
    if not facts:
        return ActivityProgress()
    if rule.kind == "present":
        return _attended(facts)
    attempts = _attempts(rule, facts)
    done_at = _done_at(rule, facts, attempts)
    return ActivityProgress(
        state=State.DONE if done_at else State.STARTED,
        opened_at=facts[0].at,
        last_at=facts[-1].at,
        done_at=done_at,
        attempts=attempts,
        score=_kept_score(rule, attempts),
    )


def _attended(facts: list[Fact]) -> ActivityProgress:
    """A séance is never begun: one was there, or not."""
    said = [fact for fact in facts if fact.kind in PRESENCE]
    if not said:
        return ActivityProgress()
    last = max(said, key=lambda fact: (fact.at, fact.kind, fact.minutes or 0))
    if last.kind == Kind.ABSENT:
        return ActivityProgress(minutes=0)
    held_at = last.held_at or last.at
    return ActivityProgress(State.DONE, opened_at=held_at, last_at=held_at, done_at=held_at, minutes=last.minutes or 0)


def _attempts(rule: Rule, facts: list[Fact]) -> tuple[Attempt, ...]:
    if not rule.questions:
        return ()
    last = max((fact.attempt for fact in facts if fact.kind in (Kind.ANSWERED, Kind.RESTARTED)), default=1)
    return tuple(_attempt(rule, facts, number) for number in range(1, last + 1))


def _attempt(rule: Rule, facts: list[Fact], number: int) -> Attempt:
    answers = _answers(rule, facts, number)
    right = sum(fact.correct for fact in answers)
    total = len(rule.questions)
    return Attempt(number, len(answers), right, right * 100 // total if len(answers) == total else None)


def _answers(rule: Rule, facts: list[Fact], number: int) -> list[Fact]:
    wanted = set(rule.questions)
    return [fact for fact in facts if fact.kind == Kind.ANSWERED and fact.attempt == number and fact.question in wanted]


def _done_at(rule: Rule, facts: list[Fact], attempts: tuple[Attempt, ...]) -> datetime | None:
    """The instant of the fact that met the rule first: what is done is never undone."""
    if rule.kind == "read":
        return min((fact.at for fact in facts if fact.kind == Kind.READ), default=None)
    enough = [a for a in attempts if a.score is not None and (rule.kind == "answered" or a.score >= rule.threshold)]
    return min((max(fact.at for fact in _answers(rule, facts, a.number)) for a in enough), default=None)


def _kept_score(rule: Rule, attempts: tuple[Attempt, ...]) -> int | None:
    scores = [attempt.score for attempt in attempts if attempt.score is not None]
    if not scores:
        return None
    return scores[-1] if rule.keep == "last" else max(scores)
