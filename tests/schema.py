"""The migrated tables: made once for every process and every run, then copied into the database of each.

The original is kept beside the databases of the tests (SQLite: in TEST_DIR), under a name made from all migrations. The
next one begins where the last one stopped, when migrations were only added. `python -m tests.schema` makes it
beforehand.
"""

import contextlib
import fcntl
import hashlib
import shutil
import sqlite3
import time
from functools import cache
from pathlib import Path

import django
from django.apps import apps
from django.core.management import call_command
from django.db import connection

PATIENCE = 20  # seconds a copy waits for who still writes
FORGOTTEN = 24 * 3600  # seconds an original is kept without being used
LOCK = 1_946_207  # any number nobody else locks


def copy_to_the_tests() -> None:
    """A new database for the tests of this process, as the migrations leave it."""
    with _original() as original:
        _make(original)
        with _opened_as(original.name):  # rights and kinds of contents follow the models
            call_command("migrate", verbosity=0, run_syncdb=True)
        original.copy_to(connection.creation._get_test_db_name())


def make() -> None:
    with _original() as original:
        _make(original)


def _make(original):
    if not original.exists():
        original.begin_draft(like=_ancestor(original.others()))
        with _opened_as(original.draft):
            call_command("migrate", verbosity=0, run_syncdb=True)
        original.keep_draft("\n".join(_migrations()))


def put_back() -> None:
    """What a test committed is gone, what the migrations wrote is there."""
    with _original() as original:
        original.put_back()


def _original():
    name = "parcours_schema_" + hashlib.sha256("\n".join(_migrations()).encode()).hexdigest()[:16]
    return _sqlite(name) if connection.vendor == "sqlite" else _postgresql(name)


@cache
def _migrations() -> list[str]:
    """One line for each, with its content."""
    files = {app.label: sorted(Path(app.path).glob("migrations/*.py")) for app in apps.get_app_configs()}
    return [
        f"{label}.{path.stem} {hashlib.sha256(path.read_bytes()).hexdigest()[:16]}"
        for label, paths in sorted(files.items())
        for path in paths
    ]


def _ancestor(others: dict[str, str]) -> str | None:
    """The one that lacks least, among those that hold no migration unknown here."""
    held = {name: set(said.splitlines()) for name, said in others.items() if said}
    fit = [name for name, lines in held.items() if lines <= set(_migrations())]
    return max(fit, key=lambda name: len(held[name]), default=None)


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

    def others(self):
        lists = self.name.parent.glob("parcours_schema_*.list")
        return {str(path.with_suffix(".sqlite3")): path.read_text() for path in lists}

    def begin_draft(self, like):
        _remove(self.draft)
        if like:
            shutil.copyfile(like, self.draft)

    def keep_draft(self, migrations):
        self.draft.rename(self.name)
        self.name.with_suffix(".list").write_text(migrations)
        for other in self.name.parent.glob("parcours_schema_*.sqlite3"):
            if other.stat().st_mtime < time.time() - FORGOTTEN:
                other.with_suffix(".list").unlink(missing_ok=True)
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

    def others(self):
        said = "SELECT datname, shobj_description(oid, 'pg_database') FROM pg_database"
        self.cursor.execute(f"{said} WHERE datname LIKE 'parcours_schema_%'")
        return dict(self.cursor.fetchall())

    def begin_draft(self, like):
        self._create(self.draft, like or "template0")

    def keep_draft(self, migrations):
        self.cursor.execute(f'ALTER DATABASE "{self.draft}" RENAME TO "{self.name}"')
        self.cursor.execute(f'COMMENT ON DATABASE "{self.name}" IS %s', [migrations])

    def copy_to(self, tests):
        self._create(tests, self.name)

    def put_back(self):
        tests = connection.settings_dict["NAME"]
        connection.close()
        self.copy_to(tests)

    def _create(self, name, like):
        self.cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        self.cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{like}"')


if __name__ == "__main__":
    django.setup()
    make()
