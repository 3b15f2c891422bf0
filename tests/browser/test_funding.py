"""An officer clears a pile of ten with two mismatches: eight together, two one by one; takes one back; by phone too."""

import pytest
from django.conf import settings
from playwright.sync_api import expect

from certification.funding.lifecycle import State
from certification.funding.models import Demande
from tests.catalogue.factories import root_page
from tests.certification.funding import factories as made
from tests.kernel.threads import together
from tests.permissions.matrix import signed_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def ten_files(opco):
    """Apart from Playwright’s event loop; the fourth and the eighth bill what was missed."""
    for rank in range(10):
        made.held(opco=opco, absent=[0] if rank in (3, 7) else ())


def enter(page, person, live_server):
    """With the second factor that an officer gives each time."""
    key = signed_in(person).session.session_key
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": key, "url": live_server.url}])
    return page


def states(opco):
    return sorted(Demande.objects.filter(opco=opco).values_list("state", flat=True))


def test_an_officer_clears_a_pile_of_ten_with_two_mismatches(open_page, live_server, looked_at):
    root_page()
    opco = made.an_opco()
    officer = made.officer_of(opco)
    together(1, lambda _: ten_files(opco))
    desk = enter(open_page(), officer, live_server)
    phone = enter(open_page(320), officer, live_server)

    desk.goto("/financement/")
    desk.get_by_text("2 dossiers avec un écart").wait_for()
    looked_at(desk, "the first screen")
    desk.get_by_role("link", name="Service fait à contrôler").click()
    desk.get_by_role("heading", name="Service fait à contrôler (10)").wait_for()
    first, second = (desk.locator("tbody tr").filter(has_text="écart à expliquer").nth(rank) for rank in (0, 1))
    assert first.is_visible() and second.is_visible()
    phone.goto("/financement/?pile=service-fait")
    looked_at(phone, "a pile on a phone")

    desk.get_by_role("link", name="Prendre les premiers sans écart").click()
    desk.get_by_text("8 dossiers").first.wait_for()
    looked_at(desk, "the preview")
    desk.get_by_role("button", name="Confirmer").click()
    desk.get_by_text("8 dossiers décidés").wait_for()
    expect(desk.locator("#messages")).to_be_focused()
    assert states(opco) == [State.SERVICE] * 2 + [State.VALIDATED] * 8

    desk.locator("th[data-label=Dossier] a").first.click()
    desk.get_by_role("heading", name="un écart à expliquer").wait_for()
    desk.get_by_text("3 h 30 facturées non faites").first.wait_for()
    looked_at(desk, "a file that does not match")
    phone.goto(desk.url)
    looked_at(phone, "a file that does not match, on a phone")
    desk.get_by_role("link", name="Demander un complément").click()
    assert "facturées non faites" in desk.get_by_label("Votre demande").input_value()
    looked_at(desk, "a complement to ask")
    desk.get_by_role("button", name="Demander un complément").click()
    desk.get_by_role("button", name="Retirer la décision").wait_for()
    looked_at(desk, "decided, not notified")

    desk.get_by_role("link", name="Dossier suivant").click()
    desk.get_by_role("link", name="Signaler une anomalie").click()
    desk.get_by_role("button", name="Signaler une anomalie").click()
    desk.get_by_role("button", name="Retirer la décision").click()
    desk.get_by_text("rien n’a été envoyé").wait_for()
    desk.get_by_role("link", name="Signaler une anomalie").click()
    desk.get_by_role("button", name="Signaler une anomalie").click()
    desk.get_by_role("button", name="Retirer la décision").wait_for()
    desk.goto("/financement/?pile=service-fait")
    desk.get_by_text("Cette pile est vide.").wait_for()
    looked_at(desk, "an empty pile")
    assert states(opco) == sorted([State.ANOMALY, State.COMPLEMENT] + [State.VALIDATED] * 8)
    phone.goto("/financement/regles/")
    looked_at(phone, "the rules on a phone")


