import datetime

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone

from lms.kernel import counters
from lms.kernel.jobs import LeaseLost, post, posting, registry, renew, retry, run, run_due, task
from lms.kernel.models import Job, JobState, JournalEntry
from tests.accounts.factories import PersonFactory
from tests.kernel.threads import together

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_registry():
    known = dict(registry.TASKS)
    yield
    registry.TASKS.clear()
    registry.TASKS.update(known)


@pytest.fixture
def counted():
    """A task whose effect can be counted."""

    @task("test.count")
    def count(name):
        return lambda: counters.next_number(name)


@pytest.fixture
def broken():
    @task("test.break", attempts=3)
    def fail(name):
        raise ValueError(f"unusable {name}")


def test_a_posted_job_runs_its_task_with_its_arguments_and_is_done(counted):
    job = post("test.count", "a")
    assert (run_due(), counters.value("a")) == (1, 1)
    job.refresh_from_db()
    assert (job.state, job.attempts, job.lease_until) == (JobState.DONE, 1, None)
    assert job.done_at
    assert run_due() == 0


def test_a_task_may_return_nothing():
    seen = []
    task("test.see")(seen.append)
    post("test.see", 7)
    assert run_due() == 1
    assert seen == [7]


def test_a_job_of_a_transaction_rolled_back_does_not_exist(counted):
    with transaction.atomic():
        post("test.count", "a")
        transaction.set_rollback(True)
    assert run_due() == 0


def test_a_key_makes_once_true_even_after_the_job_is_done(counted):
    first = post("test.count", "a", key="a:1")
    assert post("test.count", "a", key="a:1") == first
    run_due()
    assert post("test.count", "a", key="a:1") == first
    assert run_due() == 0
    assert counters.value("a") == 1


def test_jobs_without_key_are_as_many_as_posted(counted):
    post("test.count", "a")
    post("test.count", "a")
    assert (run_due(), counters.value("a")) == (2, 2)


def test_a_limit_leaves_the_rest_for_later(counted):
    for _ in range(3):
        post("test.count", "a")
    assert (run_due(limit=2), run_due()) == (2, 1)


def test_a_job_due_later_waits_for_its_hour(counted):
    post("test.count", "a", due_at=timezone.now() + datetime.timedelta(hours=2))
    assert run_due() == 0
    with time_machine.travel(timezone.now() + datetime.timedelta(hours=2, seconds=1)):
        assert run_due() == 1


def test_the_oldest_due_comes_first():
    seen = []
    task("test.see")(seen.append)
    now = timezone.now()
    for minutes in (1, 3, 2):
        post("test.see", minutes, due_at=now - datetime.timedelta(minutes=minutes))
    run_due()
    assert seen == [3, 2, 1]


@pytest.fixture
def seen():
    """The order in which jobs were run."""
    seen = []
    task("test.see")(seen.append)
    return seen


def test_what_somebody_waits_for_is_run_before_what_was_posted_earlier_in_bulk(seen):
    for rank in range(3):
        post("test.see", f"paper {rank}")
    post("test.see", "file", awaited=True)
    post("test.see", "code", awaited=True)
    run_due()
    assert seen == ["file", "code", "paper 0", "paper 1", "paper 2"]


def test_a_bulk_is_never_put_off_for_ever_by_what_people_wait_for(seen):
    start = timezone.now()
    with time_machine.travel(start, tick=False) as clock:
        post("test.see", "paper")
        clock.move_to(start + posting.HEAD_START - datetime.timedelta(seconds=1))
        post("test.see", "in time", awaited=True)
        clock.move_to(start + posting.HEAD_START + datetime.timedelta(seconds=1))
        post("test.see", "too late", awaited=True)
        run_due()
    assert seen == ["in time", "paper", "too late"]


def test_an_unknown_task_is_refused_when_posted():
    with pytest.raises(LookupError, match=r"test\.unknown"):
        post("test.unknown")


@pytest.mark.parametrize("arg", [None, 1.5, ["a"], {"a": 1}, datetime.date(2026, 1, 1)])
def test_a_job_carries_integers_and_codes_only(counted, arg):
    with pytest.raises(TypeError):
        post("test.count", arg)


def test_two_tasks_of_one_name_are_a_mistake(counted):
    with pytest.raises(ValueError, match=r"test\.count"):
        task("test.count")(datetime.date)


def test_a_failure_is_tried_again_later_each_time_twice_as_late_then_given_up(broken):
    job = post("test.break", "x")
    with time_machine.travel(timezone.now(), tick=False) as clock:
        for attempt, seconds in ((1, 2), (2, 4)):
            assert run_due() == 1
            job.refresh_from_db()
            assert (job.state, job.attempts) == (JobState.READY, attempt)
            assert job.due_at - timezone.now() == datetime.timedelta(seconds=seconds)
            assert run_due() == 0
            clock.shift(seconds)
        run_due()
        job.refresh_from_db()
        assert (job.state, job.attempts) == (JobState.DEAD, 3)
        clock.shift(datetime.timedelta(days=30))
        assert run_due() == 0


