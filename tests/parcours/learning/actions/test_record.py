import uuid

import pytest

from lms.kernel.models import Job, JournalEntry
from parcours.learning import actions
from parcours.learning.events import parcours_completed
from parcours.learning.models import ActivityProgress, Enrolment, Progress, Trace
from tests.parcours.learning.factories import EnrolmentFactory, activity, finish, reply, right, wrong

pytestmark = pytest.mark.django_db


@pytest.fixture
def enrolment():
    return EnrolmentFactory()


def progress_of(enrolment):
    return Progress.objects.get(pk=enrolment.pk)


def test_an_etape_is_opened_once(enrolment):
    first = actions.open_activity(enrolment, activity(enrolment, 0))
    again = actions.open_activity(enrolment, activity(enrolment, 0))
    assert (first.new, again.new) == (True, False)
    assert Trace.objects.get() == again.trace
    assert again.activity.state == ActivityProgress.State.STARTED


def test_a_text_is_done_when_the_learner_says_so(enrolment):
    actions.open_activity(enrolment, activity(enrolment, 0))
    recorded = actions.finish_reading(enrolment, activity(enrolment, 0))
    assert recorded.activity.done_at == recorded.trace.at
    assert (progress_of(enrolment).done, progress_of(enrolment).minutes_done) == (1, 12)


def test_an_etape_with_questions_is_not_done_by_saying_so(enrolment):
    with pytest.raises(actions.Refused, match="se termine par ses questions"):
        actions.finish_reading(enrolment, activity(enrolment, 1))
    assert not Trace.objects.exists()


def test_an_answer_is_marked_on_the_server(enrolment):
    lesson = activity(enrolment, 1)
    first, second, *_ = lesson.questions
    assert reply(enrolment, lesson, first).trace.correct
    assert not reply(enrolment, lesson, second, wrong(second)).trace.correct


def test_the_same_answer_sent_again_is_the_one_recorded(enrolment):
    lesson, number = activity(enrolment, 1), str(uuid.uuid4())
    question = lesson.questions[0]
    first = reply(enrolment, lesson, question, client_id=number)
    assert reply(enrolment, lesson, question, client_id=number).trace == first.trace
    assert Trace.objects.count() == 1


def test_the_first_answer_to_a_question_stands(enrolment):
    lesson = activity(enrolment, 1)
    question = lesson.questions[0]
    first = reply(enrolment, lesson, question)
    late = reply(enrolment, lesson, question, wrong(question))
    assert (late.new, late.trace, late.trace.given) == (False, first.trace, sorted(right(question)))


def test_a_number_already_borne_by_another_answer_is_refused(enrolment):
    lesson, number = activity(enrolment, 1), str(uuid.uuid4())
    reply(enrolment, lesson, lesson.questions[0], client_id=number)
    with pytest.raises(actions.Refused, match="rechargez la page"):
        reply(enrolment, lesson, lesson.questions[1], client_id=number)
    quiz = activity(enrolment, 2)
    with pytest.raises(actions.Refused, match="rechargez la page"):
        reply(enrolment, quiz, quiz.questions[0], client_id=number)
    assert Trace.objects.count() == 1


def test_a_question_of_another_edition_is_refused_in_words(enrolment):
    lesson, other = activity(enrolment, 1), EnrolmentFactory()
    with pytest.raises(actions.Refused, match="ne fait plus partie de votre parcours"):
        reply(enrolment, lesson, activity(other, 1).questions[0])


def test_an_option_of_another_question_is_refused_in_words(enrolment):
    lesson = activity(enrolment, 1)
    with pytest.raises(actions.Refused, match="n’appartient pas à la question"):
        reply(enrolment, lesson, lesson.questions[0], right(lesson.questions[1]))


