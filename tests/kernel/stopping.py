from datetime import timedelta

from django.utils import timezone

from lms.kernel.jobs import run_due
from lms.kernel.models import Job, JobState


def machine_stops(name):
    """During the last attempt at what waits under this name; then somebody notices."""
    last = {"state": JobState.RUNNING, "attempts": 8, "last_attempt": 8}
    Job.objects.filter(name=name, state=JobState.READY).update(lease_until=timezone.now() - timedelta(hours=1), **last)
    run_due()
