from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from lms.kernel.formats import NBSP, duration
from lms.kernel.jobs import clock, post, renew, task
from lms.kernel.mail import post_mail
from lms.kernel.quiet import next_quiet_end
from parcours.learning import actions
from parcours.learning.engine.reminding import MOST, Slot, reminder_at
from parcours.learning.engine.wording import left_in_words
from parcours.learning.models import Enrolment

PAUSE_EVERY = 200


@clock("learning.remind", every="day", at="06:00")
def remind(day):
    """Post one job per course left aside, at the hour that suits its learner; the job decides whether to write."""
    now = timezone.now()
    waiting = Enrolment.objects.to_remind(now).for_clock()
    for rank, enrolment in enumerate(waiting.iterator(chunk_size=PAUSE_EVERY)):
        if rank % PAUSE_EVERY == 0:
            renew()
        slots = [Slot(one.weekday, one.starts_at) for one in enrolment.person.moments.all()]
        if at := reminder_at(now, enrolment.person.time_zone, slots):
            post("learning.send_reminder", enrolment.pk, key=f"learning.reminder:{day}:{enrolment.pk}", due_at=at)


@task("learning.send_reminder", atomic=True)
def send_reminder(enrolment_pk):
    """A job that comes late writes at the next fit hour; one that comes after the learner writes nothing."""
    enrolment = actions.count_reminder(enrolment_pk)
    if enrolment is None:
        return
    person, progress = enrolment.person, enrolment.progress
    left = f"{left_in_words(progress.online_left, progress.live_left)} ({duration(progress.minutes_left)})"
    post_mail(
        to=person.email,
        subject=f"Il vous reste {left} de «{NBSP}{enrolment.edition.title}{NBSP}»",
        body=render_to_string("learning/mail_reminder.txt", _context(enrolment, left)),
        reason=f"Vous recevez ce message parce que vous suivez un parcours sur {settings.SITE_NAME}.",
        key=f"learning.reminder:{enrolment.pk}:{enrolment.reminders_sent}",
        due_at=next_quiet_end(timezone.now(), person.time_zone),
        stop_url=settings.BASE_URL + reverse("learning:stop_reminders", args=[actions.stop_link_of(enrolment).token]),
    )


def _context(enrolment, left):
    outline = enrolment.edition.outline
    following = next(one for one in outline if one.activity_id == enrolment.progress.next_activity_id)
    return {
        "enrolment": enrolment,
        "left": left,
        "following": following,
        "link": settings.BASE_URL + reverse("learning:activity", args=[enrolment.pk, following.slug]),
        "last": enrolment.reminders_sent == MOST,
    }
