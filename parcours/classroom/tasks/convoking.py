from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from lms.kernel.formats import NBSP
from lms.kernel.jobs import clock, post, task
from lms.kernel.mail import post_mail
from lms.kernel.quiet import next_quiet_end
from parcours.classroom import actions
from parcours.classroom.documents.hours import hours_lines, place_line
from parcours.classroom.models import Registration


@task("classroom.convoke", atomic=True)
def convoke(registration_pk):
    registration = Registration.objects.for_pages().get(pk=registration_pk)
    convocation = actions.convoke(registration)
    person = registration.person
    if convocation is None or not person.email or not person.is_active:
        return
    again = registration.convocations.count() > 1
    subject = f"Convocation {'modifiée ' if again else ''}: «{NBSP}{registration.session.edition.title}{NBSP}»"
    now = timezone.now()
    post_mail(
        to=person.email,
        subject=subject.replace(" :", f"{NBSP}:"),
        body=render_to_string("classroom/mail_convocation.txt", told_in(registration, again)),
        reason="Vous recevez ce message parce qu’une inscription à une session de formation est à votre nom.",
        key=f"classroom.convocation:{convocation.pk}",
        due_at=now if again else next_quiet_end(now, person.time_zone),
    )


def told_in(registration, again) -> dict:
    session = registration.session
    address = [registration.public_id]
    return {
        "registration": registration,
        "session": session,
        "again": again,
        "hours": hours_lines(session, registration.person.time_zone),
        "places": list(dict.fromkeys(place_line(one) for one in session.half_days.all())),
        "links": list(dict.fromkeys(one.link for one in session.half_days.all() if one.link)),
        "link": settings.BASE_URL + reverse("classroom:my_session", args=address),
        "calendar": settings.BASE_URL + reverse("classroom:my_session_calendar", args=address),
    }


@task("classroom.convoke_again", atomic=True)
def convoke_again(session_pk, stamp):
    """Dates, places or links changed: whoever was convoked is convoked again."""
    told = Registration.objects.active().filter(session=session_pk, convocations__isnull=False).distinct()
    for pk in told.values_list("pk", flat=True):
        post("classroom.convoke", pk, key=f"classroom.convoke:{pk}:{stamp}")


@clock("classroom.convoke_near", every="day", at="07:30")
def convoke_near(day):
    """Everybody whose session comes near, once."""
    for pk in actions.due_convocations().filter(convocations=None).values_list("pk", flat=True):
        post("classroom.convoke", pk, key=f"classroom.convoke:{pk}:{day}")
