"""The four steps, through the public door."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from lms.accounts.models import Person
from lms.organisations.models import Organisation
from parcours.colleagues import actions
from parcours.colleagues.models import EnrolmentList
from parcours.learning.models import Enrolment
from tests.accounts.factories import PersonFactory
from tests.catalogue.factories import EditionFactory
from tests.kernel.tables.files import xlsx
from tests.organisations.factories import OrganisationFactory
from tests.parcours.colleagues.factories import FAULTY, GOOD, colleague_of, draft, edition_open, outcomes, referent_of
from tests.permissions.matrix import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def structure():
    return OrganisationFactory(name="CCAS de Dol")


@pytest.fixture
def nadia(structure):
    return referent_of(structure)


@pytest.fixture
def door(nadia):
    return signed_in(nadia)


def address(name, structure, *args):
    return reverse(f"colleagues:{name}", args=[structure.public_id, *args])


def of_list(name, found):
    return reverse(f"colleagues:{name}", args=[found.organisation.public_id, found.public_id])


def give(door, structure, edition, **data):
    return door.post(address("give", structure, edition.parcours_id), data)


def fields(line, **values):
    typed = {"first_name": line.first_name, "last_name": line.last_name, "email": line.email} | values
    return {"ligne": line.pk} | {f"ligne-{line.pk}-{name}": value for name, value in typed.items() if value is not None}


# --- Choosing ---------------------------------------------------------------------------------------------------------


def test_only_parcours_open_online_that_somebody_answers_for_are_offered(door, structure):
    edition_open(title="Ouvert")
    edition_open(title="En session", parcours__opening="session")
    edition_open(title="Fermé", parcours__opening="fermee")
    EditionFactory(title="Sans organisme", parcours__organisation=None)
    EditionFactory(
        title="Sans interlocuteur", parcours__organisation=OrganisationFactory(training=True, assistance_contact="")
    )
    Organisation.objects.filter(assistance_contact="").exclude(nda="").update(nda="53351234599")
    page = door.get(address("choose", structure))
    assertContains(page, "Ouvert")
    for title in ("En session", "Fermé", "Sans organisme", "Sans interlocuteur"):
        assertNotContains(page, title)
    assertContains(page, "30\u00a0min, 3 étapes")
    assertContains(page, "Inès Le Goff")


def test_nothing_offered_says_why(door, structure):
    assertContains(door.get(address("choose", structure)), "Aucun parcours n’est ouvert")


def test_a_parcours_that_is_not_open_takes_no_list(door, structure):
    closed = edition_open(parcours__opening="session")
    assert give(door, structure, closed, pasted=GOOD).status_code == 404


def test_drafts_wait_and_confirmed_lists_are_kept(door, structure, nadia, run_jobs):
    kept = draft(structure, nadia)
    actions.confirm_list(draft(structure, nadia), by=nadia)
    run_jobs()
    page = door.get(address("choose", structure))
    assertContains(page, f'href="{of_list("check", kept)}"')
    assertContains(page, "Listes confirmées")
    assertContains(page, "Nadia Vasseur")


# --- Giving -----------------------------------------------------------------------------------------------------------


def test_pasted_lines_become_a_draft(door, structure):
    edition = edition_open()
    response = give(door, structure, edition, pasted=FAULTY)
    found = EnrolmentList.objects.get()
    assertRedirects(response, of_list("check", found))
    page = door.get(response.url)
    assertContains(page, "2 à inscrire, 2 à corriger")
    assertContains(page, "Ligne 4, Adresse e-mail")
    assert not Enrolment.objects.exists()


@pytest.mark.parametrize(
    "file",
    [
        SimpleUploadedFile("agents.csv", GOOD.encode("cp1252")),
        SimpleUploadedFile("agents.xlsx", xlsx([line.split(";") for line in GOOD.splitlines()]).read()),
    ],
    ids=["csv", "xlsx"],
)
def test_a_file_becomes_a_draft_and_says_how_it_was_read(door, structure, file):
    file.seek(0)
    response = give(door, structure, edition_open(), file=file)
    page = door.get(response.url)
    assertContains(page, "2 à inscrire")
    assertContains(page, file.name)
    assertContains(page, "Windows-1252 (deviné)" if file.name.endswith("csv") else "classeur Excel")


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({}, "Collez au moins une ligne"),
        ({"pasted": " \n "}, "Collez au moins une ligne"),
        ({"pasted": "Nom;Prénom\nDurand;Marie\n"}, "Aucune colonne ne contient"),
        ({"file": ("vide.csv", b"")}, "est vide"),
        ({"file": ("photo.jpg", bytes(range(256)) * 9)}, "n’est pas un tableau"),
        ({"file": ("vieux.xls", b"\xd0\xcf\x11\xe0" + bytes(99))}, "ancien format"),
        ({"file": ("gros.csv", b"a;b;c\n" * 900_000)}, "la limite est de 5\u00a0Mo"),
        ({"pasted": GOOD, "file": ("a.csv", GOOD.encode())}, "pas les deux"),
    ],
)
def test_what_cannot_be_read_is_refused_in_a_sentence_and_kept_on_screen(door, structure, data, sentence):
    data = {name: SimpleUploadedFile(*value) if name == "file" else value for name, value in data.items()}
    response = give(door, structure, edition_open(), **data)
    assertContains(response, sentence, status_code=422)
    assert not EnrolmentList.objects.exists()
    assert not response.context["form"].non_field_errors()
    if "Durand;Marie\n" in data.get("pasted", ""):
        assertContains(response, "Durand;Marie", status_code=422)


# --- Checking ---------------------------------------------------------------------------------------------------------


def test_faulty_lines_are_corrected_on_the_spot(door, structure, nadia):
    found = draft(structure, nadia, FAULTY)
    slip, nameless = found.lines.faulty().order_by("position")
    response = door.post(of_list("check", found), fields(nameless, first_name="Luc"), follow=True)
    assertContains(response, "Il reste 1 ligne à corriger.")
    response = door.post(of_list("check", found), fields(slip, suggested="on"), follow=True)
    assertContains(response, "Tout est corrigé")
    assertContains(response, of_list("confirm", found))
    assert found.lines.get(pk=slip.pk).email == "anne.roux@gmail.com"


def test_what_was_typed_wrong_stays_on_screen_with_its_sentence(door, structure, nadia):
    found = draft(structure, nadia, FAULTY)
    line = found.lines.faulty().last()
    page = door.post(of_list("check", found), fields(line, first_name="=cmd"), follow=True)
    assertContains(page, 'value="=cmd"')
    assertContains(page, "comme une formule de tableur")
    assertContains(page, f'href="#id_ligne-{line.pk}-first_name"')


def test_a_line_of_another_list_is_not_touched(door, structure, nadia):
    found, other = draft(structure, nadia, FAULTY), draft(OrganisationFactory(), nadia, FAULTY)
    line = other.lines.faulty().last()
    door.post(of_list("check", found), fields(line, first_name="Luc"))
    assert other.lines.get(pk=line.pk).first_name == ""


def test_lines_are_set_aside_one_by_one_or_all_at_once(door, structure, nadia):
    found = draft(structure, nadia, FAULTY)
    first = found.lines.first()
    door.post(of_list("check", found), {"faire": "ecarter", "coche": first.pk})
    door.post(of_list("check", found), {"faire": "ecarter-tout"})
    assert found.lines.by_status() == {"ready": 1, "already": 0, "faulty": 0, "excluded": 3}
    page = door.get(of_list("check", found), {"lignes": "ecartees"})
    assertContains(page, "1 à inscrire, 3 écartées")
    door.post(of_list("check", found), {"faire": "reprendre", "coche": first.pk})
    assert found.lines.by_status()["ready"] == 2


def test_names_are_turned_round(door, structure, nadia):
    found = draft(structure, nadia)
    door.post(of_list("check", found), {"faire": "inverser"})
    assert found.lines.first().first_name == "Durand"


@pytest.mark.parametrize("tab", ["a-corriger", "a-verifier", "a-inscrire", "deja-inscrits", "ecartees", "inconnue"])
def test_every_part_of_the_list_opens(door, structure, nadia, tab):
    colleague_of(structure, email="marie.durand@ville-exemple.fr", first_name="Maria")
    found = draft(structure, nadia, FAULTY + "Martin;Luc;accueil@ville-exemple.fr\n")
    assert door.get(of_list("check", found), {"lignes": tab}).status_code == 200


def test_a_name_that_is_markup_is_written_as_it_is(door, structure, nadia):
    found = draft(structure, nadia, "Nom;Prénom;Mail\n<script>alert(1)</script>;Marie;marie@ville-exemple.fr\n")
    page = door.get(of_list("check", found), {"lignes": "a-inscrire"})
    assertNotContains(page, "<script>alert")


def test_a_draft_is_deleted(door, structure, nadia):
    found = draft(structure, nadia)
    assertContains(door.post(of_list("discard", found), follow=True), "Le brouillon est supprimé")
    assert not found.lines.exists()
    assertRedirects(door.get(of_list("check", found)), of_list("report", found), fetch_redirect_response=False)


def test_checking_costs_the_same_for_three_lines_or_three_hundred(
    door, structure, nadia, django_assert_max_num_queries
):
    many = "Nom;Prénom;Mail\n" + "".join(f"Durand;;p{n}@ville-exemple.fr\n" for n in range(300))
    found = draft(structure, nadia, many)
    with django_assert_max_num_queries(15):
        door.get(of_list("check", found), {"par_page": "100"})


# --- Confirming -------------------------------------------------------------------------------------------------------


def test_confirming_says_what_will_happen_then_tells_what_did(door, structure, nadia, run_jobs):
    found = draft(structure, nadia)
    page = door.get(of_list("confirm", found))
    assertContains(page, "2 personnes à inscrire")
    assertContains(page, "aucun mot de passe")
    response = door.post(of_list("confirm", found), follow=True)
    assertContains(response, "0 ligne traitée sur 2")
    assertContains(response, "Actualiser")
    run_jobs()
    report = door.get(of_list("report", found))
    assertNotContains(report, "Actualiser")
    assertContains(report, "Inscrit (2)")
    assertContains(report, "Nadia Vasseur")
    assertContains(door.get(of_list("report", found), {"suite": "enrolled"}), "Marie Durand")
    assertContains(door.get(address("register", structure)), "Paul Le Goff")


def test_a_list_still_faulty_shows_why_instead_of_a_button(door, structure, nadia):
    found = draft(structure, nadia, FAULTY)
    page = door.get(of_list("confirm", found))
    assertContains(page, "Il reste 2 lignes à corriger ou à écarter.")
    response = door.post(of_list("confirm", found), follow=True)
    assertContains(response, "Il reste 2 lignes")
    assert not Enrolment.objects.exists()


def test_confirming_twice_is_harmless(door, structure, nadia, run_jobs):
    found = draft(structure, nadia)
    for _ in range(2):
        door.post(of_list("confirm", found))
    run_jobs()
    assert outcomes(found) == ["enrolled", "enrolled"]
    assert Enrolment.objects.count() == 2


def test_the_report_says_an_account_exists_only_once_confirmed_and_never_its_name(door, structure, nadia, run_jobs):
    PersonFactory(email="marie.durand@ville-exemple.fr", first_name="Maryse", last_name="Secrète")
    found = draft(structure, nadia)
    for page in ("check", "confirm"):
        assertNotContains(door.get(of_list(page, found)), "compte existe")
    door.post(of_list("confirm", found))
    run_jobs()
    report = door.get(of_list("report", found))
    assertContains(report, "Un compte existe déjà avec cette adresse")
    assertNotContains(report, "Secrète")
    assertNotContains(door.get(address("register", structure)), "Secrète")


def test_a_report_without_names_any_more_keeps_its_figures(door, structure, nadia, run_jobs):
    found = actions.confirm_list(draft(structure, nadia), by=nadia)
    run_jobs()
    actions.forget_lines(found)
    assertContains(door.get(of_list("report", found)), "Les noms de cette liste ont été effacés")


def test_new_people_arrive_with_a_code_and_find_their_parcours(door, structure, nadia, run_jobs, mailoutbox):
    found = draft(structure, nadia)
    door.post(of_list("confirm", found))
    run_jobs()
    marie = Person.objects.get(email="marie.durand@ville-exemple.fr")
    page = signed_in(marie).get("/espace/")
    assertContains(page, found.parcours.title)
    assert re.search("CCAS de Dol", str(marie.enrolments.get().employer))
