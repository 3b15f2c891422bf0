"""What an étape costs in a course of the real size, in a process that has served others before."""

import json

import pytest
from django.urls import reverse

from tests.catalogue.factories import EditionFactory
from tests.parcours.learning.factories import REAL, EnrolmentFactory, activity, reply
from tests.parcours.learning.views.sending import JSON, address, sent

pytestmark = pytest.mark.django_db


@pytest.fixture
def learner(client):
    """Someone in the middle of a course of the real size, in a process that has served others before."""
    edition = EditionFactory(activities=REAL)
    first = EnrolmentFactory(edition=edition)
    client.force_login(first.person)
    for rank in (0, 1, 16):
        client.get(address(first, rank))
    enrolment = EnrolmentFactory(edition=edition, started=True)
    client.force_login(enrolment.person)
    client.get(reverse("learning:home"))
    return enrolment


def test_an_etape_viewed_again_costs_six_queries_at_most(client, learner, django_assert_max_num_queries):
    lesson, page = activity(learner, 1), address(learner, 1)
    client.get(page)
    reply(learner, lesson, lesson.questions[0])
    with django_assert_max_num_queries(6):
        assert client.get(page).status_code == 200


def test_an_etape_viewed_first_costs_twelve_queries_at_most(client, learner, django_assert_max_num_queries):
    page = address(learner, 16)
    with django_assert_max_num_queries(12):
        assert client.get(page).status_code == 200


def test_an_answer_costs_twelve_queries_at_most(client, learner, django_assert_max_num_queries):
    page, question = address(learner, 1), activity(learner, 1).questions[0]
    client.get(page)
    with django_assert_max_num_queries(12):
        assert client.post(page, sent(question), headers=JSON).status_code == 200


def test_an_answer_without_javascript_costs_no_more(client, learner, django_assert_max_num_queries):
    page, question = address(learner, 1), activity(learner, 1).questions[0]
    client.get(page)
    with django_assert_max_num_queries(12):
        assert client.post(page, sent(question)).status_code == 302


def test_mon_espace_costs_the_same_for_one_course_or_five(client, learner, django_assert_max_num_queries):
    for _ in range(4):
        EnrolmentFactory(person=learner.person, started=True)
    client.get(reverse("learning:home"))
    with django_assert_max_num_queries(13):
        client.get(reverse("learning:home"))


def test_the_course_home_costs_ten_queries_at_most(client, learner, django_assert_max_num_queries):
    with django_assert_max_num_queries(10):
        client.get(learner.get_absolute_url())


def test_the_answer_of_the_server_is_small(client, learner):
    client.get(address(learner, 1))
    answer = client.post(address(learner, 1), sent(activity(learner, 1).questions[0]), headers=JSON)
    assert len(json.dumps(answer.json())) < 6000
