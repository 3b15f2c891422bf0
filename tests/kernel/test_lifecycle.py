import pytest
from django.db import transaction

from lms.kernel.lifecycle import Lifecycle, Transition, TransitionRefused
from lms.kernel.models import Job, JobState, JournalEntry
from tests.accounts.factories import PersonFactory
from tests.kernel.threads import together


def named(job):
    if not job.key:
        return "Le travail n’a pas de clé : donnez-lui-en une."
    return None


def never_tried(job):
    return "Le travail a déjà été essayé." if job.attempts else None


LIFECYCLE = Lifecycle(
    Transition("start", (JobState.READY,), JobState.RUNNING),
    Transition("finish", (JobState.RUNNING,), JobState.DONE),
    Transition("abandon", (JobState.READY, JobState.RUNNING), JobState.DEAD, (named, never_tried), "Abandonner"),
)
OPEN = {
    (JobState.READY, "start"),
    (JobState.RUNNING, "finish"),
    (JobState.READY, "abandon"),
    (JobState.RUNNING, "abandon"),
}


@pytest.mark.parametrize("move", list(LIFECYCLE.transitions))
@pytest.mark.parametrize("state", JobState.values)
def test_only_the_moves_of_the_table_are_open(state, move):
    assert (LIFECYCLE.refusals(Job(state=state, key="k"), move) == []) == ((state, move) in OPEN)


def test_a_move_out_of_turn_is_refused_by_a_sentence_that_names_the_action_and_the_state():
    assert LIFECYCLE.refusals(Job(state=JobState.DONE), "abandon") == [
        "« Abandonner » n’est pas possible : l’état actuel est « terminé ». Rechargez la page pour voir ce qui l’est."
    ]
    [unlabelled] = LIFECYCLE.refusals(Job(state=JobState.DONE), "start")
    assert unlabelled.startswith("Cette action n’est pas possible : l’état actuel est « terminé ».")


def test_every_guard_that_refuses_gives_its_sentence():
    assert LIFECYCLE.refusals(Job(attempts=2), "abandon") == [
        "Le travail n’a pas de clé : donnez-lui-en une.",
        "Le travail a déjà été essayé.",
    ]


def test_two_moves_of_one_name_are_a_mistake():
    with pytest.raises(ValueError, match="same name"):
        Lifecycle(Transition("a", ("x",), "y"), Transition("a", ("y",), "z"))


@pytest.mark.django_db
def test_a_move_saves_the_new_state_the_fields_set_on_the_way_and_one_journal_line():
    person, job = PersonFactory(), Job.objects.create(name="n")
    with LIFECYCLE.moving(job, "start", by=person, after={"attempts": 1}) as moving:
        moving.attempts = 1
    job.refresh_from_db()
    assert (job.state, job.attempts) == (JobState.RUNNING, 1)
    entry = JournalEntry.objects.get()
    assert (entry.verb, entry.subject_type, entry.subject_id) == ("kernel.start", "kernel.job", str(job.pk))
    assert (entry.by, entry.before, entry.after) == (person, {"state": "ready"}, {"state": "running", "attempts": 1})


@pytest.mark.django_db
def test_a_refused_move_raises_its_sentences_and_leaves_nothing():
    job = Job.objects.create(name="n", attempts=1)
    with pytest.raises(TransitionRefused) as refused, LIFECYCLE.moving(job, "abandon", by=None):
        pytest.fail("the body of a refused move must not run")
    assert len(refused.value.sentences) == 2
    assert Job.objects.get().state == JobState.READY
    assert not JournalEntry.objects.exists()


@pytest.mark.django_db
def test_an_error_in_the_body_undoes_the_move_and_its_journal_line():
    job = Job.objects.create(name="n")
    with pytest.raises(ZeroDivisionError), LIFECYCLE.moving(job, "start", by=None) as moving:
        moving.error = str(1 / 0)
    assert Job.objects.get().state == JobState.READY
    assert not JournalEntry.objects.exists()


@pytest.mark.django_db
def test_the_row_is_read_again_so_that_a_stale_object_cannot_move_twice():
    job = Job.objects.create(name="n")
    stale = Job.objects.get()
    with LIFECYCLE.moving(job, "start", by=None):
        pass
    with pytest.raises(TransitionRefused), LIFECYCLE.moving(stale, "start", by=None):
        pass


@pytest.mark.django_db(transaction=True)
def test_of_ten_people_who_move_one_row_at_once_one_succeeds():
    job = Job.objects.create(name="n")

    def move(index):
        try:
            with transaction.atomic(), LIFECYCLE.moving(job, "start", by=None) as moving:
                moving.attempts += 1
        except TransitionRefused:
            return False
        return True

    assert sum(together(10, move)) == 1
    assert Job.objects.get().attempts == 1
    assert JournalEntry.objects.count() == 1
