"""What every test may rely on: empty caches, a template that forgets a variable fails, jobs run on request."""

import gc
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import caches
from django.db import connection
from django.template.base import Origin
from django.test import TransactionTestCase

from tests import schema, worlds

OUR_TEMPLATES = Path(settings.BASE_DIR) / "templates"


class UnknownVariable(str):
    """Stands for `string_if_invalid`: fails for our templates, stays silent for those of the libraries."""

    def __contains__(self, key):
        return key == "%s"

    def __mod__(self, variable):
        origin = _template_origin()
        if origin and OUR_TEMPLATES in Path(origin).parents:
            pytest.fail(f"unknown variable {variable!s} in {origin}")
        return ""


def _template_origin():
    frame = sys._getframe(1)
    while frame := frame.f_back:
        candidate = frame.f_locals.get("self")
        for holder in (candidate, getattr(candidate, "template", None)):
            origin = getattr(holder, "origin", None)
            if isinstance(origin, Origin):
                return origin.name
    return None


@pytest.fixture(autouse=True)
def _strict_templates(monkeypatch):
    from django.template import engines

    monkeypatch.setattr(engines["django"].engine, "string_if_invalid", UnknownVariable(""))


@pytest.fixture(autouse=True)
def empty_caches():
    """Empties them, and is called again by a test that stands for several."""
    _empty_caches()
    return _empty_caches


def _empty_caches():
    from lms.kernel import health, rules
    from parcours.catalogue.models.edition import activity_of, outline_of

    outline_of.cache_clear()
    activity_of.cache_clear()
    rules.forget()
    health.forget()
    for cache in caches.all(initialized_only=True):
        cache.clear()


@pytest.fixture(scope="session")
def signing_key(tmp_path_factory):
    from lms.kernel.management.commands.make_signing_key import new_key

    path = tmp_path_factory.mktemp("keys") / "papers.p12"
    path.write_bytes(new_key())
    return path


@pytest.fixture(autouse=True)
def _private_files(tmp_path, settings, signing_key):
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.PAPER_SIGNING_KEY, settings.PAPER_SIGNING_PASSPHRASE = signing_key, ""
    options = {"location": str(tmp_path / "papers"), "base_url": None}
    settings.STORAGES = settings.STORAGES | {"papers": settings.STORAGES["papers"] | {"OPTIONS": options}}


@pytest.fixture
def run_jobs():
    """Runs, in this process, every job that is due, until none is left."""
    from lms.kernel.jobs import run_due

    return run_due


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection_modifyitems(items):
    """Who asks for the database is told apart: pytest-django forbids it to the others, which say the same beside each.

    In whatever order, those that take long come first: no core then waits for the other at the end. Then those that
    stand on a world, together.
    """
    for item in items:
        if item.get_closest_marker("django_db") or {"db", "django_db_setup"} & set(item.fixturenames):
            item.add_marker("database")
    yield
    items.sort(key=_place)


def _place(item):
    world = worlds.world_of(item)
    name = f"{world.__module__}.{world.__qualname__}" if world else ""
    return item.get_closest_marker("long") is None, world is None, name


@pytest.hookimpl(trylast=True)
def pytest_collection_finish():
    """What is imported stays: to look at it again and again takes a tenth of the time of the tests."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


# --- The database: a copy of the migrated tables, made again after each test with real commits ------------------------


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_blocker, django_db_keepdb, django_db_modify_db_settings):
    before = connection.settings_dict["NAME"]
    with django_db_blocker.unblock():
        schema.copy_to_the_tests()
        connection.settings_dict["NAME"] = connection.creation._get_test_db_name()
    yield
    with django_db_blocker.unblock():
        worlds.STAGE.clear()
    if not django_db_keepdb:
        with django_db_blocker.unblock():
            connection.creation.destroy_test_db(before, verbosity=0)


@pytest.fixture(autouse=True, scope="session")
def _tables_are_copied_rather_than_emptied():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda self: schema.put_back())
        yield


@pytest.hookimpl(wrapper=True)
def pytest_fixture_setup(fixturedef, request):
    """A test begins on its world; what is made for several tests, outside any transaction, begins on none.

    Pytest asks a conftest about its own folder only: what is made for the whole session is not seen here.
    """
    if fixturedef.argname == "_django_db_helper":
        _empty_caches()  # what follows is made of new rows, whose keys those of the last test had
        with request.getfixturevalue("django_db_blocker").unblock():
            worlds.STAGE.set_for(request.node)
    elif fixturedef.scope != "function" and "django_db_setup" in fixturedef.argnames:
        _empty_caches()
        with request.getfixturevalue("django_db_blocker").unblock():
            worlds.STAGE.clear()
    return (yield)
