"""A trainee asks from an étape on a narrow screen, a trainer answers, the trainee reads."""

import pytest
from django.conf import settings
from playwright.sync_api import expect

from parcours.assistance.models import Thread
from tests.browser.following import Keyboard, narrow_enough, sign_in
from tests.catalogue.factories import root_page
from tests.parcours.assistance.factories import NIR, PDF, edition_of, trainer_of
from tests.parcours.learning.factories import EnrolmentFactory
from tests.permissions.matrix import signed_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def enrolment():
    root_page()
    return EnrolmentFactory(edition=edition_of())


@pytest.fixture
def trainer(enrolment):
    return trainer_of(enrolment.edition.parcours.organisation, first_name="Inès", last_name="Le Goff")


@pytest.fixture
def looked_at(violations):
    """Looks at a page in its present state: what axe refuses, what leaves the screen, what the console says."""
    faults = []

    def look(page, state):
        faults.extend(f"{state}: {one}" for one in violations(page))
        if not narrow_enough(page):
            faults.append(f"{state}: wider than the screen")
        faults.extend(f"{state}: {one}" for one in page.faults if "422" not in one)
        page.faults.clear()

    yield look
    assert faults == []


def enter(page, person, live_server):
    """A trainer proves a second factor; `signed_in` went to the end of it."""
    key = signed_in(person).session.session_key
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": key, "url": live_server.url}])
    return page


def test_a_trainee_asks_from_an_etape_and_is_answered(open_page, live_server, enrolment, trainer, looked_at):
    page = sign_in(open_page(320), enrolment.person, live_server)
    page.goto("/espace/questions/")
    looked_at(page, "no question yet")
    ask_from_the_etape(page, enrolment, looked_at)
    answer_it(enter(open_page(), trainer, live_server), looked_at)
    read_the_answer(page, looked_at)


def ask_from_the_etape(page, enrolment, looked_at):
    keyboard = Keyboard(page)
    page.goto(f"{enrolment.get_absolute_url()}{enrolment.edition.outline[0].slug}/")
    looked_at(page, "the étape")
    keyboard.follow("section.assistance a.fr-btn")
    page.get_by_text("Inès Le Goff (Formation Armor) vous répond sous deux jours ouvrés.").wait_for()
    looked_at(page, "the form")
    keyboard.fill("textarea", f"Une dame me donne son numéro, {NIR}. Que faire ?")
    keyboard.follow(".assistance-form button[type=submit]")
    assert "[numéro retiré]" in page.input_value("textarea")
    looked_at(page, "a number refused")
    page.set_input_files("input[type=file]", {"name": "consigne.pdf", "mimeType": "application/pdf", "buffer": PDF})
    page.fill("textarea", "Une dame me donne son numéro. Que faire ? Mon 06 12 34 56 78.")
    page.get_by_role("button", name="Envoyer ma question").click()
    page.get_by_text("semble contenir un numéro de téléphone").first.wait_for()
    expect(page.get_by_label("Retirer")).to_have_count(1)
    looked_at(page, "a doubt")
    page.get_by_role("button", name="Envoyer ma question").click()
    page.get_by_text("Votre question est envoyée.").wait_for()
    looked_at(page, "the question sent")
    assert Thread.objects.get().messages.get().attachments.get().name == "consigne.pdf"


def answer_it(page, looked_at):
    page.goto("/formation/questions/")
    looked_at(page, "what waits")
    page.get_by_role("link", name="Une dame me donne son numéro").click()
    looked_at(page, "the question, before an answer")
    page.get_by_role("button", name="Envoyer ma réponse").click()
    looked_at(page, "an empty answer")
    page.fill("textarea", "Rendez-lui le papier sans le copier.")
    page.get_by_role("button", name="Répondre à toute la cohorte").click()
    looked_at(page, "the answer for all")
    page.fill("textarea[name=question]", "Que faire quand une personne donne son numéro ?")
    page.get_by_role("button", name="Partager avec tous").click()
    looked_at(page, "the box left empty")
    page.locator("label[for=id_nameless]").click()
    page.get_by_role("button", name="Partager avec tous").click()
    page.get_by_text("Votre réponse est partagée").wait_for()
    looked_at(page, "the answer shared")


def read_the_answer(page, looked_at):
    page.goto("/espace/questions/")
    looked_at(page, "a question answered")
    page.get_by_role("link", name="Une dame me donne son numéro").click()
    page.get_by_text("Rendez-lui le papier sans le copier.").wait_for()
    page.get_by_text("Inès Le Goff, Formation Armor").wait_for()
    looked_at(page, "the exchange")
    page.get_by_role("main").get_by_role("link", name="Lire", exact=True).click()
    page.get_by_text("Que faire quand une personne donne son numéro ?").first.click()
    page.locator("section.assistance").get_by_text("Rendez-lui le papier").wait_for()
    looked_at(page, "the answer on the étape")


def test_all_of_it_works_without_javascript(open_page, live_server, enrolment):
    page = sign_in(open_page(320, java_script_enabled=False), enrolment.person, live_server)
    page.goto(f"{enrolment.get_absolute_url()}{enrolment.edition.outline[0].slug}/")
    page.get_by_role("link", name="Poser une question").click()
    page.fill("textarea", "Sans script, cela part-il ?")
    page.get_by_role("button", name="Envoyer ma question").click()
    page.get_by_text("Votre question est envoyée.").wait_for()
    page.get_by_role("button", name="Clore ma question").click()
    page.get_by_text("Cette question est close").wait_for()
