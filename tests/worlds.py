"""What many tests stand on: written once by each process, in a transaction that holds theirs.

    workshop = made_once(Workshop)

    def test_something(workshop): ...

Each test gets a copy, of its media too, and all that it writes is undone. The tests of one world follow each other; the
others find the tables as the migrations leave them.
"""

import shutil
from contextlib import ExitStack, contextmanager, suppress
from copy import deepcopy
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from django.conf import settings
from django.db import transaction
from django.test import override_settings


def made_once(make):
    def world(db, _private_files):
        return STAGE.copy_of(make)

    world.make = make
    return pytest.fixture(world)


def world_of(item):
    """What makes the world of a test, if any."""
    known = item._fixtureinfo.name2fixturedefs if hasattr(item, "_fixtureinfo") else {}
    made = (getattr(one.func, "make", None) for name in sorted(known) for one in known[name])
    return next(filter(None, made), None)


def is_rolled_back(item) -> bool:
    marker = item.get_closest_marker("django_db")
    committing = {"transactional_db", "live_server"} & set(item.fixturenames)
    return not committing and not (marker and marker.kwargs.get("transaction"))


@contextmanager
def undone():
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


class Stage:
    """The world that stands now: one at a time."""

    def __init__(self):
        self.make = self.world = self.files = None
        self.standing = ExitStack()

    def set_for(self, item):
        make = world_of(item) if is_rolled_back(item) else None
        if make is not self.make:
            self.clear()
        if make and not self.make:
            with suppress(Exception):  # it fails again where it is told, in the fixture of the test
                self._set(make)

    def _set(self, make):
        with ExitStack() as standing:
            files = Path(standing.enter_context(TemporaryDirectory(prefix="world-")))
            standing.enter_context(undone())
            with override_settings(MEDIA_ROOT=files):
                self.world = make()
            self.make, self.files, self.standing = make, files, standing.pop_all()

    def clear(self):
        self.make = self.world = self.files = None
        self.standing.close()

    def copy_of(self, make):
        if make is not self.make:
            return make()
        shutil.copytree(self.files, settings.MEDIA_ROOT, dirs_exist_ok=True)
        return deepcopy(self.world)


STAGE = Stage()
