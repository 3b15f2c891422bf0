"""One typed answer against one blank: taken or not, with the reason of the decision.

A blank is {"format", "accepted", "pitfalls": [{"text", "feedback"}], "tolerance", "accents"}.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from parcours.assessment.engine.formats import FILE_NAME, NAMES, NUMBER, READERS, TEXT, tolerance
from parcours.assessment.engine.kinds import MEANINGS, Reason
from parcours.assessment.engine.texts import allowed_edits, edits, normalise, same_digits, without_accents

OPTIONAL, REQUIRED = "facultatifs", "obligatoires"


@dataclass(frozen=True)
class Decision:
    """`feedback`: of the pitfall, when the answer fell into one. `solution`: what was mistyped, as it is written."""

    accepted: bool
    reason: Reason
    feedback: str = ""
    solution: str = ""


@dataclass(frozen=True)
class BlankFault:
    """What is wrong in a blank: in which of its parts, at which rank of that list."""

    part: str
    rank: int
    sentence: str


def decide(blank: dict, typed: str) -> Decision:
    text = normal(blank, typed)
    for pitfall in blank["pitfalls"]:
        if normal(blank, pitfall["text"]) == text:
            return Decision(False, Reason.PITFALL, pitfall["feedback"])
    return decide_text(blank, text) if blank["format"] == TEXT else decide_value(blank, text)


def normal(blank: dict, text: str) -> str:
    free = blank["format"] in (TEXT, FILE_NAME) and blank["accents"] != REQUIRED
    return normalise(text, accents=not free)


def decide_text(blank: dict, text: str) -> Decision:
    solutions = {normal(blank, one): one for one in blank["accepted"]}
    if text in solutions:
        return Decision(True, Reason.EXACT)
    near = [one for one in solutions if slip(one, text) is Reason.TYPO]
    closest = min(near, key=lambda one: edits(one, text), default=None)
    if pitfall := nearest_pitfall(blank, text, None if closest is None else edits(closest, text)):
        return Decision(False, Reason.NEAR_PITFALL, pitfall["feedback"])
    if closest is not None:
        return Decision(True, Reason.TYPO, solution=solutions[closest])
    reasons = {slip(one, text) for one in solutions}
    return Decision(False, next((one for one in (Reason.ACCENTS, Reason.DIGITS) if one in reasons), Reason.OTHER))


def slip(solution: str, text: str) -> Reason:
    """TYPO when the text is the solution mistyped; else why it is not."""
    most, distance = allowed_edits(solution), edits(solution, text)
    if edits(without_accents(solution), without_accents(text)) < min(distance, most + 1):
        return Reason.ACCENTS
    if distance > most:
        return Reason.OTHER
    return Reason.TYPO if same_digits(solution, text) else Reason.DIGITS


def nearest_pitfall(blank: dict, text: str, closest: int | None) -> dict | None:
    """The listed wrong answer this text mistypes, unless it is nearer to a right one."""
    found = []
    for pitfall in blank["pitfalls"]:
        wrong = normal(blank, pitfall["text"])
        distance = edits(wrong, text)
        most = allowed_edits(wrong) if closest is None else closest - 1
        if distance <= most and same_digits(wrong, text):
            found.append((distance, pitfall))
    return min(found, key=lambda one: one[0], default=(0, None))[1]


def decide_value(blank: dict, text: str) -> Decision:
    value = value_of(blank, text)
    if value is None:
        return Decision(False, Reason.UNREADABLE)
    for pitfall in blank["pitfalls"]:
        if value_of(blank, pitfall["text"]) == value:
            return Decision(False, Reason.PITFALL, pitfall["feedback"])
    if any(normal(blank, one) == text for one in blank["accepted"]):
        return Decision(True, Reason.EXACT)
    expected = [value_of(blank, one) for one in blank["accepted"]]
    if value in expected:
        return Decision(True, Reason.SAME_VALUE)
    if blank["format"] == NUMBER and any(tolerated(blank, value, one) for one in expected if one is not None):
        return Decision(True, Reason.WITHIN_TOLERANCE)
    return Decision(False, Reason.OTHER)


def value_of(blank: dict, text: str):
    return READERS[blank["format"]](normal(blank, text))


def tolerated(blank: dict, value: Decimal, expected: Decimal) -> bool:
    amount, share = tolerance(blank["tolerance"] or "0") or (Decimal(0), False)
    return abs(value - expected) <= (amount * abs(expected) / 100 if share else amount)


def readable(blank: dict, typed: str) -> bool:
    """Whether this can be decided upon; a listed wrong answer always can."""
    return blank["format"] == TEXT or decide(blank, typed).reason is not Reason.UNREADABLE


# --- What an author wrote, held against the marking -------------------------------------------------------------------


def blank_faults(blank: dict, accepted: Iterable[str] = (), refused: Iterable[str] = ()) -> list[BlankFault]:
    """`accepted` and `refused`: tries of the author, which marking must judge as they do."""
    found = [*unreadable_answers(blank), *contradictions(blank)]
    if blank["tolerance"] and tolerance(blank["tolerance"]) is None:
        found.append(BlankFault("tolerance", 0, "la tolérance est un nombre (0,5) ou un pourcentage (5 %)."))
    if found:
        return found
    found += disagreements(blank, "tried_accepted", accepted, True)
    return found + disagreements(blank, "tried_refused", refused, False)


def unreadable_answers(blank: dict) -> list[BlankFault]:
    if blank["format"] == TEXT:
        return []
    return [
        BlankFault("accepted", rank, f"« {text} » ne se lit pas comme {NAMES[blank['format']]}.")
        for rank, text in enumerate(blank["accepted"])
        if value_of(blank, text) is None
    ]


def contradictions(blank: dict) -> list[BlankFault]:
    """Accepted answers that marking refuses: only a pitfall can make it so."""
    return [
        BlankFault("accepted", rank, f"« {text} » est à la fois acceptée et dans les pièges.")
        for rank, text in enumerate(blank["accepted"])
        if decide(blank, text).reason is Reason.PITFALL
    ]


def disagreements(blank: dict, part: str, tries: Iterable[str], wanted: bool) -> list[BlankFault]:
    found = []
    for rank, text in enumerate(tries):
        decision = decide(blank, text)
        if decision.accepted != wanted:
            verdict = "acceptée" if decision.accepted else "refusée"
            sentence = f"« {text} » est {verdict} à la correction : {MEANINGS[decision.reason]}."
            found.append(BlankFault(part, rank, sentence))
    return found
