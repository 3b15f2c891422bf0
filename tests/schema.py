"""The migrated tables: made once for every process and every run, then copied into the database of each.

The original is kept beside the databases of the tests (SQLite: in TEST_DIR), under a name made from all migrations.
"""

import contextlib
import fcntl
import hashlib
import shutil
import sqlite3
import time
from pathlib import Path

from django.apps import apps
from django.core.management import call_command
from django.db import connection

PATIENCE = 20  # seconds a copy waits for who still writes
FORGOTTEN = 24 * 3600  # seconds an original is kept without being used
LOCK = 1_946_207  # any number nobody else locks


def copy_to_the_tests() -> None:
    """A new database for the tests of this process, as the migrations leave it."""
    with _original() as original:
        if not original.exists():
            original.begin_draft()
            with _opened_as(original.draft):
                call_command("migrate", verbosity=0, run_syncdb=True)
            original.keep_draft()
        with _opened_as(original.name):  # rights and kinds of contents follow the models
            call_command("migrate", verbosity=0, run_syncdb=True)
        original.copy_to(connection.creation._get_test_db_name())


def put_back() -> None:
    """What a test committed is gone, what the migrations wrote is there."""
    with _original() as original:
        original.put_back()


def _original():
    name = f"parcours_schema_{_migrations()}"
    return _sqlite(name) if connection.vendor == "sqlite" else _postgresql(name)


def _migrations() -> str:
    digest = hashlib.sha256()
    for app in sorted(apps.get_app_configs(), key=lambda app: app.name):
        for path in sorted(Path(app.path).glob("migrations/*.py")):
            digest.update(f"{app.name} {path.name}\n".encode() + path.read_bytes())
    return digest.hexdigest()[:16]


@contextlib.contextmanager
def _opened_as(name):
    before = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = str(name)
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = before


@contextlib.contextmanager
def _sqlite(name):
    folder = Path(connection.creation._get_test_db_name()).parent
    with (folder / "parcours_schema.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield SQLite(folder / f"{name}.sqlite3")


class SQLite:
    def __init__(self, name: Path):
        self.name = name
        self.draft = name.with_suffix(".draft")

    def exists(self):
        return self.name.exists()

    def begin_draft(self):
        _remove(self.draft)

    def keep_draft(self):
        self.draft.rename(self.name)
        for other in self.name.parent.glob("parcours_schema_*.sqlite3"):
            if other.stat().st_mtime < time.time() - FORGOTTEN:
                _remove(other)

    def copy_to(self, tests):
        self.name.touch()
        _remove(Path(tests))
        shutil.copyfile(self.name, tests)

    def put_back(self):
        """In place: the connections of other threads see it."""
        until = time.monotonic() + PATIENCE

        def wait(status, *_):
            if status not in (sqlite3.SQLITE_OK, sqlite3.SQLITE_DONE) and time.monotonic() > until:
                raise TimeoutError("somebody still writes in the database of the tests")

        connection.ensure_connection()
        with contextlib.closing(sqlite3.connect(self.name)) as original:
            original.backup(connection.connection, progress=wait, sleep=0.01)


def _remove(file: Path):
    for suffix in ("", "-wal", "-shm"):
        file.with_name(file.name + suffix).unlink(missing_ok=True)


@contextlib.contextmanager
def _postgresql(name):
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        yield PostgreSQL(name, cursor)


class PostgreSQL:
    def __init__(self, name, cursor):
        self.name = name
        self.draft = f"{name}_draft"
        self.cursor = cursor

    def exists(self):
        self.cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [self.name])
        return self.cursor.fetchone() is not None

    def begin_draft(self):
        self._create(self.draft)

    def keep_draft(self):
        self.cursor.execute(f'ALTER DATABASE "{self.draft}" RENAME TO "{self.name}"')

    def copy_to(self, tests):
        self._create(tests, f'TEMPLATE "{self.name}"')

    def put_back(self):
        tests = connection.settings_dict["NAME"]
        connection.close()
        self.copy_to(tests)

    def _create(self, name, like="TEMPLATE template0"):
        self.cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        self.cursor.execute(f'CREATE DATABASE "{name}" {like}')
