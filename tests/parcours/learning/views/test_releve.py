from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse

from parcours.learning import actions
from tests.accounts.factories import PersonFactory
from tests.catalogue.factories import EditionFactory
from tests.parcours.learning.factories import REAL, EnrolmentFactory, activity, finish, reply, wrong
from tests.parcours.learning.views.sending import text_of

pytestmark = pytest.mark.django_db

MORNING = datetime(2026, 11, 23, 6, tzinfo=UTC)


def releve(enrolment):
    return reverse("learning:releve", args=[enrolment.pk])


def test_it_opens_on_what_it_is_for_and_what_it_is_not(client, enrolment):
    text = text_of(client.get(releve(enrolment)))
    assert text.index("À quoi sert ce document") < text.index("Ce qu’il n’est pas") < text.index("Les étapes ouvertes")
    assert "ni une attestation, ni un certificat de réalisation" in text
    assert "Vous n’avez posé aucune question" in text


def test_every_fact_has_its_date_in_the_reader_s_zone_and_its_time_beside(client):
    with time_machine.travel(MORNING - timedelta(days=1), tick=False):
        enrolment = EnrolmentFactory(person=PersonFactory(time_zone="Indian/Mayotte"))
    lesson = activity(enrolment, 1)
    with time_machine.travel(MORNING, tick=False) as clock:
        actions.open_activity(enrolment, lesson)
        clock.shift(timedelta(minutes=8))
        reply(enrolment, lesson, lesson.questions[0])
        clock.shift(timedelta(hours=2))
        reply(enrolment, lesson, lesson.questions[1], wrong(lesson.questions[1]))
        clock.shift(timedelta(minutes=3))
        reply(enrolment, lesson, lesson.questions[2])
        client.force_login(enrolment.person)
        text = text_of(client.get(releve(enrolment)))
    assert "Décider 23/11/2026 à 9 h 23/11/2026 à 11 h 11" in text
    assert "À ouvrir encore : 2 étapes." in text
    assert "2 réponses justes sur 3 10 min 11 min" in text
    assert "terminées : 10 min" in text
    assert "11 min au moins" in text
    assert "heure de Mayotte" in text
    assert "Étapes terminées 1 sur 3" in text


def test_a_quiz_taken_twice_says_so(client, enrolment):
    quiz = activity(enrolment, 2)
    for question in quiz.questions:
        reply(enrolment, quiz, question, wrong(question))
    actions.restart(enrolment, quiz, after=1)
    for question in quiz.questions:
        reply(enrolment, quiz, question, attempt=2)
    assert "4 réponses justes sur 4, 2 essais" in text_of(client.get(releve(enrolment)))


def test_the_exchanges_are_dated_and_not_quoted(client, enrolment, monkeypatch):
    from parcours.assistance.documents import Exchange
    from parcours.learning.documents import releve as module

    asked = datetime(2026, 11, 23, 8, tzinfo=UTC)
    answered = Exchange("Décider", asked, asked + timedelta(days=2), asked + timedelta(hours=5, minutes=20))
    waiting = Exchange("Lire", asked, asked + timedelta(days=2))
    monkeypatch.setattr(module, "exchanges_of", lambda person, parcours: [answered, waiting])
    text = text_of(client.get(releve(enrolment)))
    assert "Décider 23/11/2026 à 14 h 20 5 h 20" in text
    assert "attendue au plus tard le 25/11/2026" in text


def test_the_course_leads_to_it(client, enrolment):
    assert f'href="{releve(enrolment)}"' in client.get(enrolment.get_absolute_url()).content.decode()


def test_nobody_reads_that_of_another(client, enrolment):
    client.force_login(PersonFactory())
    assert client.get(releve(enrolment)).status_code == 404


def test_it_costs_the_same_for_three_etapes_or_seventeen(client, django_assert_max_num_queries):
    enrolment = EnrolmentFactory(edition=EditionFactory(activities=REAL))
    for one in enrolment.edition.outline[:4]:
        finish(enrolment, enrolment.edition.activity(one.slug))
    client.force_login(enrolment.person)
    client.get(releve(enrolment))
    with django_assert_max_num_queries(9):
        client.get(releve(enrolment))
