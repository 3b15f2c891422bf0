"""Finding a parcours on a phone, without any script, and reading it; what axe refuses in these pages."""

import re

import pytest
from django.conf import settings
from django.core.management import call_command
from playwright.sync_api import expect

from parcours.catalogue.models import ParcoursPage
from parcours.learning import actions
from tests.accounts.factories import PersonFactory
from tests.browser.following import narrow_enough
from tests.catalogue.factories import root_page
from tests.organisations.factories import OrganisationFactory
from tests.parcours.learning.editions import next_edition
from tests.parcours.learning.factories import EnrolmentFactory
from tests.permissions.matrix import signed_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
HALF_DAY = "aidants-connect-en-ligne"


@pytest.fixture
def catalogue():
    root_page()
    OrganisationFactory(training=True, name="Formation Armor", assistance_contact="Inès Roux")
    call_command("load_catalogue", verbosity=0)
    return ParcoursPage.objects.get(slug=HALF_DAY)


@pytest.fixture
def looked_at(violations):
    """What axe refuses, what leaves the screen, what the console says, at each look."""
    faults = []

    def look(page, state):
        faults.extend(f"{state}: {one}" for one in violations(page))
        if not narrow_enough(page):
            faults.append(f"{state}: wider than the screen")
        faults.extend(f"{state}: {one}" for one in page.faults)
        page.faults.clear()

    yield look
    assert faults == []


def test_a_secretary_finds_her_parcours_on_a_phone_without_any_script(open_page, catalogue):
    page = open_page(width=320, java_script_enabled=False)
    page.goto("/catalogue/")
    page.get_by_label("Votre métier").select_option("secretaires-mairie")
    page.get_by_label("Que cherchez-vous").fill("mandats")
    page.get_by_text("Autres filtres et tri").click()
    page.get_by_label("Modalité").select_option("a-distance")
    page.get_by_role("button", name="Rechercher").click()
    expect(page).to_have_url(re.compile("metier=secretaires-mairie"))
    expect(page.get_by_role("heading", level=2).first).to_contain_text("trouvé")
    page.wait_for_load_state()
    assert page.get_by_role("heading", level=3).count() < ParcoursPage.objects.live().count()
    assert narrow_enough(page)
    page.get_by_role("link", name=re.compile("À distance.*retirer ce filtre")).click()
    expect(page).not_to_have_url(re.compile("modalite(?!=&)"))
    page.get_by_role("link", name="Aidants Connect : la demi-journée en ligne").click()
    expect(page.get_by_role("link", name="M’inscrire")).to_be_visible()
    page.get_by_role("link", name="Ce qui a changé").click()
    page.get_by_role("link", name="Voir la page telle qu’elle était").click()
    expect(page.get_by_text("Cette page est celle du passé")).to_be_visible()


@pytest.mark.parametrize("width", [320, 1280])
def test_axe_finds_nothing_in_the_public_pages(open_page, catalogue, looked_at, width):
    page = open_page(width=width)
    for path in (
        "/catalogue/",
        "/catalogue/?metier=secretaires-mairie&theme=aidants-connect&anciens=oui",
        "/catalogue/?q=boulangerie",
        catalogue.url,
        "/catalogue/aidants-connect-un-jour-et-demi/",
        f"{catalogue.url}historique/",
    ):
        assert page.goto(path).status == 200, path
        looked_at(page, f"{path} at {width}")


@pytest.mark.parametrize("width", [320, 1280])
def test_axe_finds_nothing_where_an_edition_is_handed_over(open_page, live_server, catalogue, looked_at, width):
    publisher = PersonFactory(staff=True)
    enrolment = EnrolmentFactory(edition=catalogue.current_edition, started=True)
    newer = next_edition(enrolment.edition, drop=[0], add=1)
    actions.preview_spread(newer, by=publisher)
    page = open_page(width=width)
    session = signed_in(publisher).cookies[settings.SESSION_COOKIE_NAME]
    page.context.add_cookies([{"name": session.key, "value": session.value, "url": live_server.url}])
    for path in ("/formation/editions/", f"/formation/editions/{newer.pk}/diffuser/", "/formation/couverture/"):
        assert page.goto(path).status == 200, path
        looked_at(page, f"{path} at {width}")
