import pytest
from django.urls import reverse
from django.utils import timezone

from lms.kernel.models import JournalEntry, OutgoingMail
from parcours.classroom.lifecycle import Audience
from parcours.classroom.models import Session, Survey
from tests.parcours.adaptations.factories import MeasureFactory
from tests.parcours.classroom.factories import RegistrationFactory, SessionFactory, in_days
from tests.parcours.classroom.places import Team, states
from tests.parcours.classroom.ready import manager_of, trainer_of
from tests.permissions.matrix import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def session():
    return SessionFactory(capacity=2)


@pytest.fixture
def team(session):
    team = Team(3)
    for person in team.people:
        team.register(session, person, or_wait=True)
    return team


@pytest.fixture
def client(session):
    return signed_in(manager_of(session.organisation))


def url(session, name="trainees"):
    return reverse(f"classroom:{name}", args=[session.public_id])


def test_the_tab_lists_the_seated_then_the_queue(session, team, client):
    text = client.get(url(session)).content.decode()
    assert "2 stagiaires sur 2" in text and "Liste d’attente, dans l’ordre" in text and "1re en attente" in text
    assert "Complet" in text and "Partie en ligne pas commencée" in text


def test_the_tab_says_the_measure_and_never_the_request(session, team, client):
    values = {"request__person": team.people[0], "request__occasions": ["sessions"], "request__wish": "Mot secret"}
    measure = MeasureFactory(**values)
    text = client.get(url(session)).content.decode()
    assert measure.label.lower() in text.lower() and "Mot secret" not in text


def test_an_empty_session_says_where_people_come_from(client, session):
    assert "Personne n’a encore de place" in client.get(url(session)).content.decode()


def test_one_message_goes_to_each_and_shows_no_address(session, team, client, run_jobs):
    assert client.post(url(session, "write_to_all"), {"subject": "", "message": ""}).status_code == 422
    data = {"subject": "Salle\nchangée", "message": "Nous serons au premier étage."}
    assert client.post(url(session, "write_to_all"), data).status_code == 302
    run_jobs()
    mails = OutgoingMail.objects.filter(subject="Salle changée")
    assert sorted(mail.to for mail in mails) == sorted(person.email for person in team.people[:2])
    assert JournalEntry.objects.get(verb="classroom.write_to_all").after["people"] == 2


def test_a_manager_opens_a_closed_session_with_a_reason_a_trainer_does_not(client):
    session = SessionFactory(first_day=in_days(5))
    manager, trainer = manager_of(session.organisation), trainer_of(session.organisation)
    assert signed_in(trainer).post(url(session, "override"), {"reason": "Oui"}).status_code == 403
    assert signed_in(manager).post(url(session, "override"), {"reason": ""}).status_code == 422
    assert signed_in(manager).post(url(session, "override"), {"reason": "Place libre"}).status_code == 302
    assert "Place libre" in signed_in(manager).get(url(session)).content.decode()
    assert Session.objects.get(pk=session.pk).opening_override.by == manager


def test_the_trainer_moves_a_person_to_a_later_session(session, team, client):
    other = SessionFactory(edition=session.edition, organisation=session.organisation, first_day=in_days(90))
    elsewhere = SessionFactory()
    address = reverse("classroom:move", args=[session.registrations.first().public_id])
    data = {"session": other.pk, "reason": "Préfère le printemps"}
    assert client.post(address, data | {"session": elsewhere.pk}).status_code == 422
    assert client.post(address, data).status_code == 302
    assert states(other) == ["registered"] and states(session) == ["moved", "registered", "offered"]


def test_three_hundred_trainees_are_read_by_pages_at_the_cost_of_a_few(client, session, django_assert_max_num_queries):
    Session.objects.filter(pk=session.pk).update(capacity=400)
    session.refresh_from_db()
    employer = RegistrationFactory(session=session).employer
    RegistrationFactory.create_batch(300, session=session, employer=employer)
    assert client.get(url(session) + "?page=13").context["page"].number == 13
    with django_assert_max_num_queries(14):
        page = client.get(url(session))
    assert len(page.context["page"]) == 25
    assert page.context["page"].paginator.count == 301


def test_what_they_expect_is_counted_over_all_and_told_beside_those_of_the_page(client, session):
    Session.objects.filter(pk=session.pk).update(capacity=40)
    session.refresh_from_db()
    values = {"session": session, "audience": Audience.LEARNER, "email": "recueil@exemple.test", "version": "2026-11"}
    for one in RegistrationFactory.create_batch(26, session=session):
        Survey.objects.create(
            registration=one,
            employer=one.employer,
            answers={"niveau": "Je débute"},
            answered_at=timezone.now(),
            **values,
        )
    text = client.get(url(session)).content.decode()
    assert "Je débute\u00a0: 26" in text
    assert text.count("Démarches\u00a0: je débute") == 25
