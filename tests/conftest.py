"""What every test may rely on: empty caches, a template that forgets a variable fails, jobs run on request."""

import inspect
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.cache import caches
from django.db import connection
from django.template.base import Origin

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
    for frame in inspect.stack(context=0)[2:]:
        candidate = frame.frame.f_locals.get("self")
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


# --- A test with real commits empties the tables: what the migrations wrote is put back for the next one --------------


BLOCKER = []
MIGRATED = []  # kept apart from the connection: beside Playwright’s event loop this thread has another connection


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    BLOCKER[:] = [django_db_blocker]
    with django_db_blocker.unblock():
        MIGRATED[:] = [connection.creation.serialize_db_to_string()]


def commits(item):
    marker = item.get_closest_marker("django_db")
    declared = marker is not None and marker.kwargs.get("transaction")
    return declared or bool({"transactional_db", "live_server"} & set(item.fixturenames))


def pytest_collection_modifyitems(items):
    for item in items:
        if commits(item):
            item.fixturenames.append("django_db_serialized_rollback")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item, nextitem):
    if commits(item) and MIGRATED:
        connection._test_serialized_contents = MIGRATED[0]
        with BLOCKER[0].unblock():
            ContentType.objects.get_for_models(*apps.get_models())  # remembered, so that none is made while put back
    result = yield
    kept = nextitem is not None or item.config.getvalue("reuse_db")  # after the last test the database is dropped
    if commits(item) and kept:
        with BLOCKER[0].unblock():
            connection.creation.deserialize_db_from_string(MIGRATED[0])
    return result
