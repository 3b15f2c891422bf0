"""A devis accepted, a convention signed by both, certificates issued at once and taken in one file, on a phone too."""

import io
import zipfile

import pytest
from django.conf import settings

from lms.kernel.jobs import run_due
from lms.organisations.models import Role
from parcours.paperwork.lifecycle import ConventionState, QuoteState
from parcours.paperwork.models import Convention, Quote
from tests.browser.following import narrow_enough
from tests.catalogue.factories import root_page
from tests.kernel.threads import together
from tests.organisations.factories import MembershipFactory, OrganisationFactory
from tests.parcours.paperwork.factories import hold, live_session, organisme, seat
from tests.permissions.matrix import signed_in

pytestmark = [pytest.mark.browser, pytest.mark.long, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def looked_at(violations):
    faults = []

    def look(page, state):
        faults.extend(f"{state}: {one}" for one in violations(page))
        if not narrow_enough(page):
            faults.append(f"{state}: wider than the screen")
        faults.extend(f"{state}: {one}" for one in page.faults)
        page.faults.clear()

    yield look
    assert faults == []


def run_jobs_apart():
    """Apart from Playwright’s event loop: signing has its own."""
    together(1, lambda _: run_due())


def enter(page, person, live_server):
    key = signed_in(person).session.session_key
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": key, "url": live_server.url}])
    return page


def downloaded(page, name) -> list[str]:
    with page.expect_download() as waited:
        page.get_by_role("link", name=name).click()
    data = waited.value.path().read_bytes()
    return zipfile.ZipFile(io.BytesIO(data)).namelist()


def test_from_the_devis_to_the_certificates(open_page, live_server, looked_at):
    root_page()
    organisation, buyer = organisme(), OrganisationFactory(name="Commune de Dol")
    manager = MembershipFactory(organisation=organisation, role=Role.TRAINING_MANAGER).person
    referent = MembershipFactory(organisation=buyer, role=Role.STRUCTURE_REFERENT).person
    session = live_session(organisation)
    hold(session, seat(session, buyer), seat(session, buyer))
    desk = enter(open_page(), manager, live_server)
    mairie = enter(open_page(320, java_script_enabled=False), referent, live_server)

    desk.goto(f"/formation/sessions/{session.public_id}/documents/")
    looked_at(desk, "the file of the session")
    desk.get_by_role("link", name="Préparer un devis").click()
    desk.get_by_label("Acheteur").select_option(label="Commune de Dol")
    desk.get_by_label("Nombre de stagiaires").fill("2")
    desk.get_by_label("Quantité").first.fill("2")
    looked_at(desk, "a devis to write")
    desk.get_by_role("button", name="Envoyer le devis").click()
    desk.get_by_text("envoyé à Commune de Dol").wait_for()
    run_jobs_apart()

    mairie.goto(f"/structure/{buyer.public_id}/documents/")
    mairie.get_by_role("link", name="DEV-").click()
    mairie.get_by_label("Sa qualité").first.fill("maire")
    mairie.locator("label[for=id_agreed]").click()
    mairie.get_by_role("button", name="Accepter le devis").click()
    mairie.get_by_text("Le devis est accepté. L’organisme").wait_for()
    assert Quote.objects.get().state == QuoteState.ACCEPTED

    desk.goto(f"/formation/sessions/{session.public_id}/documents/conventions/nouvelle/")
    desk.get_by_label("Acheteur", exact=True).select_option(label="Commune de Dol")
    desk.get_by_label("Devis accepté").select_option(index=1)
    desk.get_by_label("Nombre de stagiaires").fill("2")
    desk.get_by_label("Prix total hors taxes").fill("900")
    desk.get_by_label("SIRET de l’acheteur").fill(buyer.siret)
    looked_at(desk, "a convention to write")
    desk.get_by_role("button", name="Enregistrer le brouillon").click()
    desk.get_by_role("button", name="Signer et envoyer à l’acheteur").click()
    desk.get_by_text("Convention signée et envoyée").wait_for()
    looked_at(desk, "a convention sent")
    run_jobs_apart()

    mairie.goto(f"/structure/{buyer.public_id}/documents/")
    mairie.get_by_role("link", name="CVT-").click()
    mairie.get_by_label("Sa qualité").first.fill("maire")
    mairie.locator("label[for=id_agreed]").click()
    mairie.get_by_role("button", name="Signer la convention").click()
    mairie.get_by_text("signée des deux parties").first.wait_for()
    assert Convention.objects.get().state == ConventionState.SIGNED

    desk.goto(f"/formation/sessions/{session.public_id}/documents/")
    desk.get_by_role("button", name="Délivrer tout ce qui peut l’être").click()
    desk.get_by_text("Les documents se préparent").first.wait_for()
    run_jobs_apart()
    desk.get_by_role("link", name="Actualiser").click()
    looked_at(desk, "everything issued")
    names = downloaded(desk, "Télécharger le zip")
    assert len([name for name in names if name.startswith("certificat-realisation/")]) == 2
    assert any(name.startswith("convention-signee/") for name in names)

    wide = enter(open_page(), referent, live_server)
    wide.goto(f"/structure/{buyer.public_id}/documents/")
    looked_at(wide, "the documents of the structure")
    assert len(downloaded(wide, "Télécharger tous les certificats de réalisation")) == 3
