"""Signing a half-day: with a code by keyboard on a narrow screen, and on a tablet whose network is cut."""

import json
from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone
from playwright.sync_api import expect

from parcours.classroom.models import HalfDay
from parcours.emargement.lifecycle import Way
from parcours.emargement.models import Signature
from tests.browser.following import narrow_enough, until
from tests.catalogue.factories import root_page
from tests.parcours.emargement.factories import lines, session_with_sheets, sheet_of, trainer_of
from tests.permissions.matrix import signed_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def session():
    """Its half-day is on at this very moment."""
    root_page()
    session = session_with_sheets(people=3, half_days=1)
    now = timezone.now()
    hours = {"starts_at": now - timedelta(minutes=20), "ends_at": now + timedelta(hours=3)}
    HalfDay.objects.filter(session=session).update(**hours)
    return session


@pytest.fixture
def looked_at(violations):
    """Looks at a page in its present state: what axe refuses, what leaves the screen, what the console says."""
    faults = []

    def look(page, state):
        faults.extend(f"{state}: {one}" for one in violations(page))
        if not narrow_enough(page):
            faults.append(f"{state}: wider than the screen")
        faults.extend(f"{state}: {one}" for one in page.faults if "422" not in one and "ERR_INTERNET" not in one)
        page.faults.clear()

    yield look
    assert faults == []


def trainer_on(page, session, live_server):
    key = signed_in(trainer_of(session)).session.session_key
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": key, "url": live_server.url}])
    return page


@pytest.mark.parametrize("scripts", [True, False])
def test_a_blind_aidant_signs_with_a_code_by_keyboard_alone(open_page, session, looked_at, scripts):
    look = looked_at if scripts else lambda page, state: None  # axe itself is a script
    page = open_page(320, java_script_enabled=scripts)
    line = lines(session)[0]
    page.goto("/emarger/")
    look(page, "asked for a code")
    page.get_by_label("Votre code personnel").focus()
    page.keyboard.type("000 00")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.get_by_label("Votre code personnel")).to_have_attribute("aria-invalid", "true")
    look(page, "a wrong code")
    page.get_by_label("Votre code personnel").fill(line.code)
    with page.expect_navigation(url="**/confirmer/"):
        page.keyboard.press("Enter")
    look(page, "asked to confirm")
    expect(page.get_by_role("heading", level=1)).to_have_text(line.person.full_name)
    page.get_by_role("button", name="Je certifie ma présence").focus()
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Présence signée").wait_for()
    look(page, "signed")
    assert Signature.objects.get().attendance_id == line.pk


def test_a_tablet_without_network_keeps_signatures_and_sends_them_once(open_page, session, live_server, looked_at):
    page = trainer_on(open_page(320), session, live_server)
    first, second, _ = lines(session)
    page.goto(f"/formation/emargement/{sheet_of(session).public_id}/hors-ligne/")
    looked_at(page, "opened beforehand")
    page.context.set_offline(True)
    for line in (first, second):
        row = page.locator(f'[data-line="{line.public_id}"]')
        row.get_by_role("button", name="Signer").focus()
        page.keyboard.press("Enter")
        page.keyboard.press("Enter")
        row.get_by_text("en attente d’envoi").wait_for()
    page.get_by_text("2 signatures en attente d’envoi").wait_for()
    looked_at(page, "two signatures wait")
    assert not Signature.objects.exists()
    assert first.person.last_name not in json.dumps(page.evaluate("Object.entries(localStorage)"))
    page.context.set_offline(False)
    page.get_by_text("Tout est envoyé").wait_for()
    looked_at(page, "all is sent")
    assert Signature.objects.filter(way=Way.TABLET, claimed_at__isnull=False).count() == 2
    until(page, "Object.keys(localStorage).every((key) => !key.startsWith('emargement'))")


def test_a_page_closed_without_network_sends_what_it_kept_when_it_opens_again(open_page, session, live_server):
    page = trainer_on(open_page(), session, live_server)
    line = lines(session)[0]
    address = f"/formation/emargement/{sheet_of(session).public_id}/hors-ligne/"
    page.goto(address)
    page.context.set_offline(True)
    row = page.locator(f'[data-line="{line.public_id}"]')
    row.get_by_role("button", name="Signer").click()
    row.get_by_role("button", name="Je certifie").click()
    row.get_by_text("en attente d’envoi").wait_for()
    page.goto("about:blank")
    page.context.set_offline(False)
    page.goto(address)
    page.get_by_text("Tout est envoyé").wait_for()
    assert Signature.objects.count() == 1


@pytest.mark.parametrize("width", [320, 1280])
def test_axe_finds_nothing_in_the_pages_of_a_sheet(open_page, session, live_server, looked_at, width):
    page = trainer_on(open_page(width), session, live_server)
    sheet = sheet_of(session)
    line = lines(session)[0]
    pages = ("", "codes/", "tablette/", "papier/", "imprimer/", "ecran/?fixe=1", f"personnes/{line.public_id}/")
    for one in pages:
        page.goto(f"/formation/emargement/{sheet.public_id}/{one}")
        looked_at(page, one or "sheet")
    page.goto(f"/formation/sessions/{session.public_id}/emargement/")
    looked_at(page, "register")


def test_mon_espace_shows_the_code_at_320_px(open_page, session, live_server, looked_at):
    page = open_page(320)
    person = lines(session)[0].person
    key = signed_in(person).session.session_key
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": key, "url": live_server.url}])
    page.goto("/espace/emargement/")
    looked_at(page, "my half-days")
    expect(page.get_by_text("Votre code personnel")).to_be_visible()
