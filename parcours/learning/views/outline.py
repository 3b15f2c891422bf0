"""The course as screens show it: its modules, its étapes, their states."""

from dataclasses import dataclass
from itertools import groupby

from django.urls import reverse

from lms.kernel.formats import duration, weight
from parcours.learning.engine.wording import ending
from parcours.learning.models import ActivityProgress
from parcours.learning.models.facts import rules_of

LONG = 15
"""Minutes beyond which an étape is announced as a long one."""
ANY = "ETAPE"
"""Stands for the slug of each in an address that is resolved once for all of them."""
TODO, STARTED, DONE = ActivityProgress.State.TODO, ActivityProgress.State.STARTED, ActivityProgress.State.DONE


@dataclass(frozen=True)
class Line:
    """One étape in a table of contents."""

    activity: object
    url: str
    number: int
    ending: str
    state: str = TODO
    score: int | None = None
    current: bool = False

    @property
    def done(self):
        return self.state == DONE

    @property
    def started(self):
        return self.state == STARTED

    @property
    def minutes(self):
        return duration(self.activity.minutes)

    @property
    def is_long(self):
        return self.activity.minutes > LONG


@dataclass(frozen=True)
class Module:
    """`weight`: what its file weighs, in words."""

    id: str
    title: str
    lines: list
    weight: str = ""

    @property
    def current(self):
        return any(line.current for line in self.lines)

    @property
    def done(self):
        return all(line.done for line in self.lines)

    @property
    def minutes(self):
        return sum(line.activity.minutes for line in self.lines)


def lines(enrolment, rows, current=None) -> list[Line]:
    """`rows`: ActivityProgress by activity id; `current`: the activity on screen."""
    rules = rules_of(enrolment.edition)
    before, after = reverse("learning:activity", args=[enrolment.pk, ANY]).split(ANY)
    return [
        _line(number, one, f"{before}{one.slug}{after}", rules[one.activity_id], rows.get(one.activity_id), current)
        for number, one in enumerate(enrolment.edition.outline, start=1)
    ]


def _line(number, activity, url, rule, row, current):
    return Line(
        activity=activity,
        url=url,
        number=number,
        ending=ending(rule),
        state=row.state if row else TODO,
        score=row.score if row and rule.kind == "score" else None,
        current=current is not None and activity.activity_id == current.activity_id,
    )


def modules(all_lines, weights=None) -> list[Module]:
    """`weights`: the bytes of the file of each module, by its id."""
    groups = groupby(all_lines, key=lambda line: (line.activity.module_id, line.activity.module_title))
    return [Module(pk, title, list(group), weight(weights[pk]) if weights else "") for (pk, title), group in groups]


def next_line(all_lines, progress) -> Line | None:
    """Where the learner goes on, as the fold decided."""
    return next((line for line in all_lines if line.activity.activity_id == progress.next_activity_id), None)
