from datetime import timedelta

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from lms.kernel.jobs import clock, post, renew, task
from lms.kernel.mail import post_mail
from lms.kernel.quiet import next_quiet_end
from lms.kernel.rules import current
from parcours.classroom.models import Session
from parcours.quality import actions
from parcours.quality.lifecycle import Moment
from parcours.quality.models import SurveyRequest

CATCH_UP = timedelta(days=31)


@task("quality.ask_appreciations")
def ask_appreciations(session_pk, moment):
    session = Session.objects.select_related("edition", "organisation").get(pk=session_pk)
    actions.ask_appreciations(session, moment=moment)


@task("quality.send_survey", atomic=True)
def send_survey(request_pk, again):
    """The demand, or its one reminder; nothing to who answered meanwhile."""
    asked = SurveyRequest.objects.for_mail().select_related("grant").get(pk=request_pk)
    if actions.refusal_of(asked) or not asked.email or not asked.grant_id:
        return
    zone = asked.person.time_zone if asked.person_id else asked.session.organisation.time_zone
    context = {
        "asked": asked,
        "again": again,
        "link": settings.BASE_URL + reverse("quality:appreciate", args=[asked.grant.token]),
    }
    subject = f"Votre avis sur la session « {asked.session.title} »"
    post_mail(
        to=asked.email,
        subject=(f"Rappel : {subject[0].lower()}{subject[1:]}" if again else subject)[:250],
        body=render_to_string("quality/mail_survey.txt", context),
        reason=f"Vous recevez ce message parce que vous avez pris part à une session de {asked.session.organisation}.",
        key=f"quality.survey:{asked.pk}:{again}",
        due_at=next_quiet_end(timezone.now(), zone),
    )


@clock("quality.ask_cold", every="day", at="06:10")
def ask_cold(day):
    """Three months after; a night that was missed is caught up for a month."""
    ended = timezone.now() - timedelta(days=current(actions.COLD_DAYS.code))
    found = Session.objects.filter(state=Session.State.CLOSED, ends_at__lte=ended, ends_at__gt=ended - CATCH_UP)
    for pk in found.order_by("pk").values_list("pk", flat=True):
        post("quality.ask_appreciations", pk, Moment.COLD.value, key=f"quality.ask_appreciations:{pk}:cold")


@clock("quality.remind_surveys", every="day", at="06:20")
def remind_surveys(day):
    now = timezone.now()
    before = now - timedelta(days=current(actions.REMIND_DAYS.code))
    for asked in SurveyRequest.objects.to_remind(before, timezone.localdate(now)).iterator(chunk_size=500):
        renew()
        actions.remind(asked)
