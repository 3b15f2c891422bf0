import datetime

from django.db import transaction
from django.utils import timezone

from lms.kernel import journal
from lms.kernel.models.job import Job, JobState

from . import nudging
from .registry import TASKS

HEAD_START = datetime.timedelta(hours=1)
"""What somebody waits for goes before all that was posted within this time; the rest is never put off for longer."""


def post(
    name: str, *args, key: str | None = None, due_at: datetime.datetime | None = None, awaited: bool = False
) -> Job:
    """Have a task run once the caller's transaction is committed, or never if it is rolled back.

    `args` are integers and codes, nothing personal: rows outlive the people. A second post with the same `key`
    changes nothing and returns the first job, whatever became of it. `awaited`: somebody stands before the screen
    until it is done, and a thousand papers to seal are not to come first.
    """
    _check(name, args)
    now = timezone.now()
    due_at = due_at or (now - HEAD_START if awaited else now)
    job = Job(name=name, args=list(args), key=key, last_attempt=TASKS[name].attempts, due_at=due_at, created_at=now)
    if job.due_at <= now:
        job.nudged_at = nudging.first_nudge(now)
    if key is None:
        job.save(force_insert=True)
    else:
        Job.objects.bulk_create([job], ignore_conflicts=True)
        job = Job.objects.get(key=key)
    if job.nudged_at and job.state == JobState.READY:
        transaction.on_commit(lambda: nudging.nudge(job.pk), robust=True)
    return job


@transaction.atomic
def retry(job: Job, *, by) -> bool:
    """Give a dead job its attempts again; whether it was dead."""
    job = Job.objects.select_for_update().get(pk=job.pk)
    if job.state != JobState.DEAD:
        return False
    job.state, job.due_at, job.nudged_at = JobState.READY, timezone.now(), None
    job.last_attempt = job.attempts + (TASKS[job.name].attempts if job.name in TASKS else 1)
    job.save()
    journal.record("kernel.retry_job", job, by=by, before={"state": JobState.DEAD}, after={"state": job.state})
    return True


def _check(name, args):
    if name not in TASKS:
        raise LookupError(f"No task is named {name}")
    for arg in args:
        if not isinstance(arg, int | str):
            raise TypeError(f"{name}: a job carries integers and codes, not {type(arg).__name__}")
