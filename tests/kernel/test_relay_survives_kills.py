"""kill -9 of everything that runs jobs, at any point: each effect once, what is broken is shown dead."""

import os
import random
import time

import pytest
from django.db import transaction

from lms.kernel import counters, journal
from lms.kernel.jobs import post
from lms.kernel.mail import post_mail
from lms.kernel.models import Counter, Job, JobState, JournalEntry, MailState, OutgoingMail
from tests.kernel.crashes import tasks  # noqa: F401  (the tasks these tests post)
from tests.kernel.processes import RQ_WORKER, processes, wait_until
from tests.kernel.smtp import mail_server

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.long]

KILLS = 5


@pytest.fixture
def start(tmp_path):
    with processes(tmp_path / "log") as start:
        yield start


@pytest.fixture
def redis_url():
    """The Redis of this run, emptied; each process of a parallel run has a database of its own."""
    import redis

    number = os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")
    url = f"{os.environ['REDIS_TEST_URL']}?db={number}"
    with redis.Redis.from_url(url) as client:
        client.flushdb()
        yield url
        client.flushdb()


def post_sixty():
    """The names whose counter must end at one."""
    once = [f"effect:{number}" for number in range(54)]
    for number, name in enumerate(once):
        key = name if number % 5 == 0 else None
        for _ in range(2 if key else 1):
            post("crashes.count_whole" if number % 3 == 0 else "crashes.count", name, key=key)
    for number in range(5):
        post("crashes.fail", f"effect:broken:{number}")
    with transaction.atomic():
        post("crashes.count", "effect:rolled back")
        transaction.set_rollback(True)
    return once


def ours(*states):
    return Job.objects.filter(name__startswith="crashes.", state__in=states or JobState.values)


def all_settled():
    return not ours(JobState.READY, JobState.RUNNING).exists()


def kill_at_random_points(start_all):
    """Start everything, let it get on, kill it; several times; then leave it running."""
    for _ in range(KILLS):
        running, done = start_all(), ours(JobState.DONE).count()
        wait_until(lambda done=done: all_settled() or ours(JobState.DONE).count() > done)
        time.sleep(random.uniform(0, 0.3))
        for process in running:
            process.kill()
    return start_all()


def assert_each_effect_happened_once(once):
    given = dict(Counter.objects.filter(name__startswith="effect:").values_list("name", "value"))
    assert given == dict.fromkeys(once, 1)
    assert ours(JobState.DONE).count() == len(once)
    assert set(ours(JobState.DEAD).values_list("name", "attempts")) == {("crashes.fail", 2)}
    assert ours(JobState.DEAD).count() == 5


def test_sixty_jobs_run_by_an_embedded_relay_killed_again_and_again(start):
    once = post_sixty()
    kill_at_random_points(lambda: [start("relay")])
    wait_until(all_settled)
    assert_each_effect_happened_once(once)


@pytest.mark.redis
def test_sixty_jobs_nudged_to_a_worker_killed_again_and_again_with_its_relay(start, redis_url):
    once = post_sixty()
    kill_at_random_points(
        lambda: [start("relay", REDIS_URL=redis_url), start(*RQ_WORKER, REDIS_URL=redis_url)],
    )
    wait_until(all_settled)
    assert_each_effect_happened_once(once)


@pytest.mark.redis
def test_what_redis_forgot_is_told_again(start, redis_url):
    import redis

    post("crashes.count", "effect:0")
    relay = start("relay", REDIS_URL=redis_url)
    wait_until(lambda: Job.objects.filter(name="crashes.count").exclude(nudged_at=None).exists())
    relay.kill()
    with redis.Redis.from_url(redis_url) as client:
        assert client.llen("rq:queue:default") >= 1
        client.flushdb()
    Job.objects.update(nudged_at=None)
    start("relay", REDIS_URL=redis_url)
    start(*RQ_WORKER, REDIS_URL=redis_url)
    wait_until(all_settled)
    assert counters.value("effect:0") == 1


def test_a_relay_asked_to_leave_finishes_the_job_in_hand_and_leaves_the_next(start):
    post("crashes.linger", "effect:in hand", 15)
    post("crashes.count", "effect:next")
    relay = start("relay")
    wait_until(lambda: ours(JobState.RUNNING).exists())
    assert relay.terminate() == 0
    assert (counters.value("effect:in hand"), counters.value("effect:next")) == (1, 0)


def test_two_relays_share_the_work_without_doing_it_twice(start):
    once = post_sixty()
    for _ in range(2):
        start("relay")
    wait_until(all_settled)
    assert_each_effect_happened_once(once)


def test_a_relay_beats_rings_and_seals(start):
    journal.record("kernel.test", Counter.objects.create(name="any"))
    start("relay")
    wait_until(lambda: not JournalEntry.objects.waiting_for_seal().exists())
    wait_until(lambda: Job.objects.filter(name="kernel.purge", state=JobState.DONE).exists())
    assert journal.verify().fault == ""


def test_a_mail_server_that_accepts_just_before_the_kill_gets_the_same_message_id_again(start):
    row = post_mail(to="zoe@example.org", subject="Étape", body="Bonjour.", reason="Vous suivez un parcours.")
    with mail_server() as server:
        relay = start("relay", CRASHES_SMTP_PORT=str(server.server_address[1]))
        server.on_acceptance = relay.kill
        wait_until(lambda: server.messages)
        server.on_acceptance = None
        assert OutgoingMail.objects.get().state == MailState.WAITING
        start("relay", CRASHES_SMTP_PORT=str(server.server_address[1]))
        wait_until(lambda: OutgoingMail.objects.get().state == MailState.SENT)
    assert [message["Message-ID"] for message in server.messages] == [row.message_id] * 2
    assert OutgoingMail.objects.get().body == ""
