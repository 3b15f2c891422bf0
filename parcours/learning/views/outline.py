"""The course as screens show it: its modules, its étapes, their states."""

from dataclasses import dataclass
from itertools import groupby

from django.urls import reverse

from parcours.learning.models import ActivityProgress


@dataclass(frozen=True)
class Line:
    """One étape in a table of contents."""

    activity: object
    number: int
    state: str
    url: str
    current: bool = False

    @property
    def done(self):
        return self.state == ActivityProgress.State.DONE

    @property
    def state_label(self):
        return ActivityProgress.State(self.state).label


@dataclass(frozen=True)
class Module:
    title: str
    lines: list

    @property
    def current(self):
        return any(line.current for line in self.lines)

    @property
    def done(self):
        return all(line.done for line in self.lines)


def lines(enrolment, rows, current=None) -> list[Line]:
    """`rows`: ActivityProgress by activity id; `current`: the activity on screen."""
    return [
        Line(
            activity=one,
            number=number,
            state=rows[one.activity_id].state if one.activity_id in rows else ActivityProgress.State.TODO,
            url=reverse("learning:activity", args=[enrolment.pk, one.slug]),
            current=current is not None and one.activity_id == current.activity_id,
        )
        for number, one in enumerate(enrolment.edition.outline, start=1)
    ]


def modules(lines_) -> list[Module]:
    groups = groupby(lines_, key=lambda line: (line.activity.module_id, line.activity.module_title))
    return [Module(title, list(group)) for (_, title), group in groups]


def next_step(enrolment) -> Line | None:
    """Where the learner goes on; costs nothing beyond the progress row."""
    for line in lines(enrolment, {}):
        if line.activity.activity_id == enrolment.progress.next_activity_id:
            return line
    return None
