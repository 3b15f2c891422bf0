"""A pilot opens the figure, the list behind, the person; a hub coordinator reads structures of her région only."""

import datetime

import pytest
from django.conf import settings
from playwright.sync_api import expect

from lms.organisations.actions import load_reference
from lms.organisations.models import Organisation, Region, Role, WaveRegion
from lms.pilotage.actions import fold
from tests.browser.following import narrow_enough
from tests.certification.habilitation.factories import HabilitationFactory, known
from tests.organisations.factories import CampagneFactory, OrganisationFactory, WaveFactory
from tests.organisations.situations import World
from tests.permissions.matrix import signed_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
DAY = datetime.date(2026, 9, 14)
WHOLE = {"eligibility": DAY, "training": DAY + datetime.timedelta(days=20), "pix": DAY + datetime.timedelta(days=50)}


@pytest.fixture
def world():
    """Seven people in Bretagne and in Mayotte; four of them are habilitated."""
    load_reference()
    found = World()
    campagne = CampagneFactory(name="Campagne en cours", objective=20_000)
    wave = WaveFactory(campagne=campagne, number=1)
    for region in Region.objects.exclude(pk="06"):
        WaveRegion.objects.create(wave=wave, region=region)
    for rank, structure in enumerate((found.structure, found.far, found.structure, found.far, found.structure)):
        HabilitationFactory(organisation=structure, facts=WHOLE if rank else {"eligibility": DAY})
    nowhere = OrganisationFactory(name="Association sans lieu connu", departement=None)
    Organisation.objects.filter(pk=nowhere.pk).update(departement=None)
    known(HabilitationFactory(organisation=nowhere), "registration", DAY)
    fold()
    return found


def arrives(page, person, live_server, path="/pilotage/"):
    session = signed_in(person).session.session_key
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])
    page.goto(path)


COVERED = """() => [...document.querySelectorAll(".ui-table tbody a")].reverse().filter((one) => {
  one.focus();
  const box = one.getBoundingClientRect();
  return !one.contains(document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2));
}).map((one) => one.outerHTML)"""
"""The links of a table that something hides when the keyboard comes back to them."""


@pytest.fixture
def looks_right(violations):
    def look(page):
        assert violations(page) == []
        assert narrow_enough(page)
        assert page.faults == []

    return look


@pytest.mark.parametrize("width", [320, 1280])
def test_the_pilot_opens_the_figure_then_the_list_then_the_person(open_page, live_server, world, looks_right, width):
    page = open_page(width=width)
    arrives(page, world.people[Role.PILOT], live_server)
    expect(page.get_by_role("heading", level=1)).to_have_text("Où en sommes-nous des 20\u00a0000\u00a0?")
    expect(page.get_by_role("link", name="Catalogue", exact=True)).to_be_visible()
    looks_right(page)
    page.get_by_role("link", name="4", exact=True).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Habilités (4)")
    looks_right(page)
    page.locator("tbody th a").first.click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.evaluate("document.querySelector('h1').textContent = 'Rakotomalala-Andrianampoinimerina'.repeat(2)")
    assert narrow_enough(page)
    page.go_back()
    page.goto("/pilotage/repartition/region/")
    looks_right(page)
    assert page.evaluate(COVERED) == []
    page.goto("/pilotage/indicateurs/")
    looks_right(page)


@pytest.mark.parametrize("width", [320, 1280])
def test_a_hub_coordinator_reads_structures_and_nothing_of_the_next_region(
    open_page, live_server, world, looks_right, width
):
    page = open_page(width=width)
    arrives(page, world.people[Role.TERRITORIAL_PILOT], live_server)
    looks_right(page)
    page.get_by_role("link", name="2", exact=True).first.click()
    expect(page.get_by_role("rowheader")).to_contain_text("Mairie de Dol")
    looks_right(page)
    page.goto("/pilotage/indicateurs/personnes-habilitees/liste/?region=06")
    expect(page.get_by_text("Rien ne correspond")).to_be_visible()
    looks_right(page)


def test_the_board_is_read_without_any_script(open_page, live_server, world):
    page = open_page(java_script_enabled=False)
    arrives(page, world.people[Role.PILOT], live_server)
    page.locator("summary", has_text="Les régions en tableau").click()
    expect(page.get_by_role("rowheader", name="Bretagne")).to_be_visible()
