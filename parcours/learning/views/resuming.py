"""Where the learner goes on: which étape and where in it, or which half-day in class."""

from dataclasses import dataclass

from lms.kernel.formats import NBSP, duration
from parcours.learning.engine.live import held_for
from parcours.learning.models import Trace
from parcours.learning.models.facts import seances_of
from parcours.learning.views.outline import Line, lines, next_line


@dataclass(frozen=True)
class Step:
    """The one thing to do now. `note`: where one stopped in it, in words."""

    enrolment: object
    line: Line
    total: int
    url: str
    note: str = ""
    live = False

    @property
    def title(self):
        return self.line.activity.title

    @property
    def eyebrow(self):
        return f"À faire maintenant · {self.line.minutes}"

    @property
    def action(self):
        return "Reprendre l’étape" if self.line.started else "Commencer l’étape"


@dataclass(frozen=True)
class LiveStep:
    """The half-day in class that comes next, or the session to find first."""

    enrolment: object
    title: str
    eyebrow: str
    note: str
    url: str
    action: str
    live = True


def step_of(enrolment, rows) -> Step | LiveStep | None:
    """`rows`: ActivityProgress by activity id. None when nothing is left."""
    all_lines = lines(enrolment, rows)
    line = next_line(all_lines, enrolment.progress)
    if line is None:
        return _live_step(enrolment)
    anchor, note = _place(enrolment, line, rows.get(line.activity.activity_id))
    return Step(enrolment, line, len(all_lines), line.url + anchor, note)


def _live_step(enrolment) -> LiveStep | None:
    known = {one.id: one for one in seances_of(enrolment.edition)}
    seance = known.get(enrolment.progress.next_activity_id)
    if seance is None:
        return None
    held, eyebrow = held_for(enrolment).get(seance.id), f"En direct · {duration(seance.minutes)}"
    if held is None:
        note = f"«{NBSP}{seance.title}{NBSP}» se suit en direct : il vous faut une place dans une session."
        url = "/sessions/"
        return LiveStep(enrolment, "Trouver une session", eyebrow, note, url, "Voir les sessions")
    note = f"«{NBSP}{seance.title}{NBSP}», {held.where}."
    if held.is_over:
        note += " Votre formateur n’a pas encore confirmé votre présence."
    return LiveStep(enrolment, f"Demi-journée du {held.when}", eyebrow, note, held.url, "Voir cette demi-journée")


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


def live_of(enrolment, rows) -> dict:
    """The half-days in class of a course, with what became of each; nothing of an online course."""
    seances = seances_of(enrolment.edition)
    held = held_for(enrolment) if seances else {}
    return {
        "live": [_seance(one, rows.get(one.id), held.get(one.id)) for one in seances],
        "live_minutes": sum(one.minutes for one in seances),
    }


def _seance(seance, row, held) -> dict:
    done = row is not None and row.done_at is not None
    state = f"présence signée, {duration(row.minutes)}" if done else "à suivre" if held else "session à trouver"
    return {"title": seance.title, "minutes": seance.minutes, "held": held, "done": done, "state": state}
