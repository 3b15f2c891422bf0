"""The trainee's space on a phone: light pages, a module in the pocket, what one did, one's dates, no more reminders."""

import re

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from playwright.sync_api import expect

from parcours.catalogue.models import FrozenMedium
from parcours.learning import actions
from tests.browser.following import narrow_enough, sign_in, until
from tests.catalogue.factories import EditionFactory, series
from tests.organisations.factories import OrganisationFactory
from tests.parcours.learning.factories import EnrolmentFactory, activity, finish, reply, wrong

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SHA = "d" * 64
DRAWING = (
    b'<svg xmlns="http://www.w3.org/2000/svg" width="80" height="40"><rect width="80" height="40" fill="#009"/></svg>'
)
FIGURE = (
    f'<figure class="bloc-image"><img src="/catalogue/medias/{SHA}/schema.svg" alt="Trois durées de mandat" '
    'width="800" height="400" loading="lazy"><figcaption>Les durées</figcaption></figure>'
)
TEXT = {"type": "html", "html": f"<h2>Le mandat</h2><p>Il dit ce que vous pouvez faire.</p>{FIGURE}"}
FILES = "/catalogue/medias/"


@pytest.fixture
def enrolment():
    organisation = OrganisationFactory(training=True, name="Formation Armor", email="aide@armor-exemple.fr")
    etapes = [
        {"title": "Comprendre", "rule": {"kind": "answered"}, "nodes": lambda: [TEXT, series()]},
        {"title": "Relire", "minutes": 20, "nodes": lambda: [TEXT]},
    ]
    edition = EditionFactory(activities=etapes, habilitation=True, parcours__organisation=organisation)
    medium = FrozenMedium(sha256=SHA, name="schema.svg", content_type="image/svg+xml", size=len(DRAWING))
    medium.file.save("schema.svg", ContentFile(DRAWING), save=False)
    medium.save()
    edition.media.add(medium)
    enrolment = EnrolmentFactory(edition=edition)
    lesson = activity(enrolment, 0)
    reply(enrolment, lesson, lesson.questions[0])
    reply(enrolment, lesson, lesson.questions[1], wrong(lesson.questions[1]))
    return enrolment


@pytest.fixture
def opened(open_page, enrolment, live_server):
    """A phone of the learner; `asked` gathers every address it asks for."""

    def one(**options):
        page = sign_in(open_page(320, **options), enrolment.person, live_server)
        page.asked = []
        page.on("request", lambda request: page.asked.append(request.url))
        return page

    return one


@pytest.fixture
def looked_at(violations):
    """What axe refuses, what leaves the screen, what the console says, each time the page is looked at."""
    faults = []

    def look(page, state):
        faults.extend(f"{state}: {one}" for one in [*violations(page), *page.faults])
        if not narrow_enough(page):
            faults.append(f"{state}: wider than the screen")
        page.faults.clear()

    yield look
    assert faults == []


def etape(enrolment, rank=0):
    return reverse("learning:activity", args=[enrolment.pk, activity(enrolment, rank).slug])


def files_of(page):
    return [url for url in page.asked if FILES in url]


def go_light(page):
    page.goto("/version-legere/")
    page.get_by_role("button", name="Passer en version légère").click()
    page.get_by_role("status").get_by_text("Version légère").wait_for()


def test_in_the_light_version_nothing_loads_before_a_tap(opened, enrolment, looked_at):
    page = opened()
    go_light(page)
    looked_at(page, "the choice")
    page.goto(etape(enrolment), wait_until="networkidle")
    looked_at(page, "a light étape")
    assert files_of(page) == []
    expect(page.get_by_text("Trois durées de mandat")).to_be_visible()
    page.get_by_role("link", name="Afficher l’image (1").click()
    image = page.get_by_role("img", name="Trois durées de mandat")
    image.wait_for()
    until(page, "document.querySelector('.etape__shown img').complete")
    assert len(files_of(page)) == 1
    expect(page.locator("#media-1")).to_be_focused()
    assert "medias=" not in page.url
    looked_at(page, "an image asked for")


def test_without_a_script_a_tap_brings_the_page_with_that_image(opened, enrolment):
    page = opened(java_script_enabled=False)
    go_light(page)
    page.goto(etape(enrolment))
    assert files_of(page) == []
    page.get_by_role("link", name="Afficher l’image").click()
    page.wait_for_url("**?medias=1#media-1")
    expect(page.get_by_role("img", name="Trois durées de mandat")).to_be_visible()
    page.get_by_role("button", name="Revenir à la version complète").click()
    expect(page.get_by_role("link", name="Afficher l’image")).to_have_count(0)


