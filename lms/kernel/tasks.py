import datetime
import json

from django.utils import timezone
from django.utils.module_loading import import_string
from django_tasks.base import Task

from lms.kernel import journal, mail
from lms.kernel.jobs import clock, renew, task
from lms.kernel.models import Grant, Job, JobState, MailState, OutgoingMail

DONE_KEPT = datetime.timedelta(days=30)
KEYED_KEPT = datetime.timedelta(days=400)  # a key says "once" as long as its row is there
MAIL_KEPT = datetime.timedelta(days=365)
GRANT_KEPT = datetime.timedelta(days=365)


class NotAccepted(Exception):
    """The mail server took no message."""


@task("kernel.send_mail", attempts=14)
def send_mail(mail_pk):
    """At least once: a kill between the server's acceptance and the mark sends the same Message-ID again."""
    outgoing = OutgoingMail.objects.get(pk=mail_pk)
    if outgoing.state == MailState.SENT:
        return None
    if not mail.message(outgoing).send():
        raise NotAccepted
    return lambda: mail.mark_sent(outgoing)


@task("kernel.send_mails", attempts=14)
def send_mails(*mail_pks):
    """Each is marked once accepted: a kill sends one of them twice, at most; the refused ones are tried again."""
    refused = None
    with mail.open_connection() as connection:
        for outgoing in OutgoingMail.objects.filter(pk__in=mail_pks, state=MailState.WAITING).order_by("pk"):
            renew()
            try:
                if not mail.message(outgoing, connection).send():
                    raise NotAccepted
            except (NotAccepted, OSError) as error:
                refused = error
            else:
                mail.mark_sent(outgoing)
    if refused:
        raise refused


@task("kernel.run_library_task")
def run_library_task(path, arguments):
    """What Wagtail puts off: search and reference indexes, files to delete."""
    found = import_string(path)
    if not isinstance(found, Task):
        raise TypeError(path)
    args, kwargs = json.loads(arguments)
    found.call(*args, **kwargs)


@clock("kernel.keep_journal_head", every="day", at="00:10")
def keep_journal_head(day):
    journal.keep_head(datetime.date.fromisoformat(day))


@clock("kernel.purge", every="day", at="03:40")
def purge(day):
    now = timezone.now()
    done = Job.objects.filter(state=JobState.DONE)
    done.filter(key=None, done_at__lt=now - DONE_KEPT).delete()
    done.filter(done_at__lt=now - KEYED_KEPT).delete()
    OutgoingMail.objects.filter(created_at__lt=now - MAIL_KEPT).delete()
    Grant.objects.over(now - GRANT_KEPT).delete()