def a_team(opco, officer):
    """Apart from Playwright’s event loop: a colleague with a file, one to decide, one paid, one with an anomaly."""
    colleague = made.officer_of(opco)
    theirs = made.filed(opco=opco)
    made.actions.assign([theirs], to=colleague, by=colleague)
    paid = made.announced(made.pay(made.validated(opco=opco), 450))
    wrong = made.held(opco=opco, absent=[0])
    made.actions.signal_anomaly(wrong, by=officer, sentence="Une demi-journée n’est pas signée.")
    return [colleague, theirs, paid, made.fresh(wrong)]


def test_an_officer_keeps_a_view_takes_over_a_colleague_and_corrects_a_payment(open_page, live_server, looked_at):
    root_page()
    opco = made.an_opco()
    officer = made.officer_of(opco)
    ((colleague, theirs, paid, wrong),) = together(1, lambda _: a_team(opco, officer))
    desk = enter(open_page(), officer, live_server)
    phone = enter(open_page(320), officer, live_server)

    desk.goto("/financement/?pile=tous&idcc=1518")
    desk.get_by_label("Nom de la vue").fill("Ma branche")
    looked_at(desk, "the filters and a view to keep")
    desk.get_by_role("button", name="Enregistrer cette vue").click()
    desk.get_by_role("link", name="Ma branche").click()
    desk.get_by_role("heading", name="Tous les dossiers (3)").wait_for()
    phone.goto("/financement/?pile=tous&idcc=1518")
    looked_at(phone, "the filters on a phone")

    desk.get_by_role("link", name="Équipe").click()
    looked_at(desk, "the team")
    desk.get_by_role("link", name=f"Reprendre ou confier les dossiers de {colleague.full_name}", exact=True).click()
    desk.get_by_label("Qui suivra ces dossiers").select_option("moi")
    looked_at(desk, "files to take over")
    desk.get_by_role("button", name="Prévisualiser").click()
    desk.get_by_text("suivra 1 dossier de plus").wait_for()
    looked_at(desk, "what changes hands")
    phone.goto(desk.url)
    looked_at(phone, "what changes hands, on a phone")
    desk.get_by_role("button", name="Confirmer").click()
    desk.get_by_text("vous suivez 1 dossier de plus").wait_for()
    assert Demande.objects.get(pk=theirs.pk).officer_id == officer.pk

    desk.goto("/financement/equipe/")
    desk.get_by_role("link", name=f"Changer les branches de {colleague.full_name}", exact=True).click()
    desk.get_by_label("Branches suivies (IDCC)").fill("2941")
    looked_at(desk, "the branches of a colleague")
    desk.get_by_role("button", name="Enregistrer").click()
    desk.get_by_text("IDCC 2941").wait_for()

    desk.goto(made.at(paid))
    desk.get_by_role("link", name="Corriger le paiement VIR-1").click()
    desk.get_by_label("Pourquoi ce paiement est corrigé").fill("Virement rejeté par la banque.")
    looked_at(desk, "a payment to correct")
    desk.get_by_role("button", name="Enregistrer la contre-écriture").click()
    desk.get_by_text("contre-écriture : Virement rejeté par la banque.").wait_for()

    desk.goto(made.at(wrong))
    desk.get_by_role("link", name="Lire le signalement et ses pièces").click()
    looked_at(desk, "an anomaly with its evidence")
    phone.goto(desk.url)
    looked_at(phone, "an anomaly with its evidence, on a phone")


def test_an_organisme_shows_its_qualiopi_certificate(open_page, live_server, looked_at):
    root_page()
    home = made.organisme()
    manager = made.manager_of(home)
    desk = enter(open_page(), manager, live_server)
    phone = enter(open_page(320), manager, live_server)
    desk.goto("/formation/justificatifs/")
    looked_at(desk, "no justificatif")
    desk.get_by_role("link", name="Ajouter un justificatif").click()
    desk.get_by_role("button", name="Enregistrer").click()
    looked_at(desk, "what lacks of a justificatif")
    desk.get_by_label("Numéro").fill("QUAL-1")
    desk.get_by_label("Valable à partir du").fill("2026-01-01")
    desk.get_by_label("Valable jusqu’au").fill("2028-12-31")
    desk.get_by_role("button", name="Enregistrer").click()
    desk.get_by_text("QUAL-1").first.wait_for()
    looked_at(desk, "a justificatif")
    phone.goto("/formation/justificatifs/")
    looked_at(phone, "a justificatif on a phone")
