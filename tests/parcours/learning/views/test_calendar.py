import re
from datetime import UTC, datetime, time

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from parcours.learning import actions
from parcours.learning.models import Moment
from tests.accounts.factories import PersonFactory
from tests.parcours.learning.factories import EnrolmentFactory
from tests.parcours.learning.views.sending import text_of

pytestmark = pytest.mark.django_db

URL = "/espace/calendrier/"


def choose(client, **values):
    return client.post(URL, {"weekday": 1, "starts_at": "09:30", "minutes": 20} | values, follow=True)


def feed(person):
    token = actions.open_calendar(person, by=person).token
    return Client().get(reverse("learning:calendar_feed", args=[token]))


def lines_of(response):
    return response.content.decode().replace("\r\n ", "").split("\r\n")


@pytest.mark.parametrize("typed", ["09:30", "9h30", "9 h 30"])
def test_a_moment_is_chosen_as_one_writes_it(client, enrolment, typed):
    page = choose(client, starts_at=typed)
    assert "Mardi à 9 h 30, 20 min" in text_of(page)
    assert Moment.objects.get().starts_at == time(9, 30)


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"starts_at": ""}, "Indiquez l’heure, par exemple 09:30."),
        ({"starts_at": "vers midi"}, "Cette heure ne se lit pas"),
        ({"weekday": 7}, "Sélectionnez un choix valide"),
        ({"minutes": 600}, "Sélectionnez un choix valide"),
    ],
)
def test_a_moment_that_cannot_be_read_is_refused_beside_its_field(client, enrolment, values, sentence):
    page = client.post(URL, {"weekday": 1, "starts_at": "09:30", "minutes": 20} | values)
    assert page.status_code == 422
    assert sentence in text_of(page)
    assert not Moment.objects.exists()


def test_the_same_moment_is_chosen_once_and_seven_are_enough(client, enrolment):
    choose(client)
    assert "Vous avez déjà choisi ce moment." in text_of(choose(client))
    for day in (0, 2, 3, 4, 5, 6):
        choose(client, weekday=day)
    assert "Vous avez déjà sept moments" in text_of(choose(client, starts_at="11:00"))
    assert Moment.objects.count() == 7


def test_a_moment_is_given_up_by_its_owner_alone(client, enrolment):
    choose(client)
    url = reverse("learning:give_up_moment", args=[Moment.objects.get().pk])
    other = Client()
    other.force_login(PersonFactory())
    assert other.post(url).status_code == 404
    assert "Ce moment est retiré." in text_of(client.post(url, follow=True))
    assert not Moment.objects.exists()


def test_the_address_is_made_on_request_and_read_again(client, enrolment):
    assert "Créer mon adresse" in text_of(client.get(URL))
    client.post(reverse("learning:calendar_address"))
    first = re.search(r"data-copy-value>([^<]+)<", client.get(URL).content.decode())[1]
    assert re.search(r"data-copy-value>([^<]+)<", client.get(URL).content.decode())[1] == first
    assert re.fullmatch(r"http://[^/]+/calendrier/[\w-]{43}\.ics", first)


def test_replacing_the_address_closes_the_one_before(client, enrolment):
    client.post(reverse("learning:calendar_address"))
    path = re.search(r"data-copy-value>http://[^/]+(/[^<]+)<", client.get(URL).content.decode())[1]
    assert Client().get(path).status_code == 200
    client.post(reverse("learning:calendar_address"))
    closed = Client().get(path)
    assert closed.status_code == 404
    assert "ne vaut plus" in closed.content.decode()


def test_the_calendar_holds_the_moments_and_the_true_dates_without_signing_in():
    with time_machine.travel(datetime(2026, 11, 22, 23, 30, tzinfo=UTC), tick=False):
        enrolment = EnrolmentFactory(completed=True, person=PersonFactory(time_zone="Indian/Mayotte"))
        actions.choose_moment(enrolment.person, weekday=1, starts_at=time(13, 30), minutes=20)
    response = feed(enrolment.person)
    lines = lines_of(response)
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert "DTSTART;TZID=Indian/Mayotte:20261124T133000" in lines
    assert "RRULE:FREQ=WEEKLY;BYDAY=TU" in lines
    assert lines.count("DTSTART;VALUE=DATE:20261123") == 2
    title = enrolment.edition.title
    assert any(line.startswith("SUMMARY:Début du parcours") and title in line for line in lines)
    assert any(line.startswith("SUMMARY:Fin du parcours") for line in lines)


def test_it_says_nothing_of_anybody():
    enrolment = EnrolmentFactory()
    text = feed(enrolment.person).content.decode()
    for value in (enrolment.person.last_name, enrolment.person.email, enrolment.employer.name):
        assert value not in text


def test_with_nothing_dated_it_is_still_a_calendar():
    lines = lines_of(feed(PersonFactory()))
    assert (lines[0], lines[-2]) == ("BEGIN:VCALENDAR", "END:VCALENDAR")


def test_the_feed_costs_the_same_for_one_course_or_six(django_assert_max_num_queries):
    person = PersonFactory()
    for _ in range(6):
        EnrolmentFactory(person=person)
    token = actions.open_calendar(person, by=person).token
    with django_assert_max_num_queries(5):
        Client().get(reverse("learning:calendar_feed", args=[token]))


def test_an_unknown_address_is_nothing():
    assert Client().get(reverse("learning:calendar_feed", args=["x" * 43])).status_code == 404
