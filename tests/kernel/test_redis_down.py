"""Redis absent, stuck, then back: requests cost what they cost without it, and the backlog drains."""

import shutil
import socket
import subprocess
from contextlib import contextmanager

import pytest

from lms.kernel.models import Counter, Job, JobState
from tests.kernel.crashes import tasks  # noqa: F401  (the tasks these tests post)
from tests.kernel.processes import RQ_WORKER, processes, wait_until

pytestmark = [pytest.mark.redis, pytest.mark.django_db(transaction=True), pytest.mark.long]

POSTER = """
import time
from django.db import transaction
from lms.kernel.jobs import post

def one(name):
    start = time.perf_counter()
    with transaction.atomic():
        post("crashes.count", name)
    return time.perf_counter() - start

first = one("effect:0")
rest = sorted(one(f"effect:{number}") for number in range(1, 20))
assert first < 1, first
assert rest[len(rest) // 2] < 0.05, rest
"""

LIBRARY = """
from django.core.files.storage import storages
from wagtail.tasks import delete_file_from_storage_task
delete_file_from_storage_task.enqueue(storages["default"].deconstruct(), "images/nobody.png")
"""


@pytest.fixture
def start(tmp_path):
    with processes(tmp_path / "log") as start:
        yield start


@contextmanager
def redis_at(path):
    server = subprocess.Popen(
        [shutil.which("redis-server"), "--port", "0", "--unixsocket", str(path), "--save", ""],
        stdout=subprocess.DEVNULL,
    )
    try:
        wait_until(path.exists)
        yield f"unix://{path}"
    finally:
        server.terminate()
        server.wait(timeout=10)


def post_twenty(start, redis_url):
    assert start("shell", "--verbosity", "0", "-c", POSTER, REDIS_URL=redis_url).started.wait(timeout=60) == 0
    assert Job.objects.filter(name="crashes.count", state=JobState.READY).count() == 20


def test_without_redis_posting_costs_nothing_and_the_backlog_drains_when_it_is_back(start, tmp_path):
    path = tmp_path / "redis.sock"
    post_twenty(start, f"unix://{path}")
    relay = start("relay", REDIS_URL=f"unix://{path}")
    Job.objects.update(nudged_at=None)  # as if the minute before telling again had passed
    with redis_at(path) as url:
        start(*RQ_WORKER, REDIS_URL=url)
        wait_until(lambda: not Job.objects.filter(name="crashes.count").exclude(state=JobState.DONE).exists())
        assert relay.terminate() == 0
    effects = Counter.objects.filter(name__startswith="effect:").values_list("value", flat=True)
    assert list(effects) == [1] * 20


def test_without_redis_a_library_s_task_is_kept_and_run_when_it_is_back(start, tmp_path):
    path = tmp_path / "redis.sock"
    assert start("shell", "--verbosity", "0", "-c", LIBRARY, REDIS_URL=f"unix://{path}").started.wait(timeout=60) == 0
    kept = Job.objects.filter(name="kernel.run_library_task")
    assert kept.exists()
    kept.update(nudged_at=None)
    with redis_at(path) as url:
        start("relay", REDIS_URL=url)
        start(*RQ_WORKER, REDIS_URL=url)
        wait_until(lambda: not kept.exclude(state=JobState.DONE).exists())


def test_a_redis_that_accepts_and_never_answers_is_not_waited_for(start, tmp_path):
    path = tmp_path / "stuck.sock"
    with socket.socket(socket.AF_UNIX) as stuck:
        stuck.bind(str(path))
        stuck.listen(100)
        post_twenty(start, f"unix://{path}")
