import contextlib
import datetime
import logging
import traceback
from contextvars import ContextVar
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from lms.kernel.models.job import Job, JobState

from .registry import TASKS

logger = logging.getLogger(__name__)
_in_hand: ContextVar[Job | None] = ContextVar("job_in_hand", default=None)


class LeaseLost(Exception):
    """The job in hand took longer than its lease and somebody else has it now."""


def run_due(limit: int | None = None) -> int:
    """Run what is due in this process, oldest first, one at a time; how many jobs were run."""
    count = 0
    while limit is None or count < limit:
        job = Job.objects.next_due(timezone.now())
        if job is None:
            break
        count += _take_and_run(job)
    return count


def run(job_pk: int) -> bool:
    """Run one job if it is due and nobody has it; whether it was run."""
    job = Job.objects.due(timezone.now()).filter(pk=job_pk).first()
    return job is not None and _take_and_run(job)


def renew() -> None:
    """Lengthen the lease of the job in hand; long tasks call it now and then. Raises LeaseLost."""
    job = _in_hand.get()
    if job and not _still_ours(job).update(lease_until=_lease_end()):
        raise LeaseLost


def _take_and_run(job) -> bool:
    if job.attempts >= job.last_attempt:
        _still_ours(job, state=job.state).update(state=JobState.DEAD, lease_until=None)
        return False
    if not _claim(job):
        return False
    try:
        _perform(job)
    except Exception as error:
        _note_failure(job, error)
    return True


def _claim(job) -> bool:
    """One conditional UPDATE: `attempts` is both the count and the proof that the claim is ours."""
    due = Job.objects.due(timezone.now()).order_by().filter(pk=job.pk, attempts=job.attempts)
    job.attempts += 1
    return bool(due.update(state=JobState.RUNNING, attempts=job.attempts, lease_until=_lease_end()))


def _perform(job) -> None:
    task = TASKS[job.name]
    effects = None if task.atomic else _prepare(job, task)
    with transaction.atomic():
        done = {"state": JobState.DONE, "done_at": timezone.now(), "lease_until": None, "error": ""}
        if not _still_ours(job).update(**done):
            raise LeaseLost
        if task.atomic:
            effects = task.function(*job.args)
        if effects is not None:
            effects()


def _prepare(job, task):
    token = _in_hand.set(job)
    try:
        return task.function(*job.args)
    finally:
        _in_hand.reset(token)


def _note_failure(job, error) -> None:
    left = job.last_attempt - job.attempts
    tried = getattr(TASKS.get(job.name), "attempts", job.last_attempt) - left
    _still_ours(job).update(
        state=JobState.READY if left > 0 else JobState.DEAD,
        due_at=timezone.now() + datetime.timedelta(seconds=2 ** max(tried, 0)),
        lease_until=None,
        nudged_at=None,
        error=_where(error),
    )
    logger.warning("job %s %s attempt %s failed: %s", job.pk, job.name, job.attempts, type(error).__name__)


def _still_ours(job, state=JobState.RUNNING):
    return Job.objects.filter(pk=job.pk, attempts=job.attempts, state=state)


def _lease_end():
    return timezone.now() + datetime.timedelta(seconds=getattr(settings, "JOB_LEASE_SECONDS", 60))


def _where(error) -> str:
    """The error's class and the path to it. Its message is left out: it may hold personal data."""
    lines = [type(error).__name__]
    for frame in traceback.extract_tb(error.__traceback__):
        path = Path(frame.filename)
        with contextlib.suppress(ValueError):
            path = path.relative_to(settings.BASE_DIR)
        lines.append(f"{path}:{frame.lineno} {frame.name}")
    return "\n".join(lines)
