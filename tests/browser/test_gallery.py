"""Every component, in its states, as people see, hear and reach them."""

import pytest
from playwright.sync_api import expect

GALLERY = "/composants/"

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(params=["state", "neutral"])
def appearance(request, settings):
    if request.param == "neutral":
        settings.BLOC_MARQUE = ""
    return request.param


@pytest.mark.parametrize(("width", "scheme"), [(320, "light"), (768, "dark"), (1440, "light")])
def test_axe_finds_nothing(open_page, violations, appearance, width, scheme):
    page = open_page(width, color_scheme=scheme)
    page.goto(GALLERY)
    assert violations(page) == []
    assert page.faults == []


@pytest.mark.parametrize("width", [256, 320])
def test_nothing_leaves_a_narrow_screen(open_page, appearance, width):
    page = open_page(width)
    page.goto(GALLERY)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_first_key_leads_to_the_text(page):
    page.goto("/n-existe-pas/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Contenu"
    assert page.locator(".fr-skiplinks").bounding_box()["y"] >= 0
    page.keyboard.press("Enter")
    expect(page.locator("#contenu")).to_be_focused()


def test_focus_is_seen_on_every_control(page, appearance):
    page.goto(GALLERY)
    unseen = []
    for _ in range(60):
        page.keyboard.press("Tab")
        seen, name = page.evaluate(
            """() => {
                const e = document.activeElement, s = getComputedStyle(e);
                const near = getComputedStyle(e.parentElement.querySelector('label') || e, '::before');
                const drawn = (one) => one.outlineStyle !== 'none' && parseFloat(one.outlineWidth) > 0;
                return [drawn(s) || drawn(near), e.outerHTML.slice(0, 80)];
            }"""
        )
        if not seen and not name.startswith("<body"):
            unseen.append(name)
    assert unseen == []


def test_the_chosen_colours_are_kept_from_page_to_page(page):
    page.goto(GALLERY)
    page.get_by_role("button", name="Apparence").click()
    page.get_by_label("Sombre").check(force=True)
    page.get_by_role("button", name="Fermer").click()
    page.goto("/n-existe-pas/")
    assert page.evaluate("document.documentElement.dataset.frTheme") == "dark"


def test_the_device_decides_until_someone_chooses(open_page):
    page = open_page(color_scheme="dark")
    page.goto(GALLERY)
    assert page.evaluate("document.documentElement.dataset.frTheme") == "dark"


def test_a_value_is_copied_in_one_click(open_page):
    page = open_page(permissions=["clipboard-read", "clipboard-write"])
    page.goto(GALLERY)
    page.get_by_role("button", name="Copier").click()
    page.get_by_text("Copié", exact=True).wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == "prenom.nom@ccas-exemple.fr"


def test_without_javascript_everything_is_there(open_page):
    page = open_page(java_script_enabled=False)
    page.goto(GALLERY)
    expect(page.get_by_role("link", name="Les dix périmètres")).to_be_visible()
    page.get_by_text("Transcription de la vidéo").click()
    expect(page.get_by_text("Installez-vous")).to_be_visible()
    expect(page.get_by_role("button", name="Copier")).not_to_be_visible()


def test_on_a_phone_the_contents_are_folded(open_page):
    page = open_page(360)
    page.goto(GALLERY)
    expect(page.get_by_role("link", name="Les dix périmètres")).not_to_be_visible()
    page.get_by_text("voir les étapes du module").click()
    expect(page.get_by_role("link", name="Les dix périmètres")).to_be_visible()


def test_errors_are_heard_first_and_lead_to_their_field(page):
    page.goto(GALLERY)
    expect(page.locator("#erreurs")).to_be_focused()
    page.locator("#erreurs a", has_text="SIRET").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#id_siret")).to_be_focused()
    expect(page.locator("label[for=id_siret]")).to_be_in_viewport()
    page.reload()
    expect(page.locator("#erreurs")).to_be_focused()


def test_paper_carries_the_text_and_not_the_menus(page):
    page.goto(GALLERY)
    page.emulate_media(media="print")
    expect(page.locator("#navigation")).to_be_hidden()
    expect(page.locator("footer")).to_be_hidden()
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def test_forced_colours_keep_signs_and_bars(open_page, violations):
    page = open_page(forced_colors="active")
    page.goto(GALLERY)
    assert page.locator("progress").first.bounding_box()["height"] > 0
    assert page.evaluate("getComputedStyle(document.querySelector('.ui-progress__bar')).borderStyle") == "solid"


def test_a_first_visit_asks_for_few_files(page):
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/n-existe-pas/", wait_until="networkidle")
    assert len(asked) <= 20
    assert [url for url in asked if not url.startswith((page.url.split("/n-")[0], "data:"))] == []
