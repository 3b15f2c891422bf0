"""A référente on a phone: eight colleagues pasted, two things wrong, corrected on the spot, enrolled, followed."""

import pytest
from django.conf import settings
from playwright.sync_api import expect

from lms.kernel.jobs import run_due
from parcours.colleagues.models import EnrolmentList
from parcours.learning.models import Enrolment
from tests.browser.following import Keyboard, narrow_enough, until
from tests.organisations.factories import OrganisationFactory
from tests.parcours.colleagues.factories import colleague_of, edition_open, referent_of
from tests.permissions.matrix import signed_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PASTED = """NOM\tPrénom\tCourriel
MORVAN\tGwenaëlle\tgwenaelle.morvan@ccas-exemple.fr
Benali\tKarim\tkarim.benali@ccas-exemple.fr
Petit\tLuc\tluc.petit@gmial.com
Sané\tFatou\tfatou.sane@ccas-exemple.fr
Roux\t\tcontact.roux@ccas-exemple.fr
Pham\tThanh\tthanh.pham@ccas-exemple.fr
D’Almeida\tRosalie\trosalie.dalmeida@ccas-exemple.fr
Kowalski\tYannick\tyannick.kowalski@ccas-exemple.fr
"""


@pytest.fixture
def structure():
    return OrganisationFactory(name="CCAS de Val-d’Exemple")


def arrives(page, structure, live_server):
    """Signed in with her second factor, on the page of her structure."""
    session = signed_in(referent_of(structure)).session.session_key
    cookie = {"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}
    page.context.add_cookies([cookie])
    page.goto("/structure/")


@pytest.fixture
def looks_right(violations):
    def look(page):
        assert violations(page) == []
        assert narrow_enough(page)
        assert [fault for fault in page.faults if "422" not in fault] == []

    return look


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_eight_colleagues_are_pasted_corrected_enrolled_and_followed(
    open_page, live_server, structure, looks_right, violations, scripts
):
    edition = edition_open(title="Aidants Connect en ligne")
    colleague_of(structure, first_name="Fatou", last_name="Sané", email="fatou.sane@ccas-exemple.fr")
    page = open_page(width=320, height=800, java_script_enabled=scripts)
    look = looks_right if scripts else lambda page: None  # axe itself is a script
    arrives(page, structure, live_server)
    look(page)

    page.goto(f"/structure/{structure.public_id}/inscrire/")
    look(page)
    page.get_by_role("link", name=edition.title).click()
    look(page)
    page.get_by_role("button", name="Lire la liste").click()
    expect(page.get_by_text("Collez au moins une ligne").first).to_be_visible()
    look(page)
    page.get_by_label("Coller les lignes").fill(PASTED)
    page.get_by_role("button", name="Lire la liste").click()

    expect(page.get_by_role("heading", name="6 à inscrire, 2 à corriger")).to_be_visible()
    look(page)
    page.get_by_role("group", name="Ligne 6").get_by_label("Prénom").fill("=")
    page.get_by_role("button", name="Enregistrer les corrections").click()
    expect(page.get_by_text("commence par « = »").first).to_be_visible()
    look(page)
    page.get_by_role("group", name="Ligne 6").get_by_label("Prénom").fill("Anne")
    page.get_by_text("Corriger en : luc.petit@gmail.com").click()
    page.get_by_role("button", name="Enregistrer les corrections").click()
    expect(page.get_by_text("Tout est corrigé")).to_be_visible()
    look(page)
    page.get_by_role("link", name="Continuer").click()
    expect(page.get_by_role("heading", name="8 personnes à inscrire")).to_be_visible()
    look(page)
    assert not Enrolment.objects.exists()
    page.get_by_role("button", name="Inscrire ces personnes").click()
    expect(page.get_by_text("0 ligne traitée sur 8")).to_be_visible()
    look(page)

    run_due()
    page.get_by_role("link", name="Actualiser").click()
    expect(page.get_by_role("link", name="Inscrit (8)")).to_be_visible()
    look(page)
    page.get_by_role("link", name="Voir où en sont mes collègues").click()
    expect(page.get_by_text("8 inscriptions")).to_be_visible()
    for name in ("Gwenaëlle MORVAN", "Luc Petit", "Anne Roux", "Fatou Sané"):
        expect(page.get_by_role("rowheader", name=name).or_(page.get_by_text(name, exact=True)).first).to_be_visible()
    look(page)
    page.get_by_role("button", name="Relancer").first.click()
    expect(page.get_by_text("1 personne recevra un rappel")).to_be_visible()
    look(page)


def test_a_line_is_corrected_with_the_keyboard_alone(open_page, live_server, structure):
    edition = edition_open()
    page = open_page()
    arrives(page, structure, live_server)
    page.goto(f"/structure/{structure.public_id}/inscrire/{edition.parcours_id}/")
    keys = Keyboard(page)
    keys.reach("#id_pasted")
    page.keyboard.insert_text(PASTED)
    page.get_by_role("button", name="Lire la liste").focus()
    keys.press("Enter")
    page.get_by_role("heading", name="6 à inscrire, 2 à corriger").wait_for()
    found = EnrolmentList.objects.get()
    line = found.lines.faulty().last()
    page.get_by_role("link", name="Ligne 6, Prénom").focus()
    keys.press("Enter")
    reached = "(id) => (document.activeElement.id || location.hash.slice(1)) === id"
    until(page, reached, f"id_ligne-{line.pk}-first_name")
    keys.fill(f"#id_ligne-{line.pk}-first_name", "Anne")
    keys.press("Enter")
    page.get_by_text("Il reste 1 ligne à corriger").wait_for()
    assert found.lines.get(pk=line.pk).first_name == "Anne"
    assert found.lines.faulty().get().email == "luc.petit@gmial.com"
