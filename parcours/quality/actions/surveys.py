"""Four audiences are asked what they think of a session, once each, reminded once; answers are tied to nobody."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from lms.kernel import grants
from lms.kernel.definitions import define
from lms.kernel.jobs import post
from lms.kernel.journal import record
from lms.kernel.lifecycle import TransitionRefused
from lms.kernel.rules import current
from lms.organisations.queries import today
from parcours.quality.documents.recipients import recipients_of
from parcours.quality.lifecycle import Audience
from parcours.quality.models import Appreciation, Questionnaire, SurveyRequest

ANSWERING = grants.define("quality.survey", "donner une appréciation sur une session")
OPEN_DAYS = define(
    "quality.survey_days", "jours pendant lesquels une appréciation peut être donnée", "integer", default=30
)
REMIND_DAYS = define("quality.survey_reminder_days", "jours avant le rappel d’une appréciation", "integer", default=7)
COLD_DAYS = define(
    "quality.survey_cold_days", "jours entre la fin d’une session et l’avis à froid", "integer", default=90
)
ALREADY = "Votre avis est déjà enregistré : chacun le donne une fois."
OVER = "Le délai pour donner votre avis est passé."


def ask_appreciations(session, *, moment) -> int:
    """Ask whoever was not asked yet; how many were."""
    day = today()
    asked = 0
    for questionnaire in Questionnaire.objects.on(day).filter(moment=moment).order_by("audience"):
        for recipient in recipients_of(session, Audience(questionnaire.audience)):
            asked += _ask(session, questionnaire, recipient, day)
    return asked


@transaction.atomic
def _ask(session, questionnaire, recipient, day) -> bool:
    key = f"{session.pk}:{questionnaire.moment}:{questionnaire.audience}:{recipient.code}"
    days = current(OPEN_DAYS.code)
    asked, created = SurveyRequest.objects.get_or_create(
        key=key,
        defaults={
            "session": session,
            "questionnaire": questionnaire,
            "audience": questionnaire.audience,
            "moment": questionnaire.moment,
            "person": recipient.person,
            "name": recipient.name,
            "email": recipient.email,
            "asked_at": timezone.now(),
            "closes_on": day + timedelta(days=days),
        },
    )
    if created:
        asked.grant = grants.give(ANSWERING, person=recipient.person, by=None, days=days + 1, object_ids=[asked.pk])
        asked.save(update_fields=["grant"])
        post("quality.send_survey", asked.pk, 0, key=f"quality.send_survey:{asked.pk}:0")
    return created


@transaction.atomic
def remind(asked) -> SurveyRequest:
    """Once, and nobody who answered meanwhile."""
    asked = SurveyRequest.objects.select_for_update(no_key=True).get(pk=asked.pk)
    if asked.reminded_at is None and asked.answered_at is None:
        asked.reminded_at = timezone.now()
        asked.save(update_fields=["reminded_at"])
        post("quality.send_survey", asked.pk, 1, key=f"quality.send_survey:{asked.pk}:1")
    return asked


@transaction.atomic
def appreciate(asked, *, answers) -> Appreciation:
    """Keep an answer apart from who gave it. Raises TransitionRefused for a second one, or too late."""
    asked = SurveyRequest.objects.select_for_update(no_key=True).get(pk=asked.pk)
    if refusal := refusal_of(asked):
        raise TransitionRefused([refusal])
    asked.answered_at = timezone.now()
    asked.save(update_fields=["answered_at"])
    given = Appreciation.objects.create(
        session_id=asked.session_id,
        questionnaire_id=asked.questionnaire_id,
        audience=asked.audience,
        moment=asked.moment,
        answers=answers,
        answered_on=today(),
    )
    record("quality.appreciate", asked)
    return given


def refusal_of(asked) -> str:
    if asked.answered_at:
        return ALREADY
    return OVER if asked.closes_on < today() else ""


def forget_requests(day):
    """Addresses are kept while the request is open; who answered is counted afterwards without them."""
    SurveyRequest.objects.over(day).exclude(email="").update(email="", name="")
