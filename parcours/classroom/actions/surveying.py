"""The recueil des besoins: asked once, reminded once, answered until the session begins."""

from django.db import transaction
from django.utils import timezone

from lms.kernel import grants
from lms.kernel.jobs import post
from lms.kernel.journal import record
from lms.kernel.lifecycle import TransitionRefused
from parcours.classroom.lifecycle import Audience
from parcours.classroom.models import Survey
from parcours.classroom.models.questions import version_of

NEEDS = grants.define("classroom.needs", "répondre à un recueil des besoins")
LINK_DAYS = 120
TOO_LATE = "La session a commencé : ces réponses ne peuvent plus être changées."


@transaction.atomic
def ask(session, *, audience, email, employer, registration=None, person=None) -> Survey | None:
    """Ask one trainee, or an employer or a payer once for all those they send; None when they were asked already."""
    whom = (
        {"registration": registration} if audience == Audience.LEARNER else {"session": session, "employer": employer}
    )
    values = {"session": session, "employer": employer, "person": person, "email": email, "version": version_of()}
    survey, new = Survey.objects.get_or_create(audience=audience, **whom, defaults=values)
    if not new:
        return None
    record("classroom.ask_needs", survey, after={"session": session.pk, "audience": str(audience)})
    post("classroom.send_needs", survey.pk, "asked", key=f"classroom.send_needs:{survey.pk}:asked")
    return survey


@transaction.atomic
def answer(survey, answers: dict, *, by=None) -> Survey:
    """Keep what was answered; it may be corrected until the session begins. Raises TransitionRefused after."""
    survey = Survey.objects.select_for_update(of=("self",), no_key=True).select_related("session").get(pk=survey.pk)
    if survey.session.starts_at and survey.session.starts_at <= timezone.now():
        raise TransitionRefused([TOO_LATE])
    survey.answers, survey.answered_at = answers, timezone.now()
    survey.save(update_fields=["answers", "answered_at"])
    record("classroom.answer_needs", survey, by=by, after={"audience": survey.audience})
    return survey


@transaction.atomic
def remind(survey) -> bool:
    """Once, and never somebody who answered meanwhile."""
    survey = Survey.objects.select_for_update(of=("self",), no_key=True).get(pk=survey.pk)
    if survey.answered_at or survey.reminded_at:
        return False
    survey.reminded_at = timezone.now()
    survey.save(update_fields=["reminded_at"])
    post("classroom.send_needs", survey.pk, "reminded", key=f"classroom.send_needs:{survey.pk}:reminded")
    return True


def link_of(survey) -> grants.Grant:
    """What answers without signing in: the same link in each message."""
    standing = grants.current(NEEDS, person=survey.person, object_ids=[survey.pk])
    return standing or grants.give(NEEDS, person=survey.person, by=None, days=LINK_DAYS, object_ids=[survey.pk])
