"""Choix unique, choix multiple, vrai ou faux: the answer is a set of option ids."""

from collections.abc import Iterable

from parcours.assessment.engine.kinds import FOREIGN, MULTIPLE, Mark, Reason

NOTHING_CHOSEN = "Choisissez une réponse avant de l’envoyer."


def refusal(question: dict, given: Iterable[str]) -> str | None:
    chosen = set(given)
    if not chosen:
        return NOTHING_CHOSEN
    if not chosen <= {option["id"] for option in question["options"]}:
        return FOREIGN
    if question["type"] != MULTIPLE and len(chosen) > 1:
        return "Choisissez une seule réponse."
    return None


def settled(question: dict, given: Iterable[str]) -> list[str]:
    return sorted(set(given))


def mark(question: dict, given: Iterable[str]) -> Mark:
    chosen = set(given)
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
    reason = Reason.EXACT if correct else Reason.OTHER
    return Mark(correct, int(correct), feedback, question.get("explanation", ""), [str(reason)])


def right_options(question: dict) -> set[str]:
    return {option["id"] for option in question["options"] if option["correct"]}


def expected_count(question: dict) -> int:
    """How many options are right: the number announced to the person before they answer."""
    return len(right_options(question))


def asked(question: dict) -> dict:
    options = [{"id": option["id"], "text": option["text"]} for option in question["options"]]
    return {"options": options, "expected": expected_count(question)}


def readable(question: dict, given: Iterable[str]) -> list[str]:
    chosen = set(given)
    return [option["text"] for option in question["options"] if option["id"] in chosen]


def right_answer(question: dict) -> list[str]:
    return sorted(right_options(question))


def wrong_answers(question: dict) -> list[list[str]]:
    return [[option["id"]] for option in question["options"] if not option["correct"]]
