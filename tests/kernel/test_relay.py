import pytest
from django.db import OperationalError

from lms.kernel import health, relay
from lms.kernel.jobs import post
from lms.kernel.models import Job, JobState, Tick
from lms.kernel.relay import Relay
from tests.kernel.crashes import tasks  # noqa: F401  (a task to post)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_sleep(monkeypatch):
    monkeypatch.setattr(relay.time, "sleep", lambda seconds: None)


def test_a_turn_runs_one_job_and_says_there_may_be_more():
    turning = Relay()
    turning.turn()
    Job.objects.all().delete()
    for name in ("a", "b"):
        post("crashes.count_whole", name)
    assert [turning.turn() for _ in range(3)] == [True, True, False]


def test_the_house_is_kept_once_a_second_and_the_heart_beats_every_ten(monkeypatch):
    seen = []
    monkeypatch.setattr(relay, "post_ticks", lambda: seen.append("clock"))
    monkeypatch.setattr(relay.journal, "seal_pending", lambda: seen.append("seal"))
    monkeypatch.setattr(relay.health, "beat", lambda: seen.append("beat"))
    now = {"at": 0.0}
    monkeypatch.setattr(relay.time, "monotonic", lambda: now["at"])
    turning = Relay()
    for quarter in range(4 * 11):
        now["at"] = 100 + quarter / 4
        turning.turn()
    assert (seen.count("clock"), seen.count("seal"), seen.count("beat")) == (11, 11, 2)


def test_with_a_queue_jobs_are_told_and_not_run_here(settings, monkeypatch):
    settings.REDIS_URL = "unix:///nowhere"
    told = []
    monkeypatch.setattr(relay, "nudge_due", lambda: told.append(True))
    job = Job.objects.create(name="crashes.count", args=["a"])
    assert Relay().turn() is False
    job.refresh_from_db()
    assert (told, job.state) == ([True], JobState.READY)


@pytest.mark.django_db(transaction=True)
def test_a_failing_turn_is_logged_without_its_words_and_the_next_one_goes_on(monkeypatch, caplog):
    turning, outcomes = Relay(), [OperationalError("zoe@example.org"), None]

    def turn():
        if error := outcomes.pop(0):
            raise error
        turning.leave()
        return False

    monkeypatch.setattr(turning, "turn", turn)
    turning.run()
    assert outcomes == []
    assert "OperationalError" in caplog.text
    assert "zoe" not in caplog.text


def test_the_first_turn_beats():
    Relay().turn()
    assert Tick.objects.filter(name=health.HEARTBEAT).exists()
