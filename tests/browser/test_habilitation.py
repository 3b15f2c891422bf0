"""A référente registers eight colleagues, four become habilitated: a pilot reads it from the figure to the paper."""

import pytest
from playwright.sync_api import expect

from certification.habilitation.lifecycle import FactKind, Origin, Step
from certification.habilitation.models import Fact, Habilitation
from lms.kernel.models import OutgoingMail
from lms.organisations.queries import today
from lms.pilotage.actions import check, fold
from tests.browser.authoring import enter
from tests.browser.eight import PROOF, Eight
from tests.browser.fourteen import jobs
from tests.catalogue.factories import root_page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WIDTHS = (320, 1280)


@pytest.fixture
def group():
    root_page()
    return Eight()


@pytest.fixture
def seen(looked_at):
    """Looks at a page on a phone, then on a screen."""

    def look(page, state):
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            looked_at(page, f"{state}, {width} px")

    return look


def test_eight_are_registered_six_attend_five_send_pix_and_four_are_habilitated(open_page, live_server, group, seen):
    desk = enter(open_page(), group.pilot, live_server)
    deposits(desk, "Aidants à former", group.to_train(), "4 lignes", seen)
    office = enter(open_page(), group.referent, live_server)
    registers_eight(office, group, seen)
    jobs()

    group.days_pass()
    for rank in (1, 2):
        group.sign(group.present, rank)
    countersigns_and_closes(enter(open_page(), group.trainer, live_server), group)
    jobs()
    assert trained(group.session) == {one.pk for one in group.present}
    reads_her_people(office, group, {"Formé": 6, "Inscrit": 2}, seen)

    phone = enter(open_page(320), group.declares, live_server)
    declares_her_test(phone, seen)
    declares_for_a_colleague(office, group.declared, seen)
    confirms(desk, group, seen)
    deposits(desk, "Résultats du test Pix Aidants Connect", group.pix(), "3 lignes", seen)

    assert habilitated() == {one.pk for one in group.habilitated}
    reads_her_people(office, group, {"Habilité": 4, "Test Pix envoyé": 1, "Formé": 2, "Inscrit": 1}, seen)
    fold()
    opens_the_figure_the_list_the_person_the_paper(desk, group, seen)
    reads_how_the_peer_got_there(desk, group, seen)
    reads_where_she_is(phone, seen)
    reads_what_is_missing(enter(open_page(320), group.silent[0], live_server), group.silent[0], seen)
    everybody_is_told(group)
    assert list(check()) == []


# --- Before, and in the room ------------------------------------------------------------------------------------------


def deposits(page, kind, file, lines, seen):
    """A file is read first; what it would do is on the page before it is recorded."""
    page.goto("/pilotage/fichiers/deposer/")
    option = page.locator("#id_kind option").filter(has_text=kind).first.get_attribute("value")
    page.get_by_label("Nature du fichier").select_option(option)
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name="Lire ce fichier").click()
    page.get_by_text("La lecture est en cours").wait_for()
    jobs()
    page.get_by_role("link", name="Actualiser").click()
    page.get_by_text("Rien n’est encore enregistré").wait_for()
    assert lines in plain(page.get_by_role("main").inner_text())
    seen(page, f"{kind}, read")
    page.get_by_role("button", name="Enregistrer ces lignes").click()
    page.get_by_text("L’enregistrement commence").wait_for()
    jobs()
    page.reload()
    seen(page, f"{kind}, recorded")


def registers_eight(page, group, seen):
    page.goto(f"/sessions/{group.session.public_id}/")
    page.get_by_role("link", name="M’inscrire ou inscrire des collègues").click()
    page.get_by_text("Public (collectivité").click()
    for question in ("conseillers numériques", "déjà accordé"):
        page.get_by_role("radiogroup").filter(has_text=question).get_by_text("Non", exact=True).click()
    page.get_by_role("button", name="Continuer").click()
    for person in group.people:
        page.locator(f"label[for=personne-{person.pk}]").click()
    seen(page, "eight are chosen")
    page.get_by_role("button", name="Inscrire", exact=True).click()
    expect(page.get_by_text("8 personnes ont une place")).to_be_visible()
    reads_her_people(page, group, {"Inscrit": 8}, seen)


def countersigns_and_closes(page, group):
    """The two who did not come are noted absent, on both sheets."""
    for rank in (1, 2):
        page.goto(group.line(group.away, rank).sheet.get_absolute_url())
        page.get_by_text("6 signatures sur 8").wait_for()
        page.get_by_role("button", name="Noter absentes les personnes à confirmer").click()
        page.get_by_text("Notées absentes : 2").wait_for()
        page.get_by_role("button", name="Contresigner et verrouiller").click()
        page.get_by_text("La feuille est contresignée et verrouillée").wait_for()
    page.goto(group.session.get_absolute_url())
    page.get_by_role("button", name="Terminer la session").click()
    page.get_by_text("La session est terminée").wait_for()


def trained(session) -> set:
    """Whose training is a fact of the organisme, followed here."""
    found = Fact.objects.filter(
        kind=FactKind.TRAINING, origin=Origin.HERE, training_organisation=session.organisation_id
    )
    return set(found.counting().values_list("person", flat=True))


# --- The référente, the trainee ---------------------------------------------------------------------------------------


