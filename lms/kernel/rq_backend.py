"""django-tasks over rq with JSON on the wire: no pickle is ever read back from Redis.

The worker must be told the same: `rqworker --job-class django_tasks_rq.Job --serializer rq.serializers.JSONSerializer`.
"""

import django_rq
from django_tasks_rq import Job, RQBackend


class JSONRQBackend(RQBackend):
    def _get_job(self, result_id):
        for queue_name in self.queues:
            if job := django_rq.get_queue(queue_name, job_class=Job).fetch_job(result_id):
                return job
        return None
