"""The national stock enters twice through the page: renamed, in another order, saved otherwise, it moves nothing."""

import pytest

from certification.habilitation.lifecycle import FileState
from certification.habilitation.models import Habilitation, ImportedFile, ImportedLine
from lms.organisations.actions import load_reference
from lms.organisations.models import Kind, Role
from lms.pilotage.actions import fold
from tests.accounts.factories import PersonFactory
from tests.browser.authoring import enter
from tests.browser.fourteen import jobs, member
from tests.catalogue.factories import root_page
from tests.certification.habilitation.stock import general_in_disorder, general_otherwise
from tests.certification.habilitation.test_stock import everything
from tests.organisations.factories import CampagneFactory, OrganisationFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LINES = 12_000
HUNDREDS = LINES // 100
REACHED = LINES - 3 * HUNDREDS
"""But those without an address, without a day that is one, or with the address of somebody else."""


@pytest.fixture
def pilot():
    root_page()
    load_reference()
    CampagneFactory(name="Campagne 2026-2027", objective=20_000)
    PersonFactory(email="shared@ville.example", first_name="Bertrand", last_name="Quelqu")
    return member(OrganisationFactory(kind=Kind.ANCT, name="ANCT"), Role.PILOT, "Julien Moreau")


def test_twelve_thousand_lines_enter_once_and_the_second_time_nothing_moves(open_page, live_server, pilot, looked_at):
    page = enter(open_page(), pilot, live_server)
    told = deposits(page, "export-aidants-2026-11.csv", general_in_disorder(LINES))
    for said in (f"{LINES + HUNDREDS:,} lignes", f"{REACHED:,} nouvelles", f"{HUNDREDS} à rapprocher"):
        assert french(said) in told
    looked_at(page, "twelve thousand lines, read")
    confirms(page)
    looked_at(page, "twelve thousand lines, recorded")
    assert Habilitation.objects.reached().count() == REACHED
    reads_the_figure(page)
    before, waiting = everything(), ImportedLine.objects.to_decide().count()

    told = deposits(page, "AC_national_trié.csv", general_otherwise(LINES))
    assert "Windows-1252" in told
    assert french(f"{REACHED:,} déjà connues") in told
    assert "nouvelle" not in told
    assert "complétée" not in told
    confirms(page)
    reads_the_figure(page)
    assert everything() == before
    assert ImportedLine.objects.to_decide().count() == waiting == HUNDREDS
    assert ImportedFile.objects.filter(state=FileState.DONE).count() == 2


def deposits(page, name, content) -> str:
    """What the page says of the file once it is read."""
    page.goto("/pilotage/fichiers/deposer/")
    page.get_by_label("Nature du fichier").select_option("A11")
    page.locator("input[type=file]").set_input_files({"name": name, "mimeType": "text/csv", "buffer": content})
    page.get_by_role("button", name="Lire ce fichier").click()
    page.get_by_text("La lecture est en cours").wait_for()
    jobs()
    page.get_by_role("link", name="Actualiser").click()
    page.get_by_text("Rien n’est encore enregistré").wait_for()
    page.get_by_text("Comment ce fichier a été lu").click()
    return plain(page.get_by_role("main").inner_text())


def confirms(page):
    page.get_by_role("button", name="Enregistrer ces lignes").click()
    page.get_by_text("L’enregistrement commence").wait_for()
    jobs()
    page.reload()
    page.get_by_text("enregistré", exact=True).first.wait_for()


def reads_the_figure(page):
    """The figure of the board, and the list behind it, to the unit; the campagne in progress has none of them."""
    fold()
    page.goto("/pilotage/")
    assert "0 repris d’Aidants Connect" in plain(page.get_by_role("main").inner_text())
    page.goto("/pilotage/?campagne=toutes")
    figure = french(f"{REACHED:,}")
    assert f"{figure} repris d’Aidants Connect" in plain(page.get_by_role("main").inner_text())
    page.goto("/pilotage/indicateurs/personnes-habilitees/liste/?campagne=toutes")
    assert plain(page.get_by_role("heading", level=1).inner_text()) == f"Habilités ({figure})"


def plain(text: str) -> str:
    return " ".join(text.split())


def french(text: str) -> str:
    return text.replace(",", " ")
