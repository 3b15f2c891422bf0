"""Redis is only told that a row is due. When it is down the row waits, and the relay tells it later."""

import logging
import time

from django.conf import settings
from django_tasks import task as queue_task

from . import running

logger = logging.getLogger(__name__)

PAUSE_SECONDS = 10  # after a failure, how long this process leaves Redis to the relay
_paused_until = 0.0


@queue_task()
def run_posted(job_pk: int) -> None:
    running.run(job_pk)


def first_nudge(now):
    """When the poster itself nudges the job: at once where there is a queue, never otherwise."""
    return now if settings.REDIS_URL else None


def nudge(job_pk: int) -> bool:
    """Tell the queue about a job, without ever failing nor waiting twice for a queue that is down."""
    global _paused_until
    if time.monotonic() < _paused_until:
        return False
    try:
        run_posted.enqueue(job_pk)
    except Exception as error:
        _paused_until = time.monotonic() + PAUSE_SECONDS
        logger.warning("queue unreachable (%s): jobs wait for the relay", type(error).__name__)
        return False
    return True
