"""django-tasks over rq with JSON on the wire: no pickle is ever read back from Redis.

The worker must be told the same: `rqworker --job-class django_tasks_rq.Job --serializer rq.serializers.JSONSerializer`.
"""

import json

import django_rq
from django.utils import timezone
from django_rq.queues import DjangoRQ
from django_tasks import TaskResult, TaskResultStatus
from django_tasks_rq import Job, RQBackend
from redis.backoff import NoBackoff
from redis.retry import Retry

IMPATIENT_SECONDS = 0.3


class ImpatientQueue(DjangoRQ):
    """Never waits for a Redis that is down or stuck: django-rq ignores client options beside a Redis given by URL.

    What a worker or the URL already set is left alone: a worker waits long for its next job.
    """

    def __init__(self, *args, connection, **kwargs):
        options = connection.connection_pool.connection_kwargs
        for name in ("socket_connect_timeout", "socket_timeout"):
            options.setdefault(name, IMPATIENT_SECONDS)
        connection.set_retry(Retry(NoBackoff(), 0))
        super().__init__(*args, connection=connection, **kwargs)


class JSONRQBackend(RQBackend):
    """Libraries' tasks become jobs of ours, so that neither a kill nor a Redis that is down loses or refuses one."""

    supports_defer = False

    def enqueue(self, task, args, kwargs):
        from lms.kernel.jobs import post  # tasks are declared, hence this module imported, before models are ready

        self.validate_task(task)
        job = post("kernel.run_library_task", task.module_path, json.dumps([args, kwargs]))
        return TaskResult(
            task=task,
            id=f"job-{job.pk}",
            status=TaskResultStatus.READY,
            enqueued_at=timezone.now(),
            started_at=None,
            last_attempted_at=None,
            finished_at=None,
            args=args,
            kwargs=kwargs,
            backend=self.alias,
            errors=[],
            worker_ids=[],
        )

    def tell_worker(self, task, *args):
        """Put a task in Redis itself. Raises when it cannot be reached."""
        return super().enqueue(task, args, {})

    def _get_job(self, result_id):
        for queue_name in self.queues:
            if job := django_rq.get_queue(queue_name, job_class=Job).fetch_job(result_id):
                return job
        return None
