"""Who teaches a session is told at once that it changed or is cancelled, like those who are registered."""

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone

from lms.accounts.models import Person
from lms.kernel.formats import NBSP, nbsp
from lms.kernel.jobs import task
from lms.kernel.mail import post_mail
from parcours.classroom.documents.hours import hours_lines, place_line
from parcours.classroom.models import Session

SUBJECTS = {"cancelled": "Session annulée", "rescheduled": "Dates ou lieu changés"}


@task("classroom.tell_trainers", atomic=True)
def tell_trainers(session_pk, what, change):
    """`what`: « cancelled » or « rescheduled »; `change` tells this one from others."""
    session = Session.objects.for_page().get(pk=session_pk)
    teaching = Person.objects.filter(half_days__session=session, is_active=True, email__isnull=False).distinct()
    for person in teaching.order_by("pk"):
        with timezone.override(person.time_zone):
            context = {
                "person": person,
                "what": what,
                "session": session,
                "hours": hours_lines(session, person.time_zone),
                "places": list(dict.fromkeys(place_line(one) for one in session.half_days.all())),
                "link": settings.BASE_URL + session.get_absolute_url(),
            }
            body = render_to_string("classroom/mail_trainer.txt", context)
        post_mail(
            to=person.email,
            subject=nbsp(f"{SUBJECTS[what]} : «{NBSP}{session.title}{NBSP}»")[:250],
            body=body,
            reason="Vous recevez ce message parce que vous animez cette session.",
            key=f"classroom.trainer:{change}:{person.pk}",
        )
