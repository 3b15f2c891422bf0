"""Whether this instance can serve: said part by part, in codes, without any secret."""

import time
import uuid

import django_rq
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from lms.kernel.models.job import Tick

HEARTBEAT = "relay"
HEARTBEAT_SECONDS = 10
STALE_SECONDS = 120
REMEMBERED_SECONDS = 5

_remembered: tuple[float, dict] = (0.0, {})
_migrated = False


def checks() -> dict:
    """What was found less than a few seconds ago is not looked for again: this page is open to anyone."""
    global _remembered
    known_at, found = _remembered
    if not found or time.monotonic() - known_at > REMEMBERED_SECONDS:
        found = {name: _outcome(check) for name, check in _CHECKS.items() if name != "redis" or settings.REDIS_URL}
        _remembered = (time.monotonic(), found)
    return found


def forget() -> None:
    global _remembered, _migrated
    _remembered, _migrated = (0.0, {}), False


def beat() -> None:
    Tick.objects.update_or_create(name=HEARTBEAT, defaults={"at": timezone.now()})


def _outcome(check) -> dict:
    try:
        return {"ok": True} | (check() or {})
    except Exception as error:
        return {"ok": False, "error": type(error).__name__}


def _database():
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def _migrations():
    global _migrated
    if not _migrated:
        executor = MigrationExecutor(connection)
        missing = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
        _migrated = not missing
        return {"ok": _migrated, "missing": missing}
    return None


def _relay():
    tick = Tick.objects.filter(name=HEARTBEAT).first()
    if tick is None:
        return {"ok": False, "seconds": None}
    seconds = int((timezone.now() - tick.at).total_seconds())
    return {"ok": seconds <= STALE_SECONDS, "seconds": seconds}


def _storage():
    for alias in ("default", "papers"):
        storage = storages[alias]
        name = storage.save(f"health/{uuid.uuid4()}", ContentFile(b"ready"))
        storage.delete(name)


def _redis():
    django_rq.get_queue("default").connection.ping()


_CHECKS = {"database": _database, "migrations": _migrations, "relay": _relay, "storage": _storage, "redis": _redis}
