"""Marking of the native questions, on the plain data an edition froze. Nothing here knows a database or a browser."""

from collections.abc import Iterable
from dataclasses import dataclass

SINGLE, MULTIPLE, TRUE_FALSE = "choix-unique", "choix-multiple", "vrai-faux"
KINDS = (SINGLE, MULTIPLE, TRUE_FALSE)


@dataclass(frozen=True)
class Mark:
    correct: bool
    score: int
    feedback: list[dict]
    explanation: str


def mark(question: dict, given: Iterable[str]) -> Mark:
    """Mark a list of option ids; raises ValueError with the sentence of `refusal` when it is no answer at all."""
    chosen = set(given)
    if sentence := refusal(question, chosen):
        raise ValueError(sentence)
    correct = chosen == right_options(question)
    feedback = [
        {
            "option": option["id"],
            "text": option.get("feedback", ""),
            "correct": option["correct"],
            "chosen": option["id"] in chosen,
        }
        for option in question["options"]
    ]
    return Mark(correct, int(correct), feedback, question.get("explanation", ""))


def refusal(question: dict, given: Iterable[str]) -> str | None:
    """Why this cannot be recorded as an answer to this question, or nothing."""
    chosen = set(given)
    if not chosen:
        return "Choisissez une réponse avant de l’envoyer."
    if not chosen <= {option["id"] for option in question["options"]}:
        return "Cette réponse n’appartient pas à la question. Rechargez la page, puis répondez de nouveau."
    if question["type"] != MULTIPLE and len(chosen) > 1:
        return "Choisissez une seule réponse."
    return None


def right_options(question: dict) -> set[str]:
    return {option["id"] for option in question["options"] if option["correct"]}


def expected_count(question: dict) -> int:
    """How many options are right: the number announced to the person before they answer."""
    return len(right_options(question))


def without_answers(question: dict) -> dict:
    """The question as it may be sent before it is answered."""
    shown = {key: question[key] for key in ("id", "type", "title", "statement", "taught_in") if key in question}
    options = [{"id": option["id"], "text": option["text"]} for option in question["options"]]
    return shown | {"options": options, "expected": expected_count(question)}


def percent(right: int, total: int) -> int:
    """Score shown to people, rounded down: 69,9 % never reads 70 % while the threshold refuses it."""
    return right * 100 // total if total else 0


def reaches(right: int, total: int, threshold: int) -> bool:
    return total > 0 and right * 100 >= threshold * total
