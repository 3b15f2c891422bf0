"""Where the learner goes on: which étape, and which question of it."""

from dataclasses import dataclass

from parcours.learning.models import Trace
from parcours.learning.views.outline import Line, lines, next_line


@dataclass(frozen=True)
class Step:
    """The one thing to do now. `question`: number of the first one left when some have their answer, else 0."""

    enrolment: object
    line: Line
    total: int
    question: int = 0
    url: str = ""

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
    number, anchor = _question_left(enrolment, line, rows.get(line.activity.activity_id))
    return Step(enrolment, line, len(all_lines), number, line.url + anchor)


def _question_left(enrolment, line, row) -> tuple[int, str]:
    attempt = row.attempts[-1] if row and row.attempts else None
    if not attempt or not attempt["answered"] or attempt["score"] is not None:
        return 0, ""
    traces = Trace.objects.filter(
        enrolment=enrolment, activity_id=row.activity_id, kind=Trace.Kind.ANSWERED, attempt=attempt["number"]
    )
    answered = set(traces.values_list("question_id", flat=True))
    questions = enrolment.edition.activity(line.activity.slug).questions
    for number, question in enumerate(questions, start=1):
        if question["id"] not in answered:
            return number, f"#question-{question['id']}"
    return 0, ""
