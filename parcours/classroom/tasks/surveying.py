from datetime import timedelta

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from lms.kernel.formats import NBSP
from lms.kernel.jobs import clock, task
from lms.kernel.mail import post_mail
from lms.kernel.quiet import next_quiet_end
from parcours.classroom import actions
from parcours.classroom.documents.hours import hours_lines
from parcours.classroom.lifecycle import Audience
from parcours.classroom.models import Registration, Survey
from parcours.classroom.models.questions import questions_for
from parcours.classroom.tasks.telling import referents_of

REMIND_AFTER = timedelta(days=7)


@task("classroom.ask_needs", atomic=True)
def ask_needs(registration_pk):
    """The trainee; and, once for all those they send, whoever answers for the employer."""
    registration = Registration.objects.for_pages().get(pk=registration_pk)
    if registration.state != Registration.State.REGISTERED:
        return
    person, whom = registration.person, {"employer": registration.employer}
    if person.email and person.is_active:
        values = whom | {"registration": registration, "person": person, "email": person.email}
        actions.ask(registration.session, audience=Audience.LEARNER, **values)
    for referent in referents_of(registration)[:1]:
        values = whom | {"person": referent, "email": referent.email}
        actions.ask(registration.session, audience=Audience.EMPLOYER, **values)


@task("classroom.send_needs", atomic=True)
def send_needs(survey_pk, what):
    survey = Survey.objects.for_page().get(pk=survey_pk)
    if survey.answered_at:
        return
    session, zone = survey.session, survey.person.time_zone if survey.person else settings.TIME_ZONE
    context = {
        "survey": survey,
        "session": session,
        "hours": hours_lines(session, zone),
        "count": len(questions_for(survey.audience)),
        "again": what == "reminded",
        "link": settings.BASE_URL + reverse("classroom:needs", args=[actions.link_of(survey).token]),
    }
    post_mail(
        to=survey.email,
        subject=f"Vos attentes avant la session «{NBSP}{session.edition.title}{NBSP}»",
        body=render_to_string("classroom/mail_needs.txt", context),
        reason=f"Vous recevez ce message parce que {session.organisation} prépare une session qui vous concerne.",
        key=f"classroom.send_needs:{survey.pk}:{what}",
        due_at=next_quiet_end(timezone.now(), zone),
    )


@clock("classroom.remind_needs", every="day", at="07:40")
def remind_needs(day):
    for survey in Survey.objects.to_remind(timezone.now() - REMIND_AFTER):
        actions.remind(survey)
