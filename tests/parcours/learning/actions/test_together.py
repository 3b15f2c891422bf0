"""Several at once: double clicks, two tabs, a browser that repeats itself. On both databases."""

import uuid

import pytest

from lms.kernel.models import Job
from parcours.learning import actions
from parcours.learning.models import Enrolment, Trace
from tests.accounts.factories import PersonFactory
from tests.catalogue.factories import EditionFactory
from tests.kernel.threads import together
from tests.organisations.factories import OrganisationFactory
from tests.parcours.learning.factories import EnrolmentFactory, activity, finish, reply, right, wrong

pytestmark = pytest.mark.django_db(transaction=True)


def test_eight_clicks_make_one_enrolment():
    person, edition, employer = PersonFactory(), EditionFactory(), OrganisationFactory()

    def click(index):
        try:
            return actions.enrol(person, edition, employer=employer, by=person)
        except actions.AlreadyEnrolled as already:
            return already.enrolment

    assert set(together(8, click)) == {Enrolment.objects.get()}
    assert Job.objects.filter(name="learning.confirm_enrolment").count() == 1


def test_eight_identical_answers_make_one():
    enrolment = EnrolmentFactory()
    lesson, number = activity(enrolment, 1), str(uuid.uuid4())
    recorded = together(8, lambda _: reply(enrolment, lesson, lesson.questions[0], client_id=number))
    assert sorted(one.new for one in recorded) == [False] * 7 + [True]
    assert {one.trace for one in recorded} == {Trace.objects.get()}


def test_of_two_different_answers_one_stands_and_both_tabs_are_told_the_same():
    enrolment = EnrolmentFactory()
    lesson = activity(enrolment, 1)
    question = lesson.questions[0]
    answers = [right(question), wrong(question)] * 4
    recorded = together(8, lambda index: reply(enrolment, lesson, question, answers[index]))
    stands = Trace.objects.get()
    assert {tuple(one.trace.given) for one in recorded} == {tuple(stands.given)}


def test_the_last_answers_given_together_complete_once():
    enrolment = EnrolmentFactory()
    for rank in (0, 1):
        finish(enrolment, activity(enrolment, rank))
    quiz = activity(enrolment, 2)
    together(4, lambda index: reply(enrolment, quiz, quiz.questions[index]))
    enrolment.refresh_from_db()
    assert (enrolment.state, enrolment.progress.percent) == ("completed", 100)
    assert Job.objects.filter(name="learning.issue_attestation").count() == 1


def test_the_same_etape_opened_in_four_tabs_leaves_one_trace():
    enrolment = EnrolmentFactory()
    together(4, lambda _: actions.open_activity(enrolment, activity(enrolment, 0)))
    assert Trace.objects.count() == 1


def test_two_clicks_begin_one_attempt():
    enrolment = EnrolmentFactory()
    quiz = activity(enrolment, 2)
    finish(enrolment, quiz)
    together(4, lambda _: actions.restart(enrolment, quiz, after=1))
    assert Trace.objects.filter(kind="restarted").count() == 1
