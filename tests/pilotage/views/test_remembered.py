"""What is remembered between two pages only saves time: without it, or with Redis dead, the figures are the same."""

from datetime import timedelta

import pytest

from lms.organisations.queries import today
from lms.pilotage.actions import fold, recount
from lms.pilotage.documents.figures import since, state_of_lines
from tests.accounts.factories import PersonFactory
from tests.permissions.matrix import signed_in

pytestmark = pytest.mark.django_db
MONTH = timedelta(days=31)
LOCAL = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
NONE = {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}
DEAD = {
    "BACKEND": "lms.kernel.shared_cache.SharedCache",
    "LOCATION": "redis://127.0.0.1:1/0",
    "OPTIONS": {"socket_connect_timeout": 0.1, "socket_timeout": 0.1},
}


def lately(here):
    return told(here, here.pilot)


def told(here, reader):
    return since(reader, here.campagne, today() - MONTH, state=state_of_lines())


@pytest.mark.parametrize("cache", [LOCAL, NONE, DEAD], ids=["local", "none", "dead redis"])
def test_the_board_says_the_same_whatever_remembers(here, ledger, settings, cache):
    settings.CACHES = {"default": cache}
    before = lately(here)
    assert before["habilites"] == 2
    assert lately(here) == before
    newcomer = PersonFactory()
    ledger.gives(newcomer, "habilites", here.world.structure, on=today(), origin="ici")
    recount([newcomer.pk])
    assert lately(here)["habilites"] == 3
    fold()
    assert lately(here)["habilites"] == 3
    page = signed_in(here.pilot).get("/pilotage/")
    assert page.status_code == 200
    assert "3 aidants formés et habilités" in page.content.decode().replace("\xa0", " ")
    assert "+ 3" in page.content.decode().replace("\xa0", " ")


def test_each_reader_is_told_of_their_own_places_only(here):
    assert lately(here)["habilites"] == 2
    assert told(here, here.territorial)["habilites"] == 1
