"""Questions as screens show them: to answer, or answered with what there is to learn from it."""

from dataclasses import dataclass
from typing import NamedTuple

from django.utils import timezone

from lms.kernel.formats import NBSP, date_long, time_short
from parcours.assessment.engine.choices import NOTHING_CHOSEN
from parcours.assessment.engine.kinds import CHOICES, MULTIPLE
from parcours.assessment.engine.marking import mark, without_answers
from parcours.assessment.engine.marking import refusal as unfit
from parcours.learning.views.controls import Control, Result, control_of, result_of


@dataclass(frozen=True)
class Choice:
    """`chosen`, `correct` and `feedback` only once the question is answered; `ticked`: chosen but not recorded."""

    id: str
    text: str
    chosen: bool = False
    correct: bool = False
    feedback: str = ""
    ticked: bool = False


@dataclass(frozen=True)
class Refusal:
    """Why what was sent for a question was not recorded, and what it was."""

    question_id: str
    sentence: str
    given: tuple = ()
    on_page: bool = False


class Shown(NamedTuple):
    """One question on screen; not answered yet, it holds nothing that changes, so that it is drawn once for all."""

    id: str
    number: int
    total: int
    multiple: bool
    expected: int
    statement: str
    attempt: int
    choices: tuple
    """Of a question whose answer is chosen; of any other, `control` before the answer and `result` after it."""
    control: Control | None = None
    result: Result | None = None
    previous_id: str = ""
    next_id: str = ""
    answered: bool = False
    right: bool = False
    older: bool = False
    """Whether it was answered as an older edition asked it: the answer counts, and is not shown beside this one."""
    saved: str = ""
    explanation: str = ""
    taught_in: str = ""
    taught_in_title: str = ""
    refused: str = ""
    alone: bool = True
    """Whether it may be shown without the others, with a way to them: false once all are answered."""

    @property
    def legend(self):
        return f"Question {self.number} sur {self.total}, votre réponse"

    @property
    def empty(self):
        """What a script says of an answer that lacks something, before it is sent."""
        return self.control.empty if self.control else NOTHING_CHOSEN

    @property
    def next_url(self):
        return f"#question-{self.next_id}"

    @property
    def told(self):
        """The choices worth reading at once: what was chosen, then what was right."""
        told = [choice for choice in self.choices if choice.chosen or choice.correct]
        return sorted(told, key=lambda choice: not choice.chosen)

    @property
    def others(self):
        return [choice for choice in self.choices if not (choice.chosen or choice.correct)]

    @property
    def described_by(self):
        hints = [f"enonce-{self.id}"]
        if self.multiple:
            hints.append(f"attendu-{self.id}")
        return " ".join([*hints, f"refus-{self.id}"])


def show_series(node, traces, attempt, refusal=None) -> list[Shown]:
    """`traces`: the answers of the activity; those of the attempt in hand decide what is answered."""
    questions = node["questions"]
    asked = {question["id"] for question in questions}
    answers = {one.question_id: one for one in traces if one.attempt == attempt and one.question_id in asked}
    ids = ["", *(question["id"] for question in questions), ""]
    return [
        _show(
            question,
            answers.get(question["id"]),
            refusal if refusal and refusal.question_id == question["id"] else None,
            number=index + 1,
            total=len(questions),
            attempt=attempt,
            alone=len(answers) < len(questions),
            previous_id=ids[index],
            next_id=ids[index + 2],
        )
        for index, question in enumerate(questions)
    ]


def _show(question, trace, refusal, **place) -> Shown:
    asked = without_answers(question)
    common = place | {
        "id": question["id"],
        "multiple": question["type"] == MULTIPLE,
        "expected": asked.get("expected", 0),
        "statement": question["statement"],
    }
    if trace is not None:
        return Shown(**common, **_answered(question, trace))
    common["refused"] = refusal.sentence if refusal else ""
    given = refusal.given if refusal else ()
    if question["type"] not in CHOICES:
        return Shown(**common, choices=(), control=control_of(asked, given))
    choices = (Choice(one["id"], one["text"], ticked=one["id"] in given) for one in asked["options"])
    return Shown(**common, choices=tuple(choices))


def _answered(question, trace) -> dict:
    return _told(question, trace) | {
        "answered": True,
        "right": trace.correct,
        "saved": moment(trace.at),
        "explanation": question.get("explanation", ""),
        "taught_in": question.get("taught_in") or "",
        "taught_in_title": question.get("taught_in_title") or "",
    }


def _told(question, trace) -> dict:
    """What the answer was worth, unless it was given to the question as an older edition asked it."""
    if unfit(question, trace.given) or (marked := mark(question, trace.given)).correct != trace.correct:
        return {"choices": (), "older": True}
    return _told_choices(question, marked) if question["type"] in CHOICES else _told_result(question, marked)


def _told_choices(question, marked) -> dict:
    texts = {option["id"]: option["text"] for option in question["options"]}
    return {
        "choices": tuple(
            Choice(one["option"], texts[one["option"]], one["chosen"], one["correct"], one["text"])
            for one in marked.feedback
        )
    }


def _told_result(question, marked) -> dict:
    return {"choices": (), "result": result_of(question, marked)}


def moment(at) -> str:
    """« à 14 h 32 », in the reader's zone; with its date when it is not today's."""
    local = timezone.localtime(at)
    hour = f"à{NBSP}{time_short(local)}"
    if local.date() == timezone.localdate():
        return hour
    return f"le {date_long(local)} {hour}"