def test_a_module_is_read_without_network(opened, open_page, enrolment, looked_at, tmp_path):
    page = opened()
    page.goto(enrolment.get_absolute_url())
    looked_at(page, "the course")
    with page.expect_download() as download:
        page.get_by_role("link", name="Télécharger ce module").click()
    file = tmp_path / download.value.suggested_filename
    download.value.save_as(file)
    assert file.name == "cadre-juridique.html"
    assert file.stat().st_size < 1_000_000
    away = open_page(320)
    away.context.set_offline(True)
    asked = []
    away.on("request", lambda request: asked.append(request.url))
    away.goto(f"file://{file}")
    looked_at(away, "the file, offline")
    expect(away.get_by_role("heading", level=2, name="Comprendre")).to_be_visible()
    assert away.evaluate("document.querySelector('img').naturalWidth") > 0
    expect(away.get_by_text("Vous répondrez en ligne.")).to_have_count(1)
    expect(away.get_by_text("Réponse attendue")).to_have_count(2)
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
    away.get_by_role("link", name="Relire").first.click()
    expect(away).to_have_url(re.compile("#etape-etape-2$"))


def test_each_level_opens_onto_its_evidence_and_the_evidence_onto_the_question(opened, enrolment, looked_at):
    page = opened()
    page.goto("/espace/")
    looked_at(page, "the space")
    page.get_by_role("link", name="Mes compétences").click()
    looked_at(page, "the competences")
    page.locator("main").get_by_role("link").first.click()
    page.get_by_text("Évaluée : 1 réponse juste sur 2").wait_for()
    page.get_by_text("Les questions et vos résultats").click()
    looked_at(page, "the evidence")
    page.locator(".evidence__questions a").first.click()
    page.wait_for_url(f"**{etape(enrolment)}#question-*")
    expect(page.get_by_text("Votre réponse, juste").first).to_be_visible()


def test_moments_are_chosen_and_the_agenda_reads_them(opened, looked_at, live_server):
    page = opened()
    page.goto("/espace/calendrier/")
    page.get_by_label("Jour").select_option("Mardi")
    page.get_by_label("Heure").fill("09:30")
    page.get_by_role("button", name="Ajouter ce moment").click()
    page.get_by_text("Ce moment est enregistré.").wait_for()
    page.get_by_role("button", name="Créer mon adresse de calendrier").click()
    address = page.locator("[data-copy-value]").text_content()
    looked_at(page, "the calendar")
    feed = Client().get(address.partition("/calendrier/")[1] + address.partition("/calendrier/")[2])
    assert b"RRULE:FREQ=WEEKLY;BYDAY=TU" in feed.content
    page.get_by_role("button", name="Retirer mardi").click()
    page.get_by_text("Ce moment est retiré.").wait_for()


def test_reminders_stop_from_a_mail_without_signing_in(open_page, enrolment, looked_at):
    page = open_page(320)
    page.goto(reverse("learning:stop_reminders", args=[actions.stop_link_of(enrolment).token]))
    looked_at(page, "the end of reminders")
    page.get_by_role("button", name="Arrêter les rappels de ce parcours").click()
    page.get_by_role("heading", name="Les rappels sont arrêtés").wait_for()
    looked_at(page, "reminders stopped")
    enrolment.refresh_from_db()
    assert enrolment.reminders_stopped_at


def test_an_etape_ends_on_a_true_stopping_point_and_a_course_on_what_was_learnt(opened, enrolment, looked_at):
    page = opened()
    page.goto(etape(enrolment, 1))
    expect(page.get_by_text("Étape longue.")).to_be_visible()
    page.get_by_role("button", name="J’ai lu cette étape").click()
    page.wait_for_url("**#fin")
    expect(page.get_by_text("Vous pouvez vous arrêter ici.")).to_be_visible()
    looked_at(page, "a stopping point")
    lesson = activity(enrolment, 0)
    finish(enrolment, lesson)
    page.goto(enrolment.get_absolute_url())
    expect(page.get_by_role("heading", name="Ce que vous avez appris à faire")).to_be_visible()
    looked_at(page, "a course completed")
    page.get_by_role("link", name="Relevé de ce que j’ai suivi").click()
    page.get_by_role("heading", level=1, name="Relevé").wait_for()
    looked_at(page, "the statement")
