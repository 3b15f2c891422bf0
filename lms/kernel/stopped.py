"""Work that somebody waits for, whose job gave up after its last attempt: what is said of it, how it begins again.

A row that waits says in `awaited_task` which task works for it now, or an empty text; that task takes its key first.
"""

from dataclasses import dataclass

from django.contrib import messages
from django.db import transaction

from lms.kernel.access import refusals_as_messages
from lms.kernel.jobs import retry
from lms.kernel.journal import record
from lms.kernel.lifecycle import TransitionRefused
from lms.kernel.models import Job, JobState

KILLED = "Le service a été interrompu pendant ce travail, ou le travail a duré plus que permis."
FAILED = "Une erreur du service a arrêté ce travail, après {attempts} essais. Vous n’y êtes pour rien."
AGAIN = "Si l’arrêt revient, donnez ce repère à l’équipe technique : {mark}."
GOES_ON = "Ce travail n’est pas arrêté : rechargez la page."
TAKEN_UP = "Le travail reprend. Vous pouvez quitter cette page : il continue sans vous."


@dataclass(frozen=True)
class Stop:
    job: Job

    @property
    def sentences(self):
        why = FAILED.format(attempts=self.job.attempts) if self._error else KILLED
        mark = f"travail {self.job.pk}, {self._error}" if self._error else f"travail {self.job.pk}"
        return [why, AGAIN.format(mark=mark)]

    @property
    def _error(self):
        """The name of the error and no more: its message may hold what a line said."""
        return self.job.error.partition("\n")[0]


def mark_stops(rows) -> None:
    """Each row, of one model, then has a `stop`: None unless its work gave up. At most one query."""
    waiting = {(one.awaited_task, one.pk) for one in rows if one.awaited_task}
    names = {name for name, _ in waiting}
    dead = Job.objects.filter(state=JobState.DEAD, name__in=names).order_by("pk") if waiting else []
    stops = {job.args[0]: Stop(job) for job in dead if (job.name, job.args[0]) in waiting}
    for one in rows:
        one.stop = stops.get(one.pk)


@transaction.atomic
def take_up(row, *, by) -> None:
    """Have it begin again, or go on from there. Raises TransitionRefused when it did not stop."""
    mark_stops([row])
    if row.stop is None or not retry(row.stop.job, by=by):
        raise TransitionRefused([GOES_ON])
    record("kernel.take_up", row, by=by, after={"job": row.stop.job.pk})


def take_up_asked(request, row) -> None:
    """Said on the page the view redirects to."""
    with refusals_as_messages(request):
        take_up(row, by=request.user)
        messages.success(request, TAKEN_UP)