def test_the_error_kept_says_where_without_the_words_of_the_exception(broken):
    job = post("test.break", "zoe@example.org")
    run_due()
    job.refresh_from_db()
    assert job.error.startswith("ValueError\n")
    assert "tests/kernel/test_jobs.py" in job.error
    assert "zoe" not in job.error


def test_effects_that_fail_leave_nothing_and_are_tried_again():
    outcomes = [ZeroDivisionError, None]

    @task("test.hesitate")
    def hesitate():
        def effects():
            counters.next_number("a")
            if error := outcomes.pop(0):
                raise error

        return effects

    post("test.hesitate")
    run_due()
    assert counters.value("a") == 0
    with time_machine.travel(timezone.now() + datetime.timedelta(seconds=3)):
        run_due()
    assert counters.value("a") == 1
    assert Job.objects.get().state == JobState.DONE


def test_an_atomic_task_runs_whole_in_the_transaction_of_its_end():
    outcomes = [ZeroDivisionError, None]

    @task("test.whole", atomic=True)
    def whole():
        counters.next_number("a")
        if error := outcomes.pop(0):
            raise error

    post("test.whole")
    run_due()
    assert counters.value("a") == 0
    with time_machine.travel(timezone.now() + datetime.timedelta(seconds=3)):
        run_due()
    assert counters.value("a") == 1


@pytest.mark.django_db(transaction=True)
def test_a_task_runs_outside_any_transaction_and_its_effects_inside(counted):
    seen = []

    @task("test.look")
    def look():
        seen.append(transaction.get_connection().in_atomic_block)
        return lambda: seen.append(transaction.get_connection().in_atomic_block)

    post("test.look")
    run_due()
    assert seen == [False, True]


def test_a_job_whose_runner_was_killed_runs_again_once_its_lease_is_over(counted):
    job = post("test.count", "a")
    killed = {"state": JobState.RUNNING, "attempts": 1, "lease_until": timezone.now() + datetime.timedelta(seconds=60)}
    Job.objects.update(**killed)
    assert not run(job.pk)
    with time_machine.travel(timezone.now() + datetime.timedelta(seconds=61)):
        assert run(job.pk)
    job.refresh_from_db()
    assert (job.state, job.attempts, counters.value("a")) == (JobState.DONE, 2, 1)


def test_a_job_that_kills_its_runner_each_time_is_given_up_after_its_attempts(counted):
    job = post("test.count", "a")
    Job.objects.update(state=JobState.RUNNING, attempts=job.last_attempt, lease_until=timezone.now())
    assert run_due() == 0
    assert Job.objects.get().state == JobState.DEAD
    assert counters.value("a") == 0


def test_a_runner_that_lost_its_lease_leaves_no_effect():
    @task("test.slow")
    def slow():
        Job.objects.update(attempts=2)  # somebody else claimed the job meanwhile
        return lambda: counters.next_number("a")

    post("test.slow")
    run_due(limit=1)
    job = Job.objects.get()
    assert (job.state, job.attempts, job.error, counters.value("a")) == (JobState.RUNNING, 2, "", 0)


def test_a_long_task_renews_its_lease_and_learns_that_it_lost_it():
    leases = []

    @task("test.long")
    def long(lost):
        Job.objects.update(lease_until=timezone.now(), attempts=1 + lost)
        try:
            renew()
        except LeaseLost:
            leases.append("lost")
        else:
            leases.append(Job.objects.get().lease_until > timezone.now() + datetime.timedelta(seconds=50))

    for lost in (0, 1):
        job = post("test.long", lost)
        run(job.pk)
        job.delete()
    assert leases == [True, "lost"]


def test_renewing_outside_a_job_does_nothing():
    renew()


def test_a_job_whose_task_is_gone_fails_like_any_other(counted):
    post("test.count", "a")
    del registry.TASKS["test.count"]
    assert run_due() == 1
    assert Job.objects.get().error.startswith("KeyError")


def test_a_dead_job_is_given_its_attempts_again_and_the_journal_says_by_whom(broken):
    person, job = PersonFactory(), post("test.break", "x")
    Job.objects.update(state=JobState.DEAD, attempts=3)
    assert retry(job, by=person)
    run_due()
    job.refresh_from_db()
    assert (job.state, job.attempts, job.last_attempt) == (JobState.READY, 4, 6)
    assert 0 < (job.due_at - timezone.now()).total_seconds() <= 2
    assert JournalEntry.objects.get().by == person
    assert not retry(job, by=person)


@pytest.mark.django_db(transaction=True)
def test_ten_runners_at_once_run_each_job_once(counted):
    for _ in range(30):
        post("test.count", "a")
    assert sum(together(10, lambda index: run_due())) == 30
    assert counters.value("a") == 30
    assert set(Job.objects.values_list("state", "attempts")) == {(JobState.DONE, 1)}


@pytest.mark.django_db(transaction=True)
def test_ten_posters_of_one_key_make_one_job(counted):
    jobs = together(10, lambda index: post("test.count", "a", key="once").pk)
    assert len(set(jobs)) == 1
    assert Job.objects.count() == 1
