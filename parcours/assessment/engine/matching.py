"""Appariement: the answer is one « left:right » per element of the left."""

from collections.abc import Iterable

from parcours.assessment.engine.kinds import FOREIGN, Mark, Reason, marked
from parcours.assessment.engine.shuffling import shuffled

PAIRS, INTRUDERS = (3, 6), 2
INCOMPLETE = "Choisissez une proposition pour chaque élément avant d’envoyer votre réponse."
TWICE = "La même proposition est choisie deux fois : chacune sert une fois au plus."


def refusal(question: dict, given: Iterable[str]) -> str | None:
    pairs = [one.partition(":")[::2] for one in given if one]
    lefts = {one["id"] for one in question["lefts"]}
    rights = {one["id"] for one in question["rights"]}
    if any(left not in lefts or right not in rights for left, right in pairs):
        return FOREIGN
    if len({left for left, _ in pairs}) < len(pairs):
        return FOREIGN
    if len(pairs) < len(lefts):
        return INCOMPLETE
    return TWICE if len({right for _, right in pairs}) < len(pairs) else None


def settled(question: dict, given: Iterable[str]) -> list[str]:
    chosen = chosen_rights(given)
    return [f"{one['id']}:{chosen[one['id']]}" for one in question["lefts"]]


def chosen_rights(given: Iterable[str]) -> dict[str, str]:
    return dict(one.partition(":")[::2] for one in given if one)


def mark(question: dict, given: Iterable[str]) -> Mark:
    chosen, texts = chosen_rights(given), right_texts(question)
    lines = [
        {
            "label": one["text"],
            "given": texts[chosen[one["id"]]],
            "expected": texts[one["right"]],
            "correct": chosen[one["id"]] == one["right"],
            "text": one["feedback"],
        }
        for one in question["lefts"]
    ]
    return marked(question, lines, [Reason.EXACT if line["correct"] else Reason.OTHER for line in lines])


def right_texts(question: dict) -> dict[str, str]:
    return {one["id"]: one["text"] for one in question["rights"]}


def asked(question: dict) -> dict:
    lefts = [{"id": one["id"], "text": one["text"]} for one in question["lefts"]]
    rights = [{"id": one["id"], "text": one["text"]} for one in question["rights"]]
    return {"lefts": lefts, "rights": shuffled(rights, question["id"], [one["right"] for one in question["lefts"]])}


def readable(question: dict, given: Iterable[str]) -> list[str]:
    chosen, texts = chosen_rights(given), right_texts(question)
    return [f"{one['text']} : {texts[chosen[one['id']]]}" for one in question["lefts"] if one["id"] in chosen]


def right_answer(question: dict) -> list[str]:
    return [f"{one['id']}:{one['right']}" for one in question["lefts"]]


def wrong_answers(question: dict) -> list[list[str]]:
    """Everyone takes what belongs to the next."""
    lefts = question["lefts"]
    return [[f"{one['id']}:{lefts[(rank + 1) % len(lefts)]['right']}" for rank, one in enumerate(lefts)]]
