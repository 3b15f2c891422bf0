"""Marking of the native questions, on the plain data an edition froze. Nothing here knows a database or a browser.

Each kind of question has its module of `refusal`, `settled`, `mark`, `asked`, `readable`, `right_answer` and
`wrong_answers`.
"""

from collections.abc import Sequence
from typing import Any

from parcours.assessment.engine import choices, matching, ordering, typed
from parcours.assessment.engine.kinds import CHOICES, MATCHING, MEANINGS, ORDERING, TYPED, Mark, Reason

MODULES: dict[str, Any] = (
    dict.fromkeys(CHOICES, choices) | dict.fromkeys(TYPED, typed) | {MATCHING: matching, ORDERING: ordering}
)


def mark(question: dict, given: Sequence[str]) -> Mark:
    """Mark an answer; raises ValueError with the sentence of `refusal` when it is no answer at all."""
    if sentence := refusal(question, given):
        raise ValueError(sentence)
    return MODULES[question["type"]].mark(question, given)


def refusal(question: dict, given: Sequence[str]) -> str | None:
    """Why this cannot be recorded as an answer to this question, or nothing."""
    return MODULES[question["type"]].refusal(question, given)


def settled(question: dict, given: Sequence[str]) -> list[str]:
    """An answer as it is kept: what a form may send in several ways, written in one."""
    return MODULES[question["type"]].settled(question, given)


def without_answers(question: dict) -> dict:
    """The question as it may be sent before it is answered."""
    shown = {key: question[key] for key in ("id", "type", "title", "statement", "taught_in") if key in question}
    return shown | MODULES[question["type"]].asked(question)


def readable(question: dict, given: Sequence[str]) -> list[str]:
    """A recorded answer in words."""
    return MODULES[question["type"]].readable(question, given)


def meanings(reasons: Sequence[str]) -> list[str]:
    """The reasons kept with a mark, in words."""
    return [MEANINGS[Reason(reason)] for reason in reasons]


def right_answer(question: dict) -> list[str]:
    return MODULES[question["type"]].right_answer(question)


def wrong_answers(question: dict) -> list[list[str]]:
    """Answers that may be sent, and are wrong: one at least."""
    return MODULES[question["type"]].wrong_answers(question)


def percent(right: int, total: int) -> int:
    """Score shown to people, rounded down: 69,9 % never reads 70 % while the threshold refuses it."""
    return right * 100 // total if total else 0


def reaches(right: int, total: int, threshold: int) -> bool:
    return total > 0 and right * 100 >= threshold * total
