"""Each enrolment compared with its traces, and each ending with its attestation."""

from lms.kernel.models import Job, Paper
from parcours.learning.actions.rebuild import differences, rebuild
from parcours.learning.models import Enrolment


def audit(repair=False):
    """A sentence for each enrolment that differs; a repair makes its progress again, and issues nothing."""
    for enrolment in Enrolment.objects.for_audit().order_by("pk").iterator(chunk_size=200):
        progress, ending = differences(enrolment), list(_ending(enrolment))
        if repair and progress:
            rebuild(enrolment)
        if progress or ending:
            yield f"inscription {enrolment.pk} : {', '.join([*progress, *ending])}"


def _ending(enrolment):
    """Completed exactly when everything is done, and then an attestation issued or on its way."""
    progress, completed = getattr(enrolment, "progress", None), enrolment.state == Enrolment.State.COMPLETED
    done = progress is not None and progress.percent == 100
    if completed and not done:
        yield "state.completed-too-early"
    if done and enrolment.state == Enrolment.State.ACTIVE:
        yield "state.not-completed"
    posted = Job.objects.filter(key=enrolment.attestation_job)
    if completed and not posted.exists() and not Paper.objects.filter(key=enrolment.attestation_key).exists():
        yield "attestation.never-posted"
