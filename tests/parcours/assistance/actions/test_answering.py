import pytest

from lms.kernel.lifecycle import TransitionRefused
from lms.kernel.models import Job, JournalEntry
from parcours.assistance import actions
from parcours.assistance.documents import shared_answers
from parcours.assistance.models import Message, SharedAnswer, Thread
from tests.parcours.assistance.factories import answer, ask, number, share, trainer_of

pytestmark = pytest.mark.django_db


def test_an_answer_is_dated_and_told_to_who_asked():
    thread = ask()
    answered = answer(thread)
    assert answered.state == Thread.State.ANSWERED
    assert answered.answered_at == answered.messages.last().at
    assert Job.objects.filter(name="assistance.tell_person").count() == 1


def test_the_same_answer_sent_twice_is_one():
    thread, trainer, client_id = ask(), None, number()
    trainer = trainer_of(thread.organisation)
    for _ in range(2):
        answer(thread, trainer, client_id=client_id)
    assert Message.objects.filter(kind=Message.Kind.ANSWER).count() == 1


def test_more_can_be_said_after_an_answer():
    thread = answer(answer(ask()), text="Et ceci encore.")
    assert thread.state == Thread.State.ANSWERED
    assert thread.messages.count() == 3


def test_an_answer_for_all_also_answers_who_asked(django_capture_on_commit_callbacks):
    thread = ask(rank=1)
    assert shared_answers(thread.parcours_id) == {}
    with django_capture_on_commit_callbacks(execute=True):
        shared = share(thread)
    thread.refresh_from_db()
    assert (thread.state, thread.messages.last().text) == (Thread.State.ANSWERED, "Non.")
    assert (shared.parcours, shared.activity_id) == (thread.parcours, thread.activity_id)
    (shown,) = shared_answers(thread.parcours_id)[thread.activity_id]
    assert (shown.question, shown.answer) == ("Peut-on utiliser l’adresse de la mairie ?", "Non.")


def test_an_answer_given_before_is_not_given_again_when_it_is_shared():
    thread = answer(ask())
    share(thread)
    assert thread.messages.count() == 2


def test_a_question_of_someone_who_left_may_still_serve_all():
    thread = ask()
    actions.close(thread, by=thread.person)
    thread.refresh_from_db()
    share(thread)
    assert thread.messages.count() == 1


def test_one_answer_at_a_time_is_shared_for_a_question():
    thread = ask()
    trainer = trainer_of(thread.organisation)
    shared = share(thread, trainer)
    assert share(thread, trainer) == shared
    with pytest.raises(TransitionRefused, match="déjà partagée"):
        share(thread, trainer, answer_text="Autre chose.")
    assert SharedAnswer.objects.count() == 1


def test_a_shared_answer_is_withdrawn_and_another_may_follow(django_capture_on_commit_callbacks):
    thread = ask()
    trainer = trainer_of(thread.organisation)
    shared = share(thread, trainer)
    with django_capture_on_commit_callbacks(execute=True):
        actions.withdraw(shared, by=trainer)
    assert shared_answers(thread.parcours_id) == {}
    with pytest.raises(TransitionRefused, match="il n’y a rien à retirer"):
        actions.withdraw(shared, by=trainer)
    share(thread, trainer, answer_text="Mieux dit.")
    assert thread.messages.filter(kind=Message.Kind.ANSWER).count() == 1


def test_a_question_is_followed_by_one_of_the_team_and_given_back():
    thread = ask()
    trainer = trainer_of(thread.organisation)
    assert actions.assign(thread, to=trainer, by=trainer).assigned_to == trainer
    assert actions.assign(thread, to=None, by=trainer).assigned_to is None


def test_what_is_shared_and_withdrawn_is_in_the_journal_without_a_word():
    thread = ask()
    trainer = trainer_of(thread.organisation)
    shared = share(thread, trainer, question="À propos de Zoé")
    actions.withdraw(shared, by=trainer)
    entries = JournalEntry.objects.filter(subject_type="assistance.sharedanswer").order_by("pk")
    assert [entry.verb for entry in entries] == ["assistance.share", "assistance.withdraw"]
    assert entries[0].after == {
        "thread": thread.pk,
        "parcours": thread.parcours_id,
        "activity": thread.activity_id,
    }
    assert all(entry.by == trainer for entry in entries)
