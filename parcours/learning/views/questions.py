"""Questions as screens show them: to answer, or answered with what there is to learn from it."""

from dataclasses import dataclass, field

from parcours.assessment.engine.marking import mark, without_answers
from parcours.learning.models import Trace


@dataclass(frozen=True)
class Choice:
    id: str
    text: str
    chosen: bool = False
    correct: bool = False
    feedback: str = ""


@dataclass(frozen=True)
class Shown:
    """One question on screen; `trace` and feedback only once it is answered."""

    id: str
    number: int
    total: int
    multiple: bool
    expected: int
    statement: str
    choices: list
    attempt: int
    trace: Trace | None = None
    explanation: str = ""
    taught_in: str = ""
    next_id: str = ""
    series_title: str = field(default="")

    @property
    def answered(self):
        return self.trace is not None


def show(question, *, number, total, attempt, trace=None, next_id="") -> Shown:
    asked = without_answers(question)
    common = {
        "id": question["id"],
        "number": number,
        "total": total,
        "multiple": question["type"] == "choix-multiple",
        "expected": asked["expected"],
        "statement": question["statement"],
        "attempt": attempt,
        "next_id": next_id,
    }
    if trace is None:
        return Shown(**common, choices=[Choice(option["id"], option["text"]) for option in asked["options"]])
    marked = mark(question, trace.given)
    texts = {option["id"]: option["text"] for option in question["options"]}
    choices = [
        Choice(one["option"], texts[one["option"]], one["chosen"], one["correct"], one["text"])
        for one in marked.feedback
    ]
    return Shown(
        **common,
        choices=choices,
        trace=trace,
        explanation=marked.explanation,
        taught_in=question.get("taught_in") or "",
    )


def show_series(node, traces, attempt) -> list[Shown]:
    """`traces`: the answers of the activity; those of the attempt in hand decide what is answered."""
    answers = {trace.question_id: trace for trace in traces if trace.kind == "answered" and trace.attempt == attempt}
    questions = node["questions"]
    ids = [question["id"] for question in questions] + [""]
    return [
        show(
            question,
            number=index + 1,
            total=len(questions),
            attempt=attempt,
            trace=answers.get(question["id"]),
            next_id=ids[index + 1],
        )
        for index, question in enumerate(questions)
    ]
