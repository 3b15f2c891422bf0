"""A complaint without script leads to an improvement; a pack is made, altered, seen; an auditor reads until a day."""

import datetime
import re
import zipfile

import pytest
from django.conf import settings
from django.utils import timezone
from playwright.sync_api import expect

from lms.kernel.jobs import run_due
from lms.kernel.models import Grant
from lms.organisations.queries import today
from parcours.quality import actions
from parcours.quality.documents.evidence.pack import STYLE
from parcours.quality.engine import verifier
from parcours.quality.models import AuditAccess, Complaint, Improvement, SurveyRequest
from tests.browser.following import narrow_enough
from tests.catalogue.factories import root_page
from tests.parcours.quality.factories import held_session, load, manager_of
from tests.permissions.matrix import signed_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def session():
    root_page()
    load()
    return held_session(people=2)


@pytest.fixture
def manager(session):
    return manager_of(session.organisation, first_name="Claire", last_name="Fontaine")


@pytest.fixture
def looked_at(violations):
    faults = []

    def look(page, state):
        faults.extend(f"{state}: {one}" for one in violations(page))
        if not narrow_enough(page):
            faults.append(f"{state}: wider than the screen")
        faults.extend(f"{state}: {one}" for one in page.faults if "422" not in one and "410" not in one)
        page.faults.clear()

    yield look
    assert faults == []


def enter(page, person, live_server):
    key = signed_in(person).session.session_key
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": key, "url": live_server.url}])
    return page


def test_a_complaint_is_answered_and_leads_to_an_improvement(open_page, live_server, session, manager, looked_at):
    visitor = open_page(320, java_script_enabled=False)
    complain(visitor, session)
    page = enter(open_page(), manager, live_server)
    page.goto("/formation/qualite/")
    looked_at(page, "quality")
    page.get_by_role("link", name="Réclamations").first.click()
    looked_at(page, "complaints")
    page.get_by_role("link", name="La salle était fermée").click()
    looked_at(page, "a complaint")
    page.get_by_role("link", name="Décider une action d’amélioration").click()
    page.get_by_label("Action").fill("Laisser une clé à l’accueil.")
    page.get_by_label("Échéance").fill((today() + datetime.timedelta(days=20)).isoformat())
    looked_at(page, "an improvement to write")
    page.get_by_role("button", name="Enregistrer").click()
    page.wait_for_url(re.compile(r"/[0-9a-f-]{36}/$"))
    looked_at(page, "an improvement")
    complaint = Complaint.objects.get()
    assert Improvement.objects.get().complaint == complaint
    page.goto(complaint.get_absolute_url())
    page.get_by_label("Votre réponse").fill("Une clé est désormais à l’accueil.")
    page.get_by_role("button", name="Envoyer et clore").click()
    page.get_by_text("Cette réclamation est close").wait_for()
    visitor.goto(f"/reclamations/suivi/{complaint.grant.token}/")
    expect(visitor.get_by_text("Une clé est désormais à l’accueil.")).to_have_count(1)


def complain(page, session):
    page.goto("/plan-du-site/")
    page.get_by_role("contentinfo").get_by_role("link", name="Réclamations").click()
    page.get_by_label("À qui s’adresse").select_option(str(session.organisation.pk))
    page.get_by_label("Votre adresse e-mail").fill("lea@exemple.fr")
    page.get_by_label("L’objet").fill("La salle était fermée")
    page.get_by_label("Ce qui s’est passé").fill("Nous avons attendu une heure.")
    assert narrow_enough(page)
    page.get_by_role("button", name="Envoyer ma réclamation").click()
    expect(page.get_by_text("R-20").first).to_be_visible()


def test_the_form_of_complaints_and_an_opinion_hold_on_a_phone(open_page, session, looked_at):
    page = open_page(320)
    page.goto("/reclamations/")
    looked_at(page, "the form")
    page.get_by_role("button", name="Envoyer ma réclamation").click()
    page.get_by_text("Donnez un objet").first.wait_for()
    looked_at(page, "refused")
    actions.ask_appreciations(session, moment="hot")
    page.goto(f"/avis/{SurveyRequest.objects.filter(audience='trainee').first().grant.token}/")
    looked_at(page, "an opinion to give")
    for code in ("ensemble", "besoin", "rythme", "formateur", "acces"):
        page.locator(f"input[name={code}][value='3']").check(force=True)
    page.get_by_role("button", name="Envoyer mon avis").click()
    page.get_by_text("Merci").wait_for()
    looked_at(page, "an opinion given")


def test_a_pack_is_made_altered_and_detected(open_page, live_server, session, manager, looked_at, tmp_path):
    page = enter(open_page(), manager, live_server)
    page.goto(f"/formation/sessions/{session.public_id}/preuves/")
    looked_at(page, "no pack yet")
    page.get_by_role("button", name="Constituer le dossier").click()
    page.get_by_text("Le dossier se constitue").first.wait_for()
    looked_at(page, "a pack being made")
    run_due()
    page.reload()
    looked_at(page, "a pack")
    with page.expect_download() as download:
        page.get_by_role("link", name="preuves-").click()
    path = tmp_path / "dossier.zip"
    download.value.save_as(path)
    assert verifier.main([str(path)]) == 0
    folder = tmp_path / "dossier"
    zipfile.ZipFile(path).extractall(folder)
    altered = next(folder.glob("moyens/*.html"))
    altered.write_bytes(altered.read_bytes().replace(b"Demi", b"demi", 1))
    found, _ = verifier.check(verifier.Folder(folder))
    assert found == [f"moyens/{altered.name}\N{NO-BREAK SPACE}: modifié."]


def read_apart(page, auditor, looked_at):
    """A piece is shown where no script runs, axe’s neither: the same text is looked at in a page of its own."""
    page.set_content(auditor.request.get(auditor.url).text())
    page.add_style_tag(content=STYLE.read_text())
    page.faults.clear()
    looked_at(page, "a piece")


def test_an_auditor_reads_then_the_link_is_over(open_page, live_server, session, manager, looked_at):
    page = enter(open_page(), manager, live_server)
    page.goto("/formation/qualite/audits/")
    looked_at(page, "no access yet")
    page.get_by_label("Nom de l’auditeur").fill("Anne Dubreuil")
    page.get_by_label("Jusqu’au").fill((today() + datetime.timedelta(days=4)).isoformat())
    page.locator("#id_session").select_option(str(session.pk))
    page.get_by_role("button", name="Ouvrir l’accès").click()
    page.get_by_role("heading", name="Anne Dubreuil").wait_for()
    looked_at(page, "an access")
    access = AuditAccess.objects.get()
    auditor = open_page(320)
    auditor.goto(f"/audit/{access.grant.token}/")
    looked_at(auditor, "what the auditor may open")
    auditor.get_by_role("link", name=session.title).click()
    auditor.get_by_text("Preuve manquante").first.wait_for()
    looked_at(auditor, "the index")
    auditor.get_by_role("link", name="Demi-journées").first.click()
    auditor.get_by_role("heading", name="Moyens et calendrier").wait_for()
    read_apart(open_page(320), auditor, looked_at)
    page.reload()
    expect(page.get_by_text("Demi-journées").first).to_be_visible()
    Grant.objects.filter(pk=access.grant_id).update(expires_at=timezone.now() - datetime.timedelta(minutes=1))
    auditor.goto(f"/audit/{access.grant.token}/{session.public_id}/")
    auditor.get_by_text("Ce lien n’ouvre plus rien").first.wait_for()
    looked_at(auditor, "a link that is over")
