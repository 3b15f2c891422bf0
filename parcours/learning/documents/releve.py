"""The statement of a course: what was opened, answered and finished, when, and who helped."""

from dataclasses import dataclass
from datetime import datetime

from lms.kernel.formats import counted, duration
from parcours.assistance.documents import exchanges_of
from parcours.learning.engine.competences import counting
from parcours.learning.engine.presence import minutes, seconds_spent
from parcours.learning.models import ActivityProgress, Trace
from parcours.learning.models.facts import Seance, seances_of


@dataclass(frozen=True)
class ReleveLine:
    """One étape: its dates, its results, the duration it declares and the time really seen."""

    activity: object
    row: ActivityProgress
    seconds: int

    @property
    def opened_at(self) -> datetime | None:
        return self.row.opened_at

    @property
    def done_at(self) -> datetime | None:
        return self.row.done_at

    @property
    def result(self) -> str:
        """The answers that count, and how many times the questions were taken."""
        attempts = self.row.attempts
        attempt = counting(attempts, self.activity.rule.get("keep", "best"))
        if attempt is None:
            return ""
        right = counted(attempt["right"], "réponse juste", "réponses justes")
        tries = len([one for one in attempts if one["answered"]])
        return f"{right} sur {attempt['answered']}" + (f", {tries} essais" if tries > 1 else "")

    @property
    def seen(self) -> str:
        return duration(minutes(self.seconds))


@dataclass(frozen=True)
class SeanceLine:
    """One half-day in class: the presence established by signature, and the minutes it is worth."""

    seance: Seance
    row: ActivityProgress | None

    @property
    def held_on(self) -> datetime | None:
        return self.row.done_at if self.row else None

    @property
    def minutes(self) -> int:
        return (self.row.minutes or 0) if self.row and self.row.done_at else 0


def releve_of(enrolment) -> dict:
    """All that the statement shows; at the price of four queries."""
    rows = {row.activity_id: row for row in enrolment.activities.all()}
    facts = Trace.objects.at_a_distance().filter(enrolment=enrolment).values_list("activity_id", "at")
    spent = seconds_spent(facts)
    outline = enrolment.edition.outline
    opened = [one for one in outline if one.activity_id in rows]
    lines = [ReleveLine(one, rows[one.activity_id], spent.get(one.activity_id, 0)) for one in opened]
    live = [SeanceLine(one, rows.get(one.id)) for one in seances_of(enrolment.edition)]
    unopened = len(outline) - len(lines)
    exchanges = exchanges_of(enrolment.person, enrolment.edition.parcours_id)
    return {
        "lines": lines,
        "live": live,
        "live_minutes": sum(line.minutes for line in live),
        "unopened": counted(unopened, "étape", "étapes") if unopened else "",
        "declared": sum(line.activity.minutes for line in lines if line.done_at),
        "seen": minutes(sum(spent.values())),
        "exchanges": exchanges,
    }
