"""From the sign-in to an attestation a stranger verifies, on the national catalogue, by keyboard only."""

import re

import pytest
from django.core.management import call_command
from playwright.sync_api import expect

from lms.kernel.models import OutgoingMail, Paper
from lms.organisations.models import Departement, Organisation
from parcours.catalogue.models import Edition, ParcoursPage
from parcours.learning.models import Enrolment
from tests.accounts.factories import PersonFactory
from tests.browser.following import Keyboard, narrow_enough
from tests.catalogue.factories import root_page
from tests.kernel.threads import together
from tests.organisations.factories import OrganisationFactory, luhn_siret
from tests.parcours.learning.factories import right, wrong

pytestmark = [pytest.mark.browser, pytest.mark.long, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def edition(settings, tmp_path):
    """The online half-day, as published, under an organisation that answers for it."""
    root_page()
    call_command("load_catalogue", verbosity=0)
    departement = Departement.objects.get(pk="35")
    organisation = OrganisationFactory(
        training=True, name="Formation Armor", email="aide@armor-exemple.fr", departement=departement
    )
    ParcoursPage.objects.update(organisation=organisation)
    return Edition.objects.get(slug="aidants-connect-en-ligne")


@pytest.fixture
def looked_at(page, violations):
    """Looks at the page in its present state: what axe refuses, what leaves the screen, what the console says."""
    faults = []

    def look(state):
        faults.extend(f"{state}: {one}" for one in violations(page))
        if not narrow_enough(page):
            faults.append(f"{state}: wider than the screen")
        faults.extend(f"{state}: {one}" for one in page.faults)
        page.faults.clear()

    yield look
    assert faults == []


def test_from_the_sign_in_to_an_attestation_a_stranger_verifies(
    page, open_page, edition, looked_at, run_jobs, tmp_path
):
    keyboard = Keyboard(page)
    person = PersonFactory(first_name="Awa", last_name="D’Almeida-Saïd", email="awa.saidi@ccas-exemple.fr")
    sign_in_with_a_code(page, keyboard, person, looked_at, run_jobs)
    enrol(page, keyboard, edition, looked_at)
    enrolment = Enrolment.objects.get(person=person)
    follow_every_etape(page, keyboard, enrolment, looked_at)
    together(1, lambda _: run_jobs())  # apart from Playwright’s event loop: signing has its own
    keyboard.follow("[data-end] a.fr-btn")
    looked_at("the end")
    expect(page.get_by_text("Vous avez terminé ce parcours")).to_be_visible()
    expect(page.get_by_text("ne suffit pas pour être habilité").first).to_be_visible()
    receive_the_attestation(page, keyboard, enrolment, looked_at, tmp_path)
    verify_it_signed_out(open_page, enrolment, tmp_path)


def sign_in_with_a_code(page, keyboard, person, looked_at, run_jobs):
    page.goto("/espace/")
    looked_at("sign-in")
    keyboard.fill("input[name=email]", person.email)
    with page.expect_navigation():
        keyboard.press("Enter")
    looked_at("code")
    code = re.search(r"\b\d{4}-\d{4}\b", OutgoingMail.objects.latest("pk").body).group()
    keyboard.fill("input[name=code]", code)
    with page.expect_navigation():
        keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Mon espace")).to_be_visible()
    looked_at("an empty space")


def enrol(page, keyboard, edition, looked_at):
    keyboard.follow("main a[href='/catalogue/']")
    keyboard.follow(f"main a[href*='{edition.slug}']")
    looked_at("the course in the catalogue")
    keyboard.follow("main a[href*='/inscription/']")
    looked_at("what is announced")
    keyboard.fill("#id_siret", luhn_siret(90_010))
    keyboard.fill("#id_name", "CCAS de Saint-Exemple")
    keyboard.reach("#id_departement")
    page.keyboard.type("Ille")
    looked_at("an employer declared")
    keyboard.follow("main form button[type=submit]")
    assert Organisation.objects.filter(name="CCAS de Saint-Exemple", departement="35").exists()
    looked_at("the course begins")
    keyboard.follow(".ui-panel a")


def follow_every_etape(page, keyboard, enrolment, looked_at):
    outline = enrolment.edition.outline
    for one in outline:
        activity = enrolment.edition.activity(one.slug)
        expect(page.get_by_role("heading", level=1, name=one.title)).to_be_visible()
        looked_at(f"{one.slug} begins")
        if activity.rule["kind"] == "score":
            fail_then_pass(page, keyboard, activity, looked_at)
        else:
            answer_all(page, keyboard, activity, right, looked_at)
        looked_at(f"{one.slug} ends")
        if one != outline[-1]:
            keyboard.follow("[data-end] a.fr-btn")
    enrolment.refresh_from_db()
    assert enrolment.state == "completed"


def answer_all(page, keyboard, activity, chosen, looked_at):
    for number, question in enumerate(activity.questions, start=1):
        keyboard.answer(question, chosen(question))
        expect(page.locator(f"#question-{question['id']} [data-saved]")).to_be_visible()
        if number == 1:
            looked_at(f"{activity.slug}, the first answer")
        if number < len(activity.questions):
            keyboard.reach(f"#question-{question['id']} [data-next] a")
            keyboard.press("Enter")


def fail_then_pass(page, keyboard, activity, looked_at):
    """The first quiz is failed once: the score, the rule and another try are offered."""
    if "premiere" in activity.slug:
        answer_all(page, keyboard, activity, wrong, looked_at)
        expect(page.get_by_text("Il faut 70")).to_be_visible()
        looked_at("a quiz failed")
        keyboard.follow(".etape__score button")
    answer_all(page, keyboard, activity, right, looked_at)


def receive_the_attestation(page, keyboard, enrolment, looked_at, tmp_path):
    paper = Paper.objects.get(key=enrolment.attestation_key)
    keyboard.follow("[data-paper] a.fr-btn")
    looked_at("the attestation")
    expect(page.get_by_text(paper.number).first).to_be_visible()
    text = page.inner_text("main").replace("\u00a0", " ")
    assert "3 h 30" in text
    assert "ne suffit pas pour être habilité" in text
    keyboard.reach("main a.fr-btn")
    with page.expect_download() as download:
        keyboard.press("Enter")
    download.value.save_as(tmp_path / "attestation.pdf")


def verify_it_signed_out(open_page, enrolment, tmp_path):
    """A stranger without account: the page, the file as issued, the file with one byte altered."""
    paper = Paper.objects.get(key=enrolment.attestation_key)
    issued = tmp_path / "attestation.pdf"
    altered = tmp_path / "alteree.pdf"
    data = bytearray(issued.read_bytes())
    data[len(data) // 2] ^= 1
    altered.write_bytes(data)
    page = open_page(320)
    page.goto(f"/verifier/{paper.token}/")
    assert "D’Almeida-Saïd" in page.inner_text("main")
    for file, kind in ((issued, "success"), (altered, "error")):
        page.locator("input[type=file]").set_input_files(file)
        with page.expect_navigation():
            page.get_by_role("button", name="Comparer ce fichier").press("Enter")
        expect(page.locator(f"[role].fr-alert--{kind}")).to_be_visible()
    assert narrow_enough(page)
