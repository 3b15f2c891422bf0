"""Ordre: the answer is the ids of the elements in the order chosen; a form sends « id:rank », in any order."""

from collections.abc import Iterable

from parcours.assessment.engine.kinds import FOREIGN, Mark, Reason, marked
from parcours.assessment.engine.shuffling import shuffled

ITEMS = (3, 7)
INCOMPLETE = "Donnez un rang à chaque élément avant d’envoyer votre réponse."
SAME_RANK = "Deux éléments ont le même rang : donnez à chacun un rang différent."


def refusal(question: dict, given: Iterable[str]) -> str | None:
    ranked = ranks(given)
    ids = {item["id"] for item in question["items"]}
    possible = {str(rank) for rank in range(1, len(ids) + 1)}
    if any(item not in ids or rank not in possible for item, rank in ranked):
        return FOREIGN
    if len({item for item, _ in ranked}) < len(ranked):
        return FOREIGN
    if len(ranked) < len(ids):
        return INCOMPLETE
    return SAME_RANK if len({rank for _, rank in ranked}) < len(ranked) else None


def ranks(given: Iterable[str]) -> list[tuple[str, str]]:
    """(id, rank) of each element; those given without ranks have that of their place."""
    found = []
    for place, one in enumerate((one for one in given if one), start=1):
        item, _, rank = one.partition(":")
        found.append((item, rank or str(place)))
    return found


def settled(question: dict, given: Iterable[str]) -> list[str]:
    return [item for item, _ in sorted(ranks(given), key=lambda one: int(one[1]))]


def mark(question: dict, given: Iterable[str]) -> Mark:
    expected = {item["id"]: (place, item["text"]) for place, item in enumerate(question["items"], start=1)}
    lines = []
    for place, chosen in enumerate(settled(question, given), start=1):
        right_place, text = expected[chosen]
        lines.append({"given": text, "place": right_place, "correct": place == right_place})
    return marked(question, lines, [Reason.EXACT if line["correct"] else Reason.OTHER for line in lines])


def asked(question: dict) -> dict:
    items = [{"id": item["id"], "text": item["text"]} for item in question["items"]]
    return {"items": shuffled(items, question["id"], [item["id"] for item in items])}


def readable(question: dict, given: Iterable[str]) -> list[str]:
    texts = {item["id"]: item["text"] for item in question["items"]}
    return [f"{place}. {texts[item]}" for place, item in enumerate(settled(question, given), start=1)]


def right_answer(question: dict) -> list[str]:
    return [item["id"] for item in question["items"]]


def wrong_answers(question: dict) -> list[list[str]]:
    return [[item["id"] for item in reversed(question["items"])]]
