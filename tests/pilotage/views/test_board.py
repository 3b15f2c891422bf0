import re
from datetime import UTC, date, datetime
from unittest.mock import patch

import pytest
from pytest_django.asserts import assertContains, assertNotContains

from lms.kernel.models import Rule
from lms.pilotage.actions import fold, recount
from lms.pilotage.engine import registry
from tests.accounts.factories import PersonFactory
from tests.organisations.factories import CampagneFactory
from tests.permissions.matrix import signed_in

pytestmark = pytest.mark.django_db
BOARD = "/pilotage/"
LINK = r'<a href="(/pilotage/indicateurs/[^"]+/liste/[^"]*)"[^>]*>([^<]+)</a>'
AXES = ("vague", "region", "departement", "type", "organisme", "mois", "origine")


def words(response):
    """What is read on the page, whatever the tags between the words."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()).replace("\u00a0", " "))


def reads(role, level):
    Rule(code="pilotage.reading_levels", value={role: level}, valid_from=date(2026, 1, 1)).save()


def test_the_pilot_reads_one_figure_its_share_and_what_it_is_made_of(here, ledger):
    ledger.exchange = datetime(2026, 11, 18, 9, tzinfo=UTC)
    ledger.to_match = (96, "/habilitation/a-rapprocher/")
    said = words(signed_in(here.pilot).get(BOARD))
    assert "Où en sommes-nous des 20 000 ?" in said
    assert "2 aidants formés et habilités" in said
    assert "1 % de l’objectif (2 sur 20 000)." in said
    assert "2 formés ici" in said
    assert "0 repris d’Aidants Connect" in said
    assert "96 à rapprocher" in said
    assert "Campagne en cours · chiffres du" in said
    assert "dernier échange avec Aidants Connect : 18/11/2026" in said


def test_the_funnel_is_read_by_wave_and_since_a_month(here):
    said = words(signed_in(here.pilot).get(BOARD))
    assert "Étape Vague 1 Vague 2 Ensemble Depuis un mois" in said
    assert re.search(r"Inscrits 3 2 5 0 ", said)
    assert re.search(r"Habilités 1 1 2 \+ 2 ", said)


def test_the_figures_follow_the_facts_before_any_fold(here, ledger):
    person = PersonFactory()
    ledger.gives(person, "habilites", here.world.structure, on=date(2026, 11, 12), origin="repris")
    recount([person.pk])
    said = words(signed_in(here.pilot).get(BOARD))
    assert "3 aidants formés et habilités" in said
    assert "1 repris d’Aidants Connect" in said


def test_each_number_leads_to_a_list_that_has_as_many_lines(here):
    client = signed_in(here.pilot)
    pages = [BOARD, *(f"/pilotage/repartition/{axis}/" for axis in AXES)]
    checked = 0
    for page in pages:
        html = client.get(page).content.decode()
        for url, text in re.findall(LINK, html):
            value = int(re.search(r"\d+", text)[0])
            response = client.get(url.replace("&amp;", "&"))
            assert response.context["listing"].lines.count() == value, url
            assert response.context["listing"].total == value, url
            checked += 1
    assert checked > 60


def test_a_territorial_pilot_reads_the_perimeter_and_says_which(here):
    said = words(signed_in(here.territorial).get(BOARD))
    assert "Bretagne (1 département)" in said
    assert "1 aidant formé et habilité" in said
    assert "objectif national" in said
    assert "Par département Département Inscrits Habilités" in said
    assert "par région" not in said.split("Les mêmes chiffres")[0]
    assert "Mayotte" not in said
    assert "Vague 2" not in said
    assert "à rapprocher" not in said


def test_a_pilot_without_any_territory_reads_nothing_and_is_told_so(here):
    here.world.membership("territorial_pilot").perimeter_regions.clear()
    said = words(signed_in(here.territorial).get(BOARD))
    assert "Aucun territoire ne vous est confié" in said
    assert "0 aidant formé et habilité" in said


def test_whoever_reads_figures_only_meets_no_small_number_and_no_list(here):
    reads("pilot", "comptes")
    client = signed_in(here.pilot)
    response = client.get(BOARD)
    assertContains(response, "moins de 5")
    assertNotContains(response, "/liste/")
    assertNotContains(response, '<svg class="curve"')
    assertNotContains(response, "Ensemble 2")
    assertNotContains(response, "Toutes les campagnes")
    assert client.get(BOARD, {"campagne": "toutes"}).status_code == 404
    assert client.get("/pilotage/indicateurs/habilites/liste/").status_code == 403
    assert client.post("/pilotage/indicateurs/habilites/export/").status_code == 403
    table = client.get("/pilotage/tableau/region/csv/").content.decode()
    assert "moins de 5" not in table
    assert ";2" not in table


def test_another_campagne_is_read_apart_and_all_of_them_together(here, ledger):
    past = CampagneFactory(
        code="passee", name="Campagne passée", starts_on=date(2021, 3, 1), ends_on=date(2021, 12, 31), closed=True
    )
    person = PersonFactory()
    ledger.gives(person, "habilites", here.world.far, on=date(2021, 6, 1), origin="repris")
    recount([person.pk])
    fold()
    client = signed_in(here.pilot)
    assert "1 aidant formé et habilité" in words(client.get(BOARD, {"campagne": past.code}))
    every = words(client.get(BOARD, {"campagne": "toutes"}))
    assert "Où en sommes-nous ?" in every
    assert "3 aidants formés et habilités" in every
    assert client.get(BOARD, {"campagne": "inconnue"}).status_code == 404


def test_the_share_of_a_region_counts_those_registered_before_the_campagne_began(here, ledger):
    """Some registered before it and got there during it: they are among those who could, whatever their day."""
    client = signed_in(here.pilot)
    assert re.search(r"Bretagne : \d+ % \(1 sur 3\)", words(client.get(BOARD)))
    people = [PersonFactory() for _ in range(4)]
    for rank, person in enumerate(people):
        ledger.gives(person, "inscrits", here.world.structure, on=date(2020, 1, 6))
        on = date(2026, 11, 12) if rank else date(2020, 2, 3)
        ledger.gives(person, "habilites", here.world.structure, on=on, origin="ici")
    recount([one.pk for one in people])
    said = words(client.get(BOARD))
    assert "Bretagne : 67 % (4 sur 6)" in said
    assert "même d’avant la campagne" in said


def test_a_region_with_an_objective_of_its_own_is_measured_by_it(here):
    client = signed_in(here.pilot)
    assert "Habilités parmi les inscrits, par région" in words(client.get(BOARD))
    value = {"en-cours": {"53": 2, "06": 100}}
    Rule(code="pilotage.regional_objectives", value=value, valid_from=date(2026, 1, 1)).save()
    said = words(client.get(BOARD))
    assert "Part de l’objectif par région" in said
    assert "Bretagne : 50 % (1 sur 2)" in said
    assert "Mayotte : 1 % (1 sur 100)" in said


@pytest.mark.parametrize("axis", AXES)
def test_each_table_adds_up_to_the_same_whole(here, axis):
    table = signed_in(here.pilot).get(f"/pilotage/repartition/{axis}/").context["table"]
    *rows, whole = table.rows
    assert whole.label == "Ensemble"
    sums = [sum(cell.value for cell in column) for column in zip(*(row.cells for row in rows), strict=True)]
    assert sums == [cell.value for cell in whole.cells] == [5, 5, 2]


@pytest.mark.parametrize("axis", AXES)
@pytest.mark.parametrize("page", ["repartition/{}/", "tableau/{}/csv/"])
def test_nothing_of_a_neighbour_region_is_in_any_table(here, axis, page):
    response = signed_in(here.territorial).get(BOARD + page.format(axis), {"region": "06", "campagne": "toutes"})
    for word in ("Mayotte", "Sada", "Vague 2", "Bacar", "Madi"):
        assertNotContains(response, word)
    table = signed_in(here.territorial).get(f"/pilotage/repartition/{axis}/").context["table"]
    assert [cell.value for cell in table.rows[-1].cells] == [3, 3, 1]


def test_a_territorial_pilot_who_may_read_people_reads_those_of_the_perimeter(here):
    reads("territorial_pilot", "personnes")
    response = signed_in(here.territorial).get("/pilotage/indicateurs/inscrits/liste/")
    assertContains(response, "Quéré")
    assertNotContains(response, "Bacar")


def test_habilitations_are_told_apart_from_people(here, ledger):
    person = here.people[0]
    for rank, structure in enumerate((here.world.structure, here.world.neighbour)):
        ledger.gives(person, "habilitations", structure, subject=f"habilitation:{rank}", on=date(2026, 11, 10))
    recount([person.pk])
    table = signed_in(here.pilot).get("/pilotage/repartition/vague/", {"unite": "habilitations"}).context["table"]
    assert table.caption == "Habilitations par vague"
    assert table.rows[-1].cells[0].value == 2


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_a_table_is_taken_out_as_it_is_shown(here, form):
    response = signed_in(here.pilot).get(f"/pilotage/tableau/region/{form}/")
    assert f'par-region.{form}"' in response["Content-Disposition"]
    if form == "csv":
        lines = response.content.decode("utf-8-sig").splitlines()
        assert lines == ["Région;Inscrits;Formés;Habilités", "Bretagne;3;3;1", "Mayotte;2;2;1", "Ensemble;5;5;2"]


@pytest.mark.parametrize(
    "url", ["/pilotage/repartition/autre/", "/pilotage/tableau/autre/csv/", "/pilotage/tableau/region/pdf/"]
)
def test_a_table_that_does_not_exist_is_not_found(here, url):
    assert signed_in(here.pilot).get(BOARD + url).status_code == 404


def test_definitions_are_the_same_words_for_all_who_read(here):
    said = words(signed_in(here.territorial).get("/pilotage/indicateurs/"))
    assert "Une personne compte une fois : habilités." in said
    assert said.count("À chaque fait enregistré.") == 1, "what is true of all is said once"


def test_every_table_and_list_says_which_campagne_it_reads(here):
    client = signed_in(here.pilot)
    assert "Campagne en cours · chiffres du" in words(client.get("/pilotage/repartition/region/"))
    listed = words(client.get("/pilotage/indicateurs/habilites/liste/"))
    assert "Personnes · Campagne en cours" in listed
    assert "2 personnes" in listed


def test_the_first_tab_of_the_board_is_the_one_that_is_open(here):
    html = signed_in(here.pilot).get(BOARD).content.decode()
    assert '<a href="/pilotage/" aria-current="page">Où en sommes-nous' in html


def test_without_any_indicator_the_board_says_so(here):
    with patch.dict(registry.INDICATORS, clear=True):
        assertContains(signed_in(here.pilot).get(BOARD), "Aucun indicateur n’est encore compté")


@pytest.mark.parametrize("page", [BOARD, *(f"/pilotage/repartition/{axis}/" for axis in AXES)])
def test_a_board_costs_at_most_fifteen_queries(here, page, django_assert_max_num_queries):
    client = signed_in(here.pilot)
    client.get(page)
    with django_assert_max_num_queries(15):
        client.get(page)
