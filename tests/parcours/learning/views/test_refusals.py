"""What unlucky and hostile browsers send: a sentence each time, and nothing lost."""

import re
from datetime import UTC, datetime

import pytest
from django.urls import reverse

from parcours.learning import actions
from parcours.learning.models import Trace
from tests.catalogue.factories import EditionFactory
from tests.parcours.learning.factories import EnrolmentFactory, activity, right
from tests.parcours.learning.views.sending import JSON, address, plain, sent, text_of

pytestmark = pytest.mark.django_db


BROKEN = {
    "no choice": {"given": []},
    "not a question": {"question_id": "abc"},
    "a stranger’s question": {"question_id": "11111111-1111-4111-8111-111111111111"},
    "an unknown option": {"given": ["11111111-1111-4111-8111-111111111111"]},
    "sixty options": {"given": ["x"] * 60},
    "an option of a thousand letters": {"given": ["x" * 1000]},
    "a null character": {"given": ["\x00"]},
    "attempt 0": {"attempt": 0},
    "attempt 999": {"attempt": 999},
    "attempt 1000": {"attempt": 1000},
    "attempt in letters": {"attempt": "un"},
    "an attempt beyond any integer": {"attempt": "9" * 400},
    "no number": {"client_id": ""},
    "a number of the server": {"client_id": "opened:etape-1"},
    "a number with markup": {"client_id": "<script>alert(1)</script>"},
    "a number of a thousand letters": {"client_id": "a" * 1000},
    "a number with a line end": {"client_id": "abcdefgh\nabcdefgh"},
}


@pytest.mark.parametrize("what", BROKEN)
def test_a_wrong_shape_is_refused_in_words_and_loses_nothing(client, enrolment, what):
    question = activity(enrolment, 1).questions[0]
    data = sent(question) | BROKEN[what]
    answer = client.post(address(enrolment), data, headers=JSON)
    assert answer.status_code == 422
    assert re.match(r"[A-ZÀÉ].* .*\.$", answer.json()["refused"])
    page = client.post(address(enrolment), data)
    assert page.status_code == 422
    assert plain(answer.json()["refused"]) in text_of(page)
    assert not Trace.objects.filter(kind="answered").exists()


def test_what_was_chosen_is_still_chosen_after_a_refusal(client, enrolment):
    question = activity(enrolment, 1).questions[0]
    data = sent(question, attempt=7)
    html = client.post(address(enrolment), data).content.decode()
    assert re.search(rf'value="{right(question)[0]}" checked', html)
    assert f'href="#question-{question["id"]}"' in html


@pytest.mark.parametrize("said_at", ["hier", "9999-12-31T23:59:59-14:00", "0001-01-01T00:00:00+14:00", "2026-11-22"])
def test_a_clock_that_cannot_be_right_does_not_cost_the_answer(client, enrolment, said_at):
    client.post(address(enrolment), sent(activity(enrolment, 1).questions[0], said_at=said_at))
    assert Trace.objects.get(kind="answered").said_at is None


def test_the_hour_of_the_browser_is_kept_beside_that_of_the_server(client, enrolment):
    said_at = datetime.now(UTC).replace(microsecond=0)
    client.post(address(enrolment), sent(activity(enrolment, 1).questions[0], said_at=said_at.isoformat()))
    assert Trace.objects.get(kind="answered").said_at == said_at


def test_a_question_that_left_the_course_is_refused_in_words(client, enrolment):
    newer = EditionFactory(parcours=enrolment.edition.parcours)
    question = newer.activity(newer.outline[1].slug).questions[0]
    answer = client.post(address(enrolment), sent(question), headers=JSON)
    assert answer.json()["refused"].startswith("Cette question ne fait plus partie de votre parcours")


@pytest.mark.parametrize("verb", ["get", "post"])
@pytest.mark.parametrize("door", ["activity", "finish_reading", "restart"])
def test_nobody_enters_the_course_of_another(client, enrolment, door, verb):
    other = EnrolmentFactory()
    url = reverse(f"learning:{door}", args=[other.pk, activity(other, 1).slug])
    data = sent(activity(other, 1).questions[0]) | {"after": 1}
    assert getattr(client, verb)(url, data).status_code == (405 if verb == "get" and door != "activity" else 404)
    assert not other.traces.exists()


def test_someone_signed_out_signs_in_and_comes_back(client):
    enrolment = EnrolmentFactory()
    response = client.get(address(enrolment))
    assert response["Location"] == reverse("account_login") + "?next=" + address(enrolment).replace("/", "%2F")
    answer = client.post(address(enrolment), sent(activity(enrolment, 1).questions[0]), headers=JSON)
    assert (answer.status_code, answer["Content-Type"]) == (401, "application/json")


def test_a_course_that_was_stopped_is_no_longer_there(client, enrolment):
    actions.withdraw(enrolment, by=enrolment.person)
    assert client.get(address(enrolment)).status_code == 404
    assert client.post(address(enrolment), sent(activity(enrolment, 1).questions[0]), headers=JSON).status_code == 404


@pytest.mark.parametrize("after", ["0", "999", "-1", "un", "", "9" * 400])
def test_a_restart_without_an_attempt_is_refused_in_words(client, enrolment, after):
    url = reverse("learning:restart", args=[enrolment.pk, activity(enrolment, 2).slug])
    assert "rechargez la page" in text_of(client.post(url, {"after": after}, follow=True))
