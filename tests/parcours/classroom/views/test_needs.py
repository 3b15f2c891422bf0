from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from lms.kernel.models import OutgoingMail
from parcours.classroom import actions
from parcours.classroom.lifecycle import Audience
from parcours.classroom.models import Session, Survey
from parcours.classroom.models.questions import MOST_QUESTIONS, SURVEYS, questions_for
from tests.parcours.classroom.factories import SessionFactory
from tests.parcours.classroom.places import Team
from tests.permissions.matrix import signed_in

pytestmark = pytest.mark.django_db
ANSWERS = {
    "travail": "L’accueil de la mairie",
    "niveau": "Je débute",
    "franceconnect": "Je suis à l’aise",
    "mandat": "Jamais",
    "attentes": "Créer un mandat",
}


@pytest.fixture
def team():
    return Team(3)


@pytest.fixture
def session(team, run_jobs):
    found = SessionFactory()
    for person in team.people:
        team.register(found, person)
    run_jobs()
    return found


def link(survey):
    return reverse("classroom:needs", args=[actions.link_of(survey).token])


def test_each_trainee_is_asked_and_the_employer_once(session, team):
    asked = list(session.surveys.order_by("audience").values_list("audience", flat=True))
    assert asked == ["employer", "learner", "learner", "learner"]
    assert OutgoingMail.objects.filter(subject__startswith="Vos attentes").count() == 4


@pytest.mark.parametrize("audience", Audience.values)
def test_no_audience_is_asked_more_than_eight_questions(audience):
    assert 0 < len(SURVEYS.default[audience]) <= MOST_QUESTIONS
    assert questions_for(audience) == SURVEYS.default[audience]


def test_a_trainee_answers_from_the_link_corrects_and_is_reread_by_the_trainer(session):
    survey = session.surveys.filter(audience="learner").first()
    client = Client()
    assert "votre employeur et le financeur, non" in client.get(link(survey)).content.decode()
    assert client.post(link(survey), ANSWERS).status_code == 302
    assert client.post(link(survey), ANSWERS | {"mandat": "Souvent"}).status_code == 302
    survey.refresh_from_db()
    assert survey.answers["mandat"] == "Souvent" and survey.answered_at and survey.version == "2026-11"


@pytest.mark.parametrize(
    "changes", [{"travail": ""}, {"niveau": "Champion"}, {"attentes": "x" * 1001}, {"materiel": "Un drone"}]
)
def test_a_wrong_answer_is_asked_again(session, changes):
    survey = session.surveys.filter(audience="learner").first()
    assert Client().post(link(survey), ANSWERS | changes).status_code == 422
    survey.refresh_from_db()
    assert survey.answered_at is None


def test_nothing_is_corrected_once_the_session_has_begun(session):
    survey = session.surveys.filter(audience="learner").first()
    Session.objects.filter(pk=session.pk).update(starts_at=timezone.now() - timedelta(minutes=1))
    response = Client().post(link(survey), ANSWERS)
    assert response.status_code == 422 and "La session a commencé" in response.content.decode()


def test_silence_is_reminded_once(session, run_jobs):
    from parcours.classroom.tasks.surveying import remind_needs

    Survey.objects.update(sent_at=timezone.now() - timedelta(days=8))
    answered = session.surveys.filter(audience="learner").first()
    actions.answer(answered, ANSWERS)
    for _ in range(2):
        remind_needs("2026-11-22")
        run_jobs()
    assert OutgoingMail.objects.filter(subject__startswith="Vos attentes").count() == 4 + 3


def test_the_payer_is_asked_by_the_referent_once_and_reads_nothing_else(session, team, run_jobs):
    url = reverse("classroom:ask_payer", args=[team.structure.public_id, session.public_id])
    client = signed_in(team.referent)
    assert "n’est pas complète" in client.post(url, {"email": "opco"}, follow=True).content.decode()
    for _ in range(2):
        client.post(url, {"email": "gestion@opco.example"})
    payer = session.surveys.get(audience="payer")
    text = Client().get(link(payer)).content.decode()
    assert "Quel résultat attendez-vous" in text and team.people[0].full_name not in text


def test_the_trainer_reads_counts_each_one_s_words_and_measures(session, team):
    from lms.organisations.models import Role
    from tests.parcours.classroom.ready import trainer_of

    survey = session.surveys.filter(audience="learner").first()
    actions.answer(survey, ANSWERS)
    trainer = trainer_of(session.organisation, Role.TRAINER)
    text = signed_in(trainer).get(reverse("classroom:trainees", args=[session.public_id])).content.decode()
    assert "Je débute\u00a0: 1" in text or "Je débute : 1" in text
    assert "L’accueil de la mairie" in text and "recueil des besoins" in text.lower()
