"""An officer clears a pile of ten with two mismatches: eight together, two one by one; takes one back; by phone too."""

import pytest
from django.conf import settings

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
