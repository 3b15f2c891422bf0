import pytest
from django.test import Client
from django.urls import reverse

from lms.kernel import grants
from parcours.learning import actions
from tests.parcours.learning.factories import EnrolmentFactory
from tests.parcours.learning.views.sending import text_of

pytestmark = pytest.mark.django_db


def stop_url(enrolment):
    return reverse("learning:stop_reminders", args=[actions.stop_link_of(enrolment).token])


def is_stopped(enrolment):
    enrolment.refresh_from_db()
    return enrolment.reminders_stopped_at is not None


def test_the_link_of_a_mail_shows_one_button_and_stops_nothing_by_itself(enrolment):
    stranger = Client()
    page = stranger.get(stop_url(enrolment))
    assert "Arrêter les rappels de ce parcours" in text_of(page)
    assert enrolment.edition.title in text_of(page)
    assert enrolment.person.last_name not in text_of(page)
    assert page["Referrer-Policy"] == "no-referrer"
    assert not is_stopped(enrolment)


@pytest.mark.parametrize("data", [{}, {"List-Unsubscribe": "One-Click"}], ids=["a person", "a mail program"])
def test_a_post_stops_without_signing_in(enrolment, data):
    stranger = Client(enforce_csrf_checks=True)
    page = stranger.post(stop_url(enrolment), data)
    assert page.status_code == 200
    assert "Les rappels sont arrêtés" in text_of(page)
    assert is_stopped(enrolment)
    assert "Les rappels sont arrêtés" in text_of(stranger.get(stop_url(enrolment)))


def test_the_same_link_serves_in_every_mail(enrolment):
    assert stop_url(enrolment) == stop_url(enrolment)


def test_a_link_of_another_kind_stops_nothing(enrolment):
    calendar = actions.open_calendar(enrolment.person, by=enrolment.person)
    page = Client().post(reverse("learning:stop_reminders", args=[calendar.token]))
    assert page.status_code == 404
    assert "Ce lien ne vaut plus" in text_of(page)
    assert not is_stopped(enrolment)


def test_a_link_that_was_withdrawn_says_where_to_stop(enrolment):
    url = stop_url(enrolment)
    grants.revoke(actions.stop_link_of(enrolment), by=None)
    assert reverse("learning:calendar") in Client().get(url).content.decode()


def test_one_stops_and_resumes_from_the_page_one_is_on(client, enrolment):
    url = reverse("learning:reminders", args=[enrolment.pk])
    back = client.post(url, {"next": enrolment.get_absolute_url()}, follow=True)
    assert is_stopped(enrolment)
    assert "Vous ne recevrez plus de rappel" in text_of(back)
    assert "Reprendre les rappels" in text_of(back)
    back = client.post(url, {"resume": "1"})
    assert back["Location"] == reverse("learning:calendar") + "#rappels"
    assert not is_stopped(enrolment)


@pytest.mark.parametrize("back", ["https://ailleurs.test/", "//ailleurs.test/", "javascript:alert(1)"])
def test_nobody_is_sent_elsewhere(client, enrolment, back):
    response = client.post(reverse("learning:reminders", args=[enrolment.pk]), {"next": back})
    assert response["Location"].startswith("/espace/calendrier/")


def test_the_reminders_of_another_are_not_ours_to_stop(client, enrolment):
    other = EnrolmentFactory()
    assert client.post(reverse("learning:reminders", args=[other.pk])).status_code == 404
    assert not is_stopped(other)
