import re

import pytest
from django.test import Client
from django.urls import reverse

from lms.accounts.models import Person
from parcours.classroom import actions
from parcours.classroom.documents.mine import lines_of
from parcours.classroom.models import Registration
from tests.parcours.classroom.factories import SessionFactory, in_days
from tests.parcours.classroom.places import Team, states
from tests.permissions.matrix import signed_in

pytestmark = pytest.mark.django_db
WHY = {"reason": "Empêchée ce jour-là"}


@pytest.fixture
def team():
    return Team(4)


@pytest.fixture
def full(team):
    session = SessionFactory(capacity=1)
    for person in team.people[:3]:
        team.register(session, person, or_wait=True)
    return session


def of(session, person):
    return session.registrations.get(person=person)


def page(person, name, *args):
    return signed_in(person).get(reverse(f"classroom:{name}", args=args)).content.decode()


def test_each_sees_where_they_stand_and_what_is_left_to_do(full, team, run_jobs):
    run_jobs()
    assert "inscrit" in page(team.people[0], "my_sessions")
    assert "Dire vos attentes" in page(team.people[0], "my_sessions")
    assert "1re en liste d’attente" in page(team.people[1], "my_sessions")
    assert "2e en liste d’attente" in page(team.people[2], "my_sessions")
    assert "Aucune session ne vous attend" in page(team.people[3], "my_sessions")


def test_the_convocation_gives_the_link_to_whoever_has_a_seat_alone(full, team):
    full.half_days.update(link="https://visio.exemple.test/salle")
    seated, waiting = of(full, team.people[0]), of(full, team.people[1])
    assert "visio.exemple.test" in page(team.people[0], "my_session", seated.public_id)
    assert "visio.exemple.test" not in page(team.people[1], "my_session", waiting.public_id)
    calendar = signed_in(team.people[0]).get(reverse("classroom:my_session_calendar", args=[seated.public_id]))
    assert b"visio.exemple.test" in calendar.content


def test_my_space_gives_the_hours_of_the_reader_first(full, team):
    full.half_days.update(room=None, link="https://visio.exemple.test/salle")
    Person.objects.filter(pk=team.people[0].pk).update(time_zone="Indian/Mayotte")
    (line,) = lines_of(Person.objects.get(pk=team.people[0].pk))
    assert "(heure de Mayotte), soit de" in line["detail"]


def test_my_space_says_the_session_in_a_line(full, team):
    text = signed_in(team.people[0]).get("/espace/").content.decode()
    assert "Session «" in text and reverse("classroom:my_session", args=[of(full, team.people[0]).public_id]) in text


def test_my_calendar_holds_my_half_days(full, team):
    from lms.kernel.calendars import events_of

    assert len([one for one in events_of(team.people[0]) if one.uid.startswith("demi-journee")]) == 2
    assert not [one for one in events_of(team.people[1]) if one.uid.startswith("demi-journee")]


def test_leaving_asks_why_once_and_offers_the_seat(full, team):
    registration = of(full, team.people[0])
    client, url = signed_in(team.people[0]), reverse("classroom:leave", args=[registration.public_id])
    assert client.post(url, {"reason": ""}).status_code == 422
    assert client.post(url, {"reason": "x" * 301}).status_code == 422
    number = client.post(url, {"reason": "Numéro 2 84 05 88 019 003 06"})
    assert number.status_code == 422 and "numéro de sécurité sociale" in number.content.decode()
    assert client.post(url, WHY).status_code == 302
    assert states(full) == ["withdrawn", "offered", "waiting"]
    assert "pas possible" in client.post(url, WHY).content.decode()


@pytest.mark.parametrize(("answer", "state"), [("oui", "registered"), ("non", "withdrawn")])
def test_an_offer_is_answered_from_the_link_or_from_my_space(full, team, answer, state):
    actions.withdraw(of(full, team.people[0]), by=team.referent, reason="Départ")
    registration = of(full, team.people[1])
    assert "Une place vous est proposée" in page(team.people[1], "my_session", registration.public_id)
    link = reverse("classroom:offer", args=[actions.offer_link_of(registration).token])
    anybody = Client()
    assert "Accepter la place" in anybody.get(link).content.decode()
    text = anybody.post(link, {"reponse": answer}, follow=True).content.decode()
    registration.refresh_from_db()
    assert registration.state == state and "n’attend plus de réponse" in text


def test_the_same_from_my_space(full, team):
    actions.withdraw(of(full, team.people[0]), by=team.referent, reason="Départ")
    registration = of(full, team.people[1])
    url = reverse("classroom:my_offer", args=[registration.public_id])
    signed_in(team.people[1]).post(url, {"reponse": "oui"})
    registration.refresh_from_db()
    assert registration.state == "registered"


def test_a_link_that_was_altered_opens_nothing():
    assert Client().get(reverse("classroom:offer", args=["faux"])).status_code == 404


def test_the_referent_replaces_a_colleague_by_another_of_the_list(full, team):
    url = reverse("classroom:replace", args=[of(full, team.people[0]).public_id])
    client = signed_in(team.referent)
    assert team.people[1].full_name not in client.get(url).content.decode().split("<select")[1]
    client.post(url, WHY | {"person": team.people[3].pk})
    assert of(full, team.people[3]).state == "registered"


def test_the_referent_sees_who_has_a_seat_who_waits_and_who_answered_but_no_answer(full, team, run_jobs):
    run_jobs()
    survey = of(full, team.people[0]).survey
    actions.answer(survey, {"travail": "Le secret de l’accueil"}, by=team.people[0])
    text = page(team.referent, "structure_sessions", team.structure.public_id)
    assert "répondu le" in text and "1re en liste d’attente" in text
    assert "Le secret de l’accueil" not in text
    assert "Dire ce que votre structure attend" in text


def test_the_register_of_a_structure_costs_the_same_for_three_or_thirty(team, django_assert_max_num_queries):
    big, session = Team(30, structure=team.structure), SessionFactory(capacity=20)
    for person in big.people:
        big.register(session, person, or_wait=True)
    client = signed_in(team.referent)
    url = reverse("classroom:structure_sessions", args=[team.structure.public_id])
    with django_assert_max_num_queries(22):
        assert client.get(url).status_code == 200


def test_two_sessions_on_screen_have_fields_of_their_own(team):
    for person in team.people[:2]:
        team.register(SessionFactory(), person)
    text = page(team.referent, "structure_sessions", team.structure.public_id)
    ids = re.findall(r' id="([^"]+)"', text)
    assert text.count("Demander ses attentes") == 2
    assert sorted(set(ids)) == sorted(ids)


def test_departures_are_shown_on_request(full, team):
    actions.withdraw(of(full, team.people[2]), by=team.referent, reason="Départ")
    url = reverse("classroom:structure_sessions", args=[team.structure.public_id])
    client = signed_in(team.referent)
    assert "désisté" not in client.get(url).content.decode()
    assert "désisté" in client.get(url, {"tout": "oui"}).content.decode()


def test_a_past_session_is_kept_apart(team):
    session = SessionFactory(first_day=in_days(-30))
    Registration.objects.create(
        session=session,
        person=team.people[0],
        employer=team.structure,
        registered_by=team.referent,
        state=Registration.State.REGISTERED,
    )
    assert "Passées, annulées ou quittées" in page(team.people[0], "my_sessions")
