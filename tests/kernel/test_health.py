import datetime
import json
import os
from types import SimpleNamespace

import pytest
import redis
from django.core.files.storage import storages
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from lms.kernel import health
from lms.kernel.models import Tick

SECRETS = ("postgres://", "unix://", "password", "/tmp", "/var", "Traceback")


@pytest.fixture
def in_service(db):
    health.beat()


def ready(client):
    response = client.get("/health/ready")
    found = response.json()
    assert found["ready"] == (response.status_code == 200) == all(check["ok"] for check in found["checks"].values())
    assert not [word for word in SECRETS if word in response.content.decode()]
    return response.status_code, found["checks"]


def test_live_answers_without_the_database(client):
    response = client.get("/health/live")
    assert (response.status_code, response.json()) == (200, {"live": True})
    assert "no-cache" in response["Cache-Control"]


def test_ready_says_part_by_part_what_it_found(client, in_service):
    status, checks = ready(client)
    assert status == 200
    assert set(checks) == {"database", "migrations", "relay", "storage"}


@pytest.mark.parametrize("path", ["/health/live", "/health/ready"])
def test_nothing_is_written_by_asking(client, in_service, path):
    assert client.post(path).status_code == 405


@pytest.mark.django_db
def test_an_instance_without_relay_is_not_ready(client):
    status, checks = ready(client)
    assert (status, checks["relay"]) == (503, {"ok": False, "seconds": None})


@pytest.mark.django_db
def test_a_relay_that_stopped_beating_makes_the_instance_not_ready(client):
    Tick.objects.create(name=health.HEARTBEAT, at=timezone.now() - datetime.timedelta(seconds=121))
    status, checks = ready(client)
    assert (status, checks["relay"]["ok"]) == (503, False)
    assert checks["relay"]["seconds"] >= 121


def test_a_database_that_does_not_answer_is_named_without_its_words(client, in_service, monkeypatch):
    class Down:
        def cursor(self):
            raise OperationalError('connection to "postgres://secret" failed')

    monkeypatch.setattr(health, "connection", Down())
    status, checks = ready(client)
    assert (status, checks["database"]) == (503, {"ok": False, "error": "OperationalError"})


def test_a_migration_not_applied_makes_the_instance_not_ready(client, in_service):
    recorder = MigrationRecorder(connection)
    recorder.record_unapplied("kernel", max(name for app, name in recorder.applied_migrations() if app == "kernel"))
    status, checks = ready(client)
    assert (status, checks["migrations"]["ok"]) == (503, False)
    assert checks["migrations"]["missing"] >= 1


@pytest.mark.parametrize("alias", ["default", "papers"])
def test_a_storage_that_cannot_be_written_makes_the_instance_not_ready(client, in_service, monkeypatch, alias):
    def full(name, content):
        raise OSError(28, "No space left on device", "/var/lib/secret")

    monkeypatch.setattr(storages[alias], "save", full)
    status, checks = ready(client)
    assert (status, checks["storage"]) == (503, {"ok": False, "error": "OSError"})


def test_looking_leaves_nothing_in_the_storages(client, in_service, settings):
    ready(client)
    assert not [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()]


def test_what_was_just_found_is_not_looked_for_again(client, in_service, django_assert_num_queries):
    ready(client)
    with django_assert_num_queries(0):
        ready(client)


def test_where_there_is_a_queue_it_must_answer(client, in_service, settings, monkeypatch):
    settings.REDIS_URL = "unix:///nowhere/redis.sock"
    down = SimpleNamespace(connection=redis.Redis.from_url(settings.REDIS_URL))
    monkeypatch.setattr(health.django_rq, "get_queue", lambda name: down)
    status, checks = ready(client)
    assert (status, checks["redis"]) == (503, {"ok": False, "error": "ConnectionError"})


@pytest.mark.redis
def test_a_queue_that_answers_is_ready(client, in_service, settings, monkeypatch):
    settings.REDIS_URL = os.environ["REDIS_TEST_URL"]
    with redis.Redis.from_url(settings.REDIS_URL) as up:
        monkeypatch.setattr(health.django_rq, "get_queue", lambda name: SimpleNamespace(connection=up))
        status, checks = ready(client)
    assert (status, checks["redis"]) == (200, {"ok": True})


def test_the_answer_is_plain_json(client, in_service):
    assert json.loads(client.get("/health/ready").content)["checks"]["database"] == {"ok": True}
