"""Four audiences are asked once each, reminded once; what they answer is tied to nobody."""

import datetime

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from lms.kernel.jobs import run_due
from lms.kernel.lifecycle import TransitionRefused
from lms.organisations.models import Role
from parcours.classroom.events import session_closed
from parcours.classroom.models import Session, Survey
from parcours.quality import actions
from parcours.quality.documents.appreciations import opinions_of
from parcours.quality.models import Appreciation, SurveyRequest
from parcours.quality.tasks.surveys import ask_cold, remind_surveys
from tests.accounts.factories import PersonFactory
from tests.organisations.factories import MembershipFactory
from tests.parcours.quality.factories import NIR, held_session, load, manager_of, organisme, trainer_of
from tests.permissions.matrix import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def session():
    load()
    organisation = organisme()
    held = held_session(organisation, people=2, trainers=[PersonFactory()])
    for one in held.registrations.all():
        MembershipFactory(organisation=one.employer, role=Role.STRUCTURE_REFERENT, person=PersonFactory())
    return held


def url(asked):
    return reverse("quality:appreciate", args=[asked.grant.token])


def answered(session, count, value="4", text=""):
    for rank in range(count):
        asked = SurveyRequest.objects.filter(session=session, audience="trainee", answered_at=None)[0]
        actions.appreciate(asked, answers={"ensemble": int(value), "suite": text or f"Texte {rank}"})


def test_whoever_pays_is_asked_at_the_address_where_their_need_was(session):
    employer = session.registrations.first().employer
    Survey.objects.create(session=session, audience="payer", employer=employer, email="opco@exemple.fr", version="1")
    actions.ask_appreciations(session, moment="hot")
    assert SurveyRequest.objects.get(audience="funder").email == "opco@exemple.fr"


def test_closing_the_session_asks_each_audience_once(session):
    session_closed.send(sender=Session, session=session)
    run_due()
    asked = SurveyRequest.objects.filter(session=session, moment="hot")
    assert sorted(asked.values_list("audience", flat=True)) == ["employer", "employer", "team", "trainee", "trainee"]
    assert actions.ask_appreciations(session, moment="hot") == 0
    assert SurveyRequest.objects.count() == 5


def test_three_months_after_trainees_and_employers_are_asked_again_once(session):
    Session.objects.update(
        starts_at=timezone.now() - datetime.timedelta(days=92), ends_at=timezone.now() - datetime.timedelta(days=91)
    )
    ask_cold("2026-11-22")
    ask_cold("2026-11-23")
    run_due()
    asked = SurveyRequest.objects.filter(moment="cold").values_list("audience", flat=True)
    assert sorted(asked) == ["employer", "employer", "trainee", "trainee"]


def test_a_reminder_leaves_once_and_never_to_who_answered(session):
    actions.ask_appreciations(session, moment="hot")
    SurveyRequest.objects.update(asked_at=timezone.now() - datetime.timedelta(days=8))
    gone = SurveyRequest.objects.filter(audience="trainee").first()
    actions.appreciate(gone, answers={"ensemble": 4})
    remind_surveys("2026-11-22")
    remind_surveys("2026-11-23")
    assert SurveyRequest.objects.filter(reminded_at__isnull=False).count() == 4
    gone.refresh_from_db()
    assert gone.reminded_at is None


def test_an_opinion_is_given_without_an_account_once_and_tied_to_nobody(session, client):
    actions.ask_appreciations(session, moment="hot")
    asked = SurveyRequest.objects.filter(audience="trainee").first()
    answers = {"ensemble": "4", "besoin": "3", "rythme": "4", "formateur": "4", "acces": "2", "suite": "Plus long."}
    response = client.post(url(asked), answers, follow=True)
    assert "Merci" in response.text
    given = Appreciation.objects.get()
    assert given.answers["ensemble"] == 4 and given.answers["suite"] == "Plus long."
    fields = {field.name for field in Appreciation._meta.get_fields()}
    assert fields.isdisjoint({"person", "request", "email"})
    assert "déjà enregistré" in client.get(url(asked)).text
    client.post(url(asked), answers)
    assert Appreciation.objects.count() == 1


def test_what_is_not_answered_and_a_social_security_number_are_refused(session, client):
    actions.ask_appreciations(session, moment="hot")
    asked = SurveyRequest.objects.filter(audience="trainee").first()
    response = client.post(url(asked), {"ensemble": "9", "suite": f"Mon numéro : {NIR}"})
    assert response.status_code == 422
    assert "006 084" not in response.text
    assert not Appreciation.objects.exists()


def test_an_opinion_that_comes_too_late_is_refused(session):
    actions.ask_appreciations(session, moment="hot")
    SurveyRequest.objects.update(closes_on=timezone.localdate() - datetime.timedelta(days=1))
    with pytest.raises(TransitionRefused, match="Le délai"):
        actions.appreciate(SurveyRequest.objects.first(), answers={})


def test_addresses_are_forgotten_once_the_demand_is_over(session):
    actions.ask_appreciations(session, moment="hot")
    actions.forget_requests(timezone.localdate() + datetime.timedelta(days=60))
    assert set(SurveyRequest.objects.values_list("email", flat=True)) == {""}


def test_below_three_answers_a_trainer_reads_nothing_and_the_manager_reads_all(session):
    actions.ask_appreciations(session, moment="hot")
    answered(session, 2, text="Trop court.")
    page = reverse("quality:session", args=[session.public_id])
    trainer = signed_in(trainer_of(session.organisation)).get(page)
    assert "Trop court." not in trainer.text and "Moins de trois réponses" in trainer.text
    assert "Trop court." in signed_in(manager_of(session.organisation)).get(page).text


def test_from_three_answers_a_trainer_reads_counts_with_their_sample(session):
    held = held_session(session.organisation, edition=session.edition, people=3)
    actions.ask_appreciations(held, moment="hot")
    answered(held, 3)
    (opinion,) = [one for one in opinions_of([held.pk], small=False) if one.audience == "trainee"]
    assert opinion.rate == "100\u00a0% (3\u00a0sur\u00a03)"
    assert opinion.questions[0].satisfied == "100\u00a0% (3\u00a0sur\u00a03)"


def test_the_demand_says_nothing_of_the_person_but_the_link(session):
    actions.ask_appreciations(session, moment="hot")
    run_due()
    sent = [one for one in mail.outbox if "Votre avis" in one.subject]
    assert all("/avis/" in one.body for one in sent)
