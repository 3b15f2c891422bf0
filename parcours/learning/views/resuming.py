"""Where the learner goes on: which étape, and where in it."""

from dataclasses import dataclass

from lms.kernel.formats import NBSP
from parcours.learning.models import Trace
from parcours.learning.views.outline import Line, lines, next_line


@dataclass(frozen=True)
class Step:
    """The one thing to do now. `note`: where one stopped in it, in words."""

    enrolment: object
    line: Line
    total: int
    url: str
    note: str = ""

    @property
    def eyebrow(self):
        return f"À faire maintenant · {self.line.minutes}"

    @property
    def started(self):
        return self.line.started


def step_of(enrolment, rows) -> Step | None:
    """`rows`: ActivityProgress by activity id. None when nothing is left."""
    all_lines = lines(enrolment, rows)
    line = next_line(all_lines, enrolment.progress)
    if line is None:
        return None
    anchor, note = _place(enrolment, line, rows.get(line.activity.activity_id))
    return Step(enrolment, line, len(all_lines), line.url + anchor, note)


def _place(enrolment, line, row) -> tuple[str, str]:
    """The first question left of the attempt in hand, the result of an attempt that was not enough, or the top."""
    attempt = row.attempts[-1] if row and row.attempts else None
    if not attempt or not attempt["answered"]:
        return "", ""
    if attempt["score"] is not None:
        return "#resultat", f"Dernier essai{NBSP}: {attempt['score']}{NBSP}% de réponses justes."
    number, question_id = _question_left(enrolment, line, row, attempt["number"])
    return f"#question-{question_id}", f"Vous en étiez à la question {number}."


def _question_left(enrolment, line, row, attempt) -> tuple[int, str]:
    traces = Trace.objects.filter(
        enrolment=enrolment, activity_id=row.activity_id, kind=Trace.Kind.ANSWERED, attempt=attempt
    )
    answered = set(traces.values_list("question_id", flat=True))
    questions = enrolment.edition.activity(line.activity.slug).questions
    return next((n, one["id"]) for n, one in enumerate(questions, start=1) if one["id"] not in answered)
