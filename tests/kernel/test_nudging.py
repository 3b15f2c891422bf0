import datetime
import time

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone
from redis.exceptions import ConnectionError as RedisDown

from lms.kernel.jobs import nudge_due, nudging, post, run
from lms.kernel.models import Job, JobState
from tests.kernel.crashes import tasks  # noqa: F401  (a task to post)

hear_of = nudging.run_posted


class Queue:
    """Stands for rq: what it was told, and whether it answers."""

    def __init__(self):
        self.told, self.down, self.count = [], False, 0

    def get_backend(self):
        return self

    def tell_worker(self, task, job_pk):
        if self.down:
            raise RedisDown
        self.told.append(job_pk)
        return job_pk


@pytest.fixture
def queue(settings, monkeypatch):
    queue = Queue()
    settings.REDIS_URL = "unix:///nowhere"
    monkeypatch.setattr(nudging, "run_posted", queue)
    monkeypatch.setattr(nudging.django_rq, "get_queue", lambda name: queue)
    monkeypatch.setattr(nudging, "_paused_until", 0.0)
    return queue


def count(**kwargs):
    return post("crashes.count", "effect:nudged", **kwargs)


@pytest.mark.django_db(transaction=True)
def test_the_queue_is_told_once_the_transaction_is_committed(queue):
    with transaction.atomic():
        job = count()
        assert queue.told == []
    assert queue.told == [job.pk]
    assert nudge_due() == 0


@pytest.mark.django_db(transaction=True)
def test_the_queue_is_not_told_of_what_was_rolled_back_nor_of_what_is_due_later(queue):
    with transaction.atomic():
        count()
        transaction.set_rollback(True)
    count(due_at=timezone.now() + datetime.timedelta(hours=1))
    assert queue.told == []
    with time_machine.travel(timezone.now() + datetime.timedelta(hours=1, seconds=1)):
        assert nudge_due() == 1


@pytest.mark.django_db(transaction=True)
def test_a_queue_that_is_down_makes_no_request_fail_and_hears_of_the_job_when_it_is_back(queue, monkeypatch):
    queue.down = True
    jobs = [count().pk for _ in range(3)]
    assert queue.told == []
    assert nudge_due() == 0
    queue.down = False
    monkeypatch.setattr(nudging, "_paused_until", 0.0)
    with time_machine.travel(timezone.now() + nudging.AGAIN):
        assert nudge_due() == 3
    assert queue.told == jobs


@pytest.mark.django_db(transaction=True)
def test_a_slow_queue_is_waited_for_once_then_left_alone(queue, monkeypatch):
    def stuck(task, job_pk):
        time.sleep(0.3)
        raise RedisDown

    monkeypatch.setattr(queue, "tell_worker", stuck)
    count()
    start = time.perf_counter()
    for _ in range(20):
        count()
    assert (time.perf_counter() - start) / 20 < 0.05


@pytest.mark.django_db
def test_a_row_is_told_again_after_a_minute_not_before(queue):
    Job.objects.create(name="crashes.count", args=["a"])
    start = timezone.now()
    for seconds, told in ((1, 1), (30, 1), (60, 1), (62, 2), (100, 2), (123, 3)):
        with time_machine.travel(start + datetime.timedelta(seconds=seconds), tick=False):
            nudge_due()
        assert len(queue.told) == told, seconds


@pytest.mark.django_db
def test_a_job_whose_worker_was_killed_is_told_as_soon_as_its_lease_is_over(queue):
    now = timezone.now()
    job = Job.objects.create(
        name="crashes.count",
        args=["a"],
        state=JobState.RUNNING,
        attempts=1,
        nudged_at=now - datetime.timedelta(seconds=3),
        lease_until=now - datetime.timedelta(seconds=1),
    )
    assert nudge_due() == 1
    assert nudge_due() == 0
    assert queue.told == [job.pk]


@pytest.mark.django_db
def test_a_job_that_failed_is_told_when_it_is_due_again(queue):
    job = Job.objects.create(name="crashes.fail", args=["a"], last_attempt=2, nudged_at=timezone.now())
    Job.objects.update(name="crashes.unknown")
    assert run(job.pk)
    assert nudge_due() == 0
    with time_machine.travel(timezone.now() + datetime.timedelta(seconds=3)):
        assert nudge_due() == 1


@pytest.mark.django_db
def test_a_long_backlog_waits_in_the_table_not_in_redis(queue):
    Job.objects.bulk_create(Job(name="crashes.count", args=["a"]) for _ in range(30))
    queue.count = nudging.QUEUE_LENGTH - 10
    assert nudge_due() == 10
    queue.count = nudging.QUEUE_LENGTH + 100
    assert nudge_due() == 0


@pytest.mark.django_db
def test_a_queue_that_breaks_in_the_middle_leaves_the_rest_to_tell(queue, monkeypatch):
    Job.objects.bulk_create(Job(name="crashes.count", args=["a"]) for _ in range(3))

    def tell_one(task, job_pk):
        if queue.told:
            raise RedisDown
        queue.told.append(job_pk)
        return job_pk

    monkeypatch.setattr(queue, "tell_worker", tell_one)
    assert nudge_due() == 1
    assert Job.objects.filter(nudged_at=None).count() == 2


@pytest.mark.django_db(transaction=True)
def test_the_queue_runs_the_job_it_was_told_about():
    job = Job.objects.create(name="crashes.count_whole", args=["effect:told"])
    nudging.run_posted.call(job.pk)
    job.refresh_from_db()
    assert job.state == JobState.DONE


@pytest.mark.django_db(transaction=True)
def test_what_somebody_waits_for_does_not_queue_behind_what_the_queue_was_told_before(queue):
    """Whoever hears of a job runs the first of the table, then that one: nothing told is left undone."""
    bulk = [count().pk for _ in range(3)]
    awaited = count(awaited=True).pk
    assert queue.told == [*bulk, awaited]
    done = []
    for pk in queue.told:
        hear_of.call(pk)
        done.append(sorted(Job.objects.filter(state=JobState.DONE).values_list("pk", flat=True)))
    assert done[0] == [bulk[0], awaited]
    assert done[-1] == [*bulk, awaited]


@pytest.mark.django_db(transaction=True)
def test_without_a_queue_nobody_is_told(settings, monkeypatch):
    settings.REDIS_URL = ""
    monkeypatch.setattr(nudging, "run_posted", None)
    assert count().nudged_at is None
