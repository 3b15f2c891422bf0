from django.core.management.base import BaseCommand, CommandError

from lms.kernel.models import Job, Paper
from parcours.learning.actions import differences
from parcours.learning.models import Enrolment


class Command(BaseCommand):
    help = "Compare, sans rien changer, chaque inscription à ses traces et chaque fin de parcours à son attestation."

    def handle(self, *args, **options):
        seen = wrong = 0
        for enrolment in Enrolment.objects.for_audit().order_by("pk").iterator(chunk_size=200):
            seen += 1
            if found := [*differences(enrolment), *_ending(enrolment)]:
                wrong += 1
                self.stderr.write(f"inscription {enrolment.pk} : {', '.join(found)}")
        if wrong:
            raise CommandError(
                f"{wrong} inscription(s) sur {seen} ne concordent pas : « rebuild_progress » refait la progression."
            )
        self.stdout.write(f"{seen} inscription(s) relues : tout concorde.")


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