def test_a_quiz_failed_is_not_done_until_it_is_passed_and_both_attempts_are_kept(enrolment):
    quiz = activity(enrolment, 2)
    for question in quiz.questions:
        reply(enrolment, quiz, question, wrong(question))
    row = ActivityProgress.objects.get(activity_id=quiz.activity_id)
    assert (row.state, row.score) == (ActivityProgress.State.STARTED, 0)
    actions.restart(enrolment, quiz, after=1)
    for question in quiz.questions:
        reply(enrolment, quiz, question, attempt=2)
    row.refresh_from_db()
    assert (row.state, row.score, [one["score"] for one in row.attempts]) == ("done", 100, [0, 100])


def test_a_double_click_begins_one_attempt(enrolment):
    quiz = activity(enrolment, 2)
    finish(enrolment, quiz)
    assert actions.restart(enrolment, quiz, after=1).new
    assert not actions.restart(enrolment, quiz, after=1).new


def test_an_attempt_begins_after_the_one_before_is_finished(enrolment):
    quiz = activity(enrolment, 2)
    reply(enrolment, quiz, quiz.questions[0])
    for after in (1, 2, 998):
        with pytest.raises(actions.Refused, match="Terminez d’abord"):
            actions.restart(enrolment, quiz, after=after)


def test_an_answer_of_a_finished_attempt_that_arrives_late_gets_back_what_stands(enrolment):
    quiz = activity(enrolment, 2)
    finish(enrolment, quiz)
    actions.restart(enrolment, quiz, after=1)
    late = reply(enrolment, quiz, quiz.questions[0], wrong(quiz.questions[0]), attempt=1)
    assert not late.new
    assert late.trace.correct


@pytest.mark.parametrize("attempt", [2, 3, 999])
def test_an_attempt_that_was_not_begun_is_refused(enrolment, attempt):
    quiz = activity(enrolment, 2)
    with pytest.raises(actions.Refused, match="celui que vous avez commencé"):
        reply(enrolment, quiz, quiz.questions[0], attempt=attempt)


def test_the_last_etape_completes_the_course_in_the_same_breath():
    heard = []
    parcours_completed.connect(lambda enrolment, **kwargs: heard.append(enrolment.state), weak=False, dispatch_uid="t")
    try:
        enrolment = EnrolmentFactory(completed=True)
    finally:
        parcours_completed.disconnect(dispatch_uid="t")
    assert (enrolment.state, enrolment.completed_at) == ("completed", progress_of(enrolment).last_at)
    assert heard == ["completed"]
    assert Job.objects.filter(name="learning.issue_attestation", args=[enrolment.pk]).count() == 1
    assert JournalEntry.objects.filter(verb="learning.complete", subject_id=enrolment.pk).count() == 1


def test_one_practises_again_after_the_end_without_ending_twice():
    enrolment = EnrolmentFactory(completed=True)
    quiz = activity(enrolment, 2)
    actions.restart(enrolment, quiz, after=1)
    for question in quiz.questions:
        reply(enrolment, quiz, question, wrong(question), attempt=2)
    enrolment.refresh_from_db()
    assert (enrolment.state, progress_of(enrolment).percent) == ("completed", 100)
    assert Job.objects.filter(name="learning.issue_attestation").count() == 1


def test_a_course_that_was_stopped_records_nothing_more(enrolment):
    actions.withdraw(enrolment, by=enrolment.person)
    with pytest.raises(actions.Refused, match="Vous avez arrêté ce parcours"):
        actions.open_activity(enrolment, activity(enrolment, 0))
    assert not Trace.objects.exists()


def test_a_completion_that_fails_leaves_no_answer_behind(enrolment, monkeypatch):
    for rank in (0, 1):
        finish(enrolment, activity(enrolment, rank))
    quiz = activity(enrolment, 2)
    for question in quiz.questions[:-1]:
        reply(enrolment, quiz, question)
    before = Trace.objects.count()

    def broken(*args, **kwargs):
        raise OSError

    monkeypatch.setattr("parcours.learning.actions.record.post", broken)
    with pytest.raises(OSError):
        reply(enrolment, quiz, quiz.questions[-1])
    assert Trace.objects.count() == before
    assert Enrolment.objects.get(pk=enrolment.pk).state == "active"
