"""Redis is only told that a row is due. When it is down the row waits, and the relay tells it later."""

import datetime
import logging
import time

import django_rq
from django.conf import settings
from django.db import close_old_connections
from django.db.models import F, Q
from django.utils import timezone
from django_tasks import task as queue_task

from lms.kernel.models.job import Job, JobState

from . import running

logger = logging.getLogger(__name__)

AGAIN = datetime.timedelta(minutes=1)
QUEUE_LENGTH = 500  # beyond, the queue has enough to do: rows wait in the table, Redis stays small
PAUSE_SECONDS = 10  # after a failure, how long this process leaves the queue alone
_paused_until = 0.0


@queue_task()
def run_posted(job_pk: int) -> None:
    """The queue has an order of its own, that of the posts: the first of the table is run before the job it tells."""
    close_old_connections()  # a worker lives longer than a connection
    running.run_due(limit=1)
    running.run(job_pk)


def first_nudge(now):
    """When the poster itself nudges the job: at once where there is a queue, never otherwise."""
    return now if settings.REDIS_URL else None


def nudge(job_pk: int) -> bool:
    """Tell the queue about a job, without ever failing; whether it was reached."""
    return _ask_queue(lambda: run_posted.get_backend().tell_worker(run_posted, job_pk)) is not None


def nudge_due() -> int:
    """Tell the queue about what is due, each row once a minute at most; how many rows were."""
    now, count = timezone.now(), 0
    unheard = Q(nudged_at=None) | Q(nudged_at__lt=now - AGAIN)
    answered_then_killed = Q(state=JobState.RUNNING, nudged_at__lt=F("lease_until"))
    waiting = Job.objects.due(now).filter(unheard | answered_then_killed)
    if not waiting.exists():
        return 0
    for pk, nudged_at in waiting.values_list("pk", "nudged_at")[: _room_in_queue()]:
        if not Job.objects.filter(pk=pk, nudged_at=nudged_at).update(nudged_at=now):
            continue
        if not nudge(pk):
            Job.objects.filter(pk=pk, nudged_at=now).update(nudged_at=nudged_at)
            break
        count += 1
    return count


def _room_in_queue() -> int:
    length = _ask_queue(lambda: django_rq.get_queue("default").count)
    return 0 if length is None else max(0, QUEUE_LENGTH - length)


def _ask_queue(question):
    """The answer of the queue, or None while it is down: a process does not wait for it twice in a row."""
    global _paused_until
    if time.monotonic() < _paused_until:
        return None
    try:
        return question()
    except Exception as error:
        _paused_until = time.monotonic() + PAUSE_SECONDS
        logger.warning("queue unreachable (%s): jobs wait for the relay", type(error).__name__)
        return None