def reads_her_people(page, group, words, seen):
    """How many are at each of the four words, as the list of the structure says them."""
    page.goto(f"/structure/{group.structure.public_id}/habilitations/")
    seen(page, f"the people of a structure, {words}")
    said = [plain(cell) for cell in page.locator("td[data-label='Étape']").all_text_contents()]
    assert {word: said.count(word) for word in set(said)} == words


def declares_her_test(page, seen):
    page.goto("/espace/habilitation/")
    page.get_by_role("link", name="Déclarer mon test Pix").click()
    page.get_by_label("Jour où les résultats ont été envoyés").fill(today().isoformat())
    page.get_by_role("button", name="Déclarer").click()
    page.get_by_text("Joignez le justificatif").first.wait_for()
    seen(page, "a declaration without its proof")
    sends_the_proof(page)
    page.get_by_text("Votre déclaration est enregistrée").wait_for()
    seen(page, "a declaration that waits")


def sends_the_proof(page):
    page.get_by_label("Jour où les résultats ont été envoyés").fill(today().isoformat())
    page.locator("input[type=file]").set_input_files(PROOF)
    page.get_by_role("button", name="Déclarer").click()


def declares_for_a_colleague(page, person, seen):
    page.get_by_role("link", name=person.full_name).click()
    page.get_by_role("link", name="Déclarer un test Pix").click()
    seen(page, "a declaration for a colleague")
    sends_the_proof(page)
    page.get_by_text(f"Le test Pix de {person.full_name} est déclaré").wait_for()
    seen(page, "a colleague whose test is declared")


def reads_where_she_is(page, seen):
    page.goto("/espace/")
    page.goto("/espace/habilitation/")
    page.get_by_role("heading", level=1, name="Où en est mon habilitation").wait_for()
    expect(page.locator(".hab-step--done")).to_have_count(4)
    seen(page, "habilitated, as she reads it")
    assert "par Aidants Connect, jamais par nous" in plain(page.get_by_role("main").inner_text())


def reads_what_is_missing(page, person, seen):
    page.goto("/espace/habilitation/")
    page.get_by_text("Pourquoi le test Pix n’apparaît pas encore").wait_for()
    seen(page, "a test that is missing")
    told = plain(page.get_by_role("main").inner_text())
    for said in (person.email, "Le dernier fichier de Pix reçu est à jour du", "Éligibilité"):
        assert said in told


# --- The pilot --------------------------------------------------------------------------------------------------------


def confirms(page, group, seen):
    """One is read with its proof, the other is ticked; nobody is habilitated before."""
    assert habilitated() == set()
    page.goto("/pilotage/habilitations/")
    page.get_by_text("2 déclarations à vérifier").wait_for()
    seen(page, "two declarations")
    page.get_by_role("link", name=group.declares.full_name, exact=True).click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Télécharger le justificatif").click()
    assert download.value.path().read_bytes() == PROOF["buffer"]
    seen(page, "a declaration with its proof")
    page.get_by_role("button", name="Confirmer le test Pix").click()
    page.get_by_text("Le test Pix est confirmé").wait_for()
    page.get_by_label(group.declared.full_name).check(force=True)
    page.get_by_role("button", name="Confirmer les déclarations cochées").click()
    page.get_by_text("Rien n’est encore décidé").wait_for()
    seen(page, "what would be confirmed")
    page.get_by_role("button", name="Confirmer", exact=True).click()
    page.get_by_text("1 déclaration confirmée").wait_for()
    seen(page, "nothing waits")
    assert habilitated() == {group.declares.pk, group.declared.pk}


def habilitated() -> set:
    return set(Habilitation.objects.filter(step=Step.HABILITATED).values_list("person", flat=True))


def opens_the_figure_the_list_the_person_the_paper(page, group, seen):
    page.goto("/pilotage/")
    told = plain(page.get_by_role("main").inner_text())
    for said in ("3 formés ici", "1 connu par une autre source", "0 repris d’Aidants Connect"):
        assert said in told
    seen(page, "the board")
    page.get_by_role("link", name="4", exact=True).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Habilités (4)")
    names = [plain(one) for one in page.locator("tbody th").all_inner_texts()]
    assert sorted(names) == sorted(one.full_name for one in group.habilitated)
    seen(page, "the list behind the figure")
    page.get_by_role("link", name=group.late.full_name).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(group.late.full_name)
    seen(page, "the person")
    told = plain(page.get_by_role("main").text_content())
    for said in ("résultat : 0 %", "suivi ici, Formation Armor", "fichier de Pix du", "prouvé ici"):
        assert said in told
    page.get_by_role("link", name="Attestation de fin de formation").wait_for()
    page.get_by_role("link", name="Certificat de réalisation").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Certificat de réalisation")
    seen(page, "the paper")
    assert group.late.full_name in plain(page.get_by_role("main").inner_text())


def reads_how_the_peer_got_there(page, group, seen):
    page.goto(Habilitation.objects.get(person=group.peer).get_absolute_url())
    seen(page, "somebody trained by a colleague")
    told = plain(page.get_by_role("main").text_content())
    for said in ("formation entre pairs : date du test Pix", "Voie : formation entre pairs", "Habilité"):
        assert said in told


def everybody_is_told(group):
    """Each who is habilitated, and the référente of each; nobody else."""
    found = OutgoingMail.objects.filter(subject__startswith="Habilitation").values_list("to", flat=True)
    expected = [one.email for one in group.habilitated] + [group.referent.email] * 4
    assert sorted(found) == sorted(expected)


def plain(text: str) -> str:
    return " ".join(text.split())
