"""What a question that is not a choice is answered with, and what the page then says of the answer."""

from dataclasses import dataclass, field
from itertools import zip_longest

from lms.kernel.formats import NBSP, counted
from parcours.assessment.engine.formats import DATE, EMAIL, NUMBER, POSTCODE, TELEPHONE, URL
from parcours.assessment.engine.kinds import CLOZE, MATCHING, ORDERING, SHORT
from parcours.assessment.engine.marking import Mark, right_answer
from parcours.assessment.engine.matching import INCOMPLETE as UNMATCHED
from parcours.assessment.engine.ordering import INCOMPLETE as UNRANKED
from parcours.assessment.engine.typed import NOTHING_WRITTEN

UNFILLED = "Complétez chaque trou avant d’envoyer votre réponse."
KEYBOARDS = {NUMBER: "decimal", EMAIL: "email", URL: "url", POSTCODE: "numeric", TELEPHONE: "tel"}
HINTS = {NUMBER: "En chiffres, sans unité.", DATE: "Sous la forme jj/mm/aaaa.", POSTCODE: "Cinq chiffres."}


@dataclass(frozen=True)
class TextField:
    """`before`: what is read before the field, in a text with blanks."""

    id: str
    label: str
    typed: str
    hint: str
    keyboard: str
    before: str = ""


@dataclass(frozen=True)
class Option:
    value: str
    label: str
    chosen: bool


@dataclass(frozen=True)
class SelectField:
    id: str
    label: str
    options: tuple[Option, ...]


@dataclass(frozen=True)
class Control:
    """`empty`: what is said of an answer that lacks something; `fields`: one per thing given."""

    template: str
    empty: str
    fields: tuple
    ending: str = ""
    proposals: tuple[str, ...] = ()


@dataclass(frozen=True)
class Line:
    """One thing given: `expected` when it was another, `spelt` when it was mistyped."""

    given: str
    correct: bool
    label: str = ""
    expected: str = ""
    spelt: str = ""
    feedback: str = ""
    place: int = 0


@dataclass(frozen=True)
class Result:
    """What is said of an answer made of several things; of one alone, its only line says it all.

    `pieces`: a text with blanks, once filled, as (what is read, what fills the blank).
    """

    template: str
    correct: bool
    lines: list[Line]
    summary: str = ""
    told: str = ""
    expected: list[str] = field(default_factory=list)
    pieces: list[tuple[str, str]] = field(default_factory=list)


def control_of(asked: dict, given: tuple[str, ...]) -> Control:
    """`asked`: the question without its answers; `given`: what was sent and refused, to be shown again."""
    return {SHORT: _text, CLOZE: _blanks, MATCHING: _pairs, ORDERING: _ranks}[asked["type"]](asked, given)


def _text(asked, given) -> Control:
    return Control("components/answer.html", NOTHING_WRITTEN, _text_fields(asked, given))


def _blanks(asked, given) -> Control:
    fields = _text_fields(asked, given)
    return Control("components/blanks.html", UNFILLED, fields, ending=asked["segments"][-1])


def _text_fields(asked, given) -> tuple[TextField, ...]:
    typed = [*given, *[""] * len(asked["blanks"])]
    before = asked["segments"] or [""]
    return tuple(
        TextField(
            id=blank["id"],
            label=blank["label"],
            typed=typed[rank],
            hint=HINTS.get(blank["format"], ""),
            keyboard=KEYBOARDS.get(blank["format"], "text"),
            before=before[rank],
        )
        for rank, blank in enumerate(asked["blanks"])
    )


def _pairs(asked, given) -> Control:
    lettered = [(one["id"], f"{chr(ord('A') + rank)}. {one['text']}") for rank, one in enumerate(asked["rights"])]
    fields = []
    for left in asked["lefts"]:
        values = [(f"{left['id']}:{right_id}", text) for right_id, text in lettered]
        options = tuple(Option(value, text, value in given) for value, text in values)
        fields.append(SelectField(left["id"], left["text"], options))
    proposals = tuple(text for _, text in lettered)
    return Control("components/matching.html", UNMATCHED, tuple(fields), proposals=proposals)


def _ranks(asked, given) -> Control:
    fields = []
    for item in asked["items"]:
        values = [(f"{item['id']}:{rank}", str(rank)) for rank in range(1, len(asked["items"]) + 1)]
        options = tuple(Option(value, rank, value in given) for value, rank in values)
        fields.append(SelectField(item["id"], item["text"], options))
    return Control("components/ordering.html", UNRANKED, tuple(fields))


def result_of(question: dict, marked: Mark) -> Result:
    lines = [_line(one) for one in marked.feedback]
    if question["type"] == SHORT:
        (line,) = marked.feedback
        return Result("components/decisions.html", marked.correct, [_line(line | {"label": "", "told": marked.told})])
    summary = "Votre réponse, juste"
    if not marked.correct:
        right = sum(line.correct for line in lines)
        summary = f"Votre réponse, à revoir{NBSP}: {counted(right, 'juste', 'justes')} sur {len(lines)}"
    if question["type"] == ORDERING:
        texts = {item["id"]: item["text"] for item in question["items"]}
        expected = [] if marked.correct else [texts[one] for one in right_answer(question)]
        return Result("components/sequence.html", marked.correct, lines, summary, marked.told, expected)
    pieces = _filled(question) if question["type"] == CLOZE else []
    return Result("components/decisions.html", marked.correct, lines, summary, marked.told, pieces=pieces)


def _filled(question) -> list[tuple[str, str]]:
    return list(zip_longest(question["segments"], right_answer(question), fillvalue=""))


def _line(one: dict) -> Line:
    return Line(
        given=one["given"],
        correct=one["correct"],
        label=one.get("label", ""),
        expected="" if one["correct"] else one.get("expected", ""),
        spelt=one["expected"] if one.get("mistyped") else "",
        feedback=one.get("text") or one.get("told", ""),
        place=one.get("place", 0),
    )
