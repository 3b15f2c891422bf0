"""The doors of the site in a real browser: keyboard, narrow screens, axe, a passkey on localhost."""

import pytest
from playwright.sync_api import expect

from tests.accounts.doors import mailed_code
from tests.accounts.factories import PersonFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
FACTORS = "/espace/securite/second-facteur/"
OPEN = ["/connexion/", "/connexion/mot-de-passe/", "/inscription/", "/connexion/second-facteur/perdu/"]
SIGNED_IN = [
    "/espace/profil/",
    "/espace/profil/adresse/",
    "/espace/profil/adresse-pix/",
    "/espace/securite/",
    "/espace/securite/mot-de-passe/",
    "/espace/donnees/",
    "/espace/donnees/export/",
    FACTORS,
    f"{FACTORS}application/",
    f"{FACTORS}cle/",
    f"{FACTORS}codes/creer/",
    "/deconnexion/",
]


def sign_in(page, person, path="/espace/profil/"):
    page.goto(f"/connexion/?next={path}")
    page.fill("[name=email]", person.email)
    page.keyboard.press("Enter")
    page.wait_for_url("**/connexion/code/**")
    page.fill("[name=code]", mailed_code())
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/connexion/code/" not in url)


def check(page, violations, width):
    assert violations(page) == []
    assert page.faults == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("width", [320, 1440])
def test_the_pages_of_the_entrance_are_sound(open_page, violations, width):
    page = open_page(width)
    for path in OPEN:
        page.goto(path)
        check(page, violations, width)
    page.goto("/inscription/")
    page.fill("[name=email]", "mairie@saint-exemple.fr")
    page.keyboard.press("Enter")
    page.locator("#erreurs a").nth(2).wait_for()
    check(page, violations, width)


@pytest.mark.parametrize("width", [320, 768])
def test_the_pages_of_the_account_are_sound(open_page, violations, width):
    page = open_page(width)
    sign_in(page, PersonFactory(first_name="Maximilienne-Anastasie", last_name="y" * 120))
    for path in SIGNED_IN:
        page.goto(path)
        check(page, violations, width)


def test_everything_but_the_passkey_works_without_javascript(open_page):
    person = PersonFactory(staff=True)
    page = open_page(java_script_enabled=False)
    sign_in(page, person)
    assert FACTORS in page.url
    page.click("text=Créer mes dix codes")
    page.click("main button")
    code = page.locator("main li code").first.inner_text()
    page.goto("/deconnexion/")
    page.click("main button")
    sign_in(page, person)
    page.fill("[name=code]", code)
    page.keyboard.press("Enter")
    page.wait_for_url("**/espace/profil/")


def test_a_passkey_is_added_then_opens_the_site(page, live_server):
    person = PersonFactory(staff=True)
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasUserVerification": True, "isUserVerified": True}
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options | {"automaticPresenceSimulation": True}})
    sign_in(page, person)
    page.click("text=Ajouter une clé d’accès")
    page.wait_for_url(f"**{FACTORS}cle/")  # with its scripts
    page.click("main button:has-text('Ajouter la clé')")
    page.wait_for_url(f"**{FACTORS}codes/")
    assert page.faults == []
    page.goto("/deconnexion/")
    page.click("main button")
    sign_in(page, person)
    page.click("text=Utiliser ma clé d’accès")
    page.wait_for_url("**/espace/profil/")


def test_a_passkey_refused_is_said_and_another_way_stays_open(page):
    person = PersonFactory()
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    sign_in(page, person, f"{FACTORS}cle/")
    page.evaluate("() => { navigator.credentials.create = () => Promise.reject(new Error('no')); }")
    page.click("main button:has-text('Ajouter la clé')")
    expect(page.locator("[data-passkey-says]")).to_contain_text("choisissez un autre moyen")


def test_the_codes_are_printed_without_the_frame(page):
    sign_in(page, PersonFactory(), f"{FACTORS}codes/creer/")
    page.click("main button:has-text('Créer mes dix codes')")
    page.locator("text=Enregistrer les codes dans un fichier").wait_for()
    page.wait_for_load_state()
    page.emulate_media(media="print")
    expect(page.locator("main li code")).to_have_count(10)
    expect(page.locator("text=Enregistrer les codes dans un fichier")).not_to_be_visible()
    expect(page.locator(".ui-header__tools")).not_to_be_visible()
