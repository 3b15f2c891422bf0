import csv
import io
from datetime import date

import openpyxl
import pytest
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from lms.kernel.models import JournalEntry, Rule
from lms.organisations.models import Role
from lms.pilotage.actions import fold, recount
from lms.pilotage.models import Line, ListExport
from lms.pilotage.tasks import forget
from tests.accounts.factories import PersonFactory
from tests.kernel.stopping import machine_stops
from tests.organisations.factories import MembershipFactory, OrganisationFactory, RegionFactory
from tests.permissions.matrix import signed_in

pytestmark = pytest.mark.django_db
ENROLLED = "/pilotage/indicateurs/inscrits/liste/"
EXPORT = "/pilotage/indicateurs/inscrits/export/"


def names(response):
    return [one.line.person.last_name for one in response.context["people"]]


def structures(response):
    return [(one.organisation.name, one.total) for one in response.context["structures"]]


def rows(response):
    return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig")), delimiter=";"))


# --- Who reads what ---------------------------------------------------------------------------------------------------


def test_the_pilot_reads_people_and_each_leads_to_their_page(here):
    response = signed_in(here.pilot).get(ENROLLED, {"tri": "nom"})
    assertContains(response, "Inscrits (5)")
    assert names(response) == ["Bacar", "Le Goff", "Madi", "Quéré", "Riou"]
    assertContains(response, f'href="/personnes/{here.people[0].pk}/"')


def test_a_territorial_pilot_reads_structures_with_their_referents_and_nobody_s_name(here):
    response = signed_in(here.territorial).get(ENROLLED)
    referent = here.world.people[Role.STRUCTURE_REFERENT]
    assertContains(response, "Inscrits (3)")
    assert structures(response) == [("Mairie de Dol", 3)]
    assertContains(response, referent.email)
    for person in here.people:
        assertNotContains(response, person.last_name)
        assertNotContains(response, f"/personnes/{person.pk}/")


def test_whoever_reads_structures_does_not_search_people(here):
    response = signed_in(here.territorial).get(ENROLLED, {"q": "Quéré"})
    assertContains(response, "Inscrits (0)")
    assert structures(response) == []
    assert structures(signed_in(here.territorial).get(ENROLLED, {"q": "dol"})) == [("Mairie de Dol", 3)]


NEIGHBOUR = (
    {"region": "06"},
    {"departement": "976"},
    {"vague": "2"},
    {"vague": "aucun"},
    {"region": "aucun", "departement": "976"},
    {"q": "Sada"},
    {"region": "06", "q": "Sada"},
)


@pytest.mark.parametrize("asked", NEIGHBOUR, ids=str)
@pytest.mark.parametrize("indicator", ["inscrits", "formes", "habilites"])
def test_a_neighbour_region_gives_nothing_on_the_list_nor_in_the_export(here, indicator, asked):
    client = signed_in(here.territorial)
    response = client.get(f"/pilotage/indicateurs/{indicator}/liste/", asked)
    assert response.context["listing"].total == 0
    assert structures(response) == []
    assertNotContains(response, "Commune de Sada")
    assert len(rows(client.post(f"/pilotage/indicateurs/{indicator}/export/", asked))) == 1


@pytest.mark.parametrize(
    "asked", [{"region": "00"}, {"depuis": "hier"}, {"mois": "2026-13"}, {"type": "0 OR 1"}], ids=str
)
def test_a_filter_that_means_nothing_leaves_nothing_rather_than_everything(here, asked):
    response = signed_in(here.pilot).get(ENROLLED, asked)
    assertContains(response, "Inscrits (0)")
    assertContains(response, "Rien ne correspond")


def test_the_perimeter_ends_with_the_mandate(here):
    membership = here.world.membership(Role.TERRITORIAL_PILOT)
    membership.starts_on, membership.ends_on = date(2025, 1, 1), date(2026, 10, 31)
    membership.save()
    assert signed_in(here.territorial).get(ENROLLED).status_code == 403


# --- Search, filters, order -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"region": "53"}, 3),
        ({"departement": "976"}, 2),
        ({"vague": "1"}, 3),
        ({"mois": "2026-09"}, 5),
        ({"mois": "2026-10"}, 0),
        ({"depuis": "2026-09-15"}, 0),
        ({"depuis": "2026-09-14", "region": "06"}, 2),
        ({"type": "aucun"}, 2),
        ({"organisme": "aucun", "type": "aucun"}, 2),
        ({"origine": "aucun"}, 5),
        ({"q": "goff ana"}, 1),
        ({"q": "dol"}, 3),
        ({"q": "QUERE"}, 1),
        ({"q": "quéré dol"}, 1),
        ({"q": "quéré sada"}, 0),
        ({"q": "’"}, 5),
        ({"campagne": "toutes", "region": "53"}, 3),
    ],
    ids=str,
)
def test_filters_narrow_the_list_and_the_export_alike(here, asked, found):
    client = signed_in(here.pilot)
    response = client.get(ENROLLED, asked)
    assert (response.context["listing"].total, len(names(response))) == (found, found)
    assert len(rows(client.post(EXPORT, asked))) == found + 1


def test_people_without_a_place_are_found_under_not_known(here, ledger):
    person = PersonFactory(last_name="Sans-Lieu")
    ledger.gives(person, "inscrits", on=date(2026, 9, 20))
    recount([person.pk])
    fold()
    for asked in ({"region": "aucun"}, {"vague": "aucun"}, {"departement": "aucun"}):
        response = signed_in(here.pilot).get(ENROLLED, asked)
        assert names(response) == ["Sans-Lieu"]
        assert response.context["listing"].total == 1
    assertContains(signed_in(here.pilot).get("/pilotage/repartition/region/"), "non précisée")


def test_the_order_is_chosen(here):
    client = signed_in(here.pilot)
    dates = [one.line.on for one in client.get(ENROLLED).context["people"]]
    assert dates == sorted(dates, reverse=True)
    by_number = signed_in(here.territorial).get(ENROLLED, {"tri": "nombre"})
    assert structures(by_number) == [("Mairie de Dol", 3)]


def test_an_indicator_or_a_campagne_that_does_not_exist_is_not_found(here):
    client = signed_in(here.pilot)
    assert client.get("/pilotage/indicateurs/autre/liste/").status_code == 404
    assert client.post("/pilotage/indicateurs/autre/export/").status_code == 404
    assert client.get(ENROLLED, {"campagne": "autre"}).status_code == 404


def test_a_list_costs_the_same_for_five_or_a_hundred(here, ledger, django_assert_max_num_queries):
    people = [PersonFactory() for _ in range(100)]
    for person in people:
        ledger.gives(person, "inscrits", OrganisationFactory(), on=date(2026, 9, 20))
    recount([person.pk for person in people])
    fold()
    for reader in (here.pilot, here.territorial):
        client = signed_in(reader)
        client.get(ENROLLED)
        for asked in ({}, {"tri": "nom"}, {"q": "mairie"}):
            with django_assert_max_num_queries(14):
                assert client.get(ENROLLED, {"par_page": "100"} | asked).status_code == 200


def test_structures_are_listed_as_they_are_after_each_change(here, ledger):
    client = signed_in(here.territorial)
    assert structures(client.get(ENROLLED)) == [("Mairie de Dol", 3)]
    ledger.gives(newcomer := PersonFactory(), "inscrits", here.world.structure, on=date(2026, 9, 20))
    recount([newcomer.pk])
    assert structures(client.get(ENROLLED)) == [("Mairie de Dol", 4)]
    fold()
    assert structures(client.get(ENROLLED)) == [("Mairie de Dol", 4)]


# --- Exports ----------------------------------------------------------------------------------------------------------


def test_a_short_list_is_taken_out_at_once_and_the_journal_says_so(here):
    taken = rows(signed_in(here.pilot).post(EXPORT, {"tri": "nom", "region": "53"}))
    assert taken[0][:3] == ["Nom", "Prénom", "Structure"]
    assert taken[1][:3] == ["Le Goff", "Ana", "Mairie de Dol"]
    assert taken[1][6] == "14/09/2026"
    entry = JournalEntry.objects.get(verb="pilotage.export_list")
    assert (entry.by, entry.after) == (here.pilot, {"indicator": "inscrits", "form": "csv", "rows": 3})


def test_a_list_of_structures_is_taken_out_without_names(here):
    taken = rows(signed_in(here.territorial).post(EXPORT))
    referent = here.world.people[Role.STRUCTURE_REFERENT]
    assert taken[1][0] == "Mairie de Dol"
    assert taken[1][4:] == [referent.full_name, referent.email, "3"]
    assert not {person.last_name for person in here.people} & {cell for row in taken for cell in row}


def test_a_list_is_taken_out_as_a_spreadsheet(here):
    response = signed_in(here.pilot).post(EXPORT, {"format": "xlsx"})
    assert openpyxl.load_workbook(io.BytesIO(response.content)).active.max_row == 6


def test_a_name_that_looks_like_a_formula_stays_a_name(here, ledger):
    person = PersonFactory(last_name="=HYPERLINK(1)")
    ledger.gives(person, "inscrits", here.world.far, on=date(2026, 9, 20))
    recount([person.pk])
    taken = rows(signed_in(here.pilot).post(EXPORT, {"q": "hyperlink"}))
    assert taken[1][0] == "'=HYPERLINK(1)"


def test_a_long_list_is_written_by_a_job_with_the_rights_of_that_moment(here, run_jobs, monkeypatch):
    monkeypatch.setattr("lms.pilotage.views.lists.AT_ONCE", 2)
    client = signed_in(here.territorial)
    response = client.post(EXPORT, {"tri": "nom"})
    export = ListExport.objects.get()
    assertRedirects(response, export.get_absolute_url())
    assertContains(client.get(export.get_absolute_url()), "Le fichier se prépare")
    assert client.get(f"{export.get_absolute_url()}fichier/").status_code == 404
    run_jobs()
    assertContains(client.get(export.get_absolute_url()), "Le fichier est prêt")
    assert rows(client.get(f"{export.get_absolute_url()}fichier/"))[1][0] == "Mairie de Dol"
    assert signed_in(here.pilot).get(f"{export.get_absolute_url()}fichier/").status_code == 404


def test_a_list_that_stopped_says_so_and_is_written_once_asked_again(here, run_jobs, monkeypatch):
    monkeypatch.setattr("lms.pilotage.views.lists.AT_ONCE", 2)
    client = signed_in(here.territorial)
    client.post(EXPORT)
    page = ListExport.objects.get().get_absolute_url()
    assertContains(client.post(f"{page}reprendre/", follow=True), "n’est pas arrêté")
    machine_stops("pilotage.write_export")
    assertContains(client.get(page), "La préparation du fichier s’est arrêtée")
    assert signed_in(here.pilot).post(f"{page}reprendre/").status_code == 404
    assertContains(client.post(f"{page}reprendre/", follow=True), "Le fichier se prépare")
    run_jobs()
    assertContains(client.get(page), "Le fichier est prêt")


def written(reader, run_jobs, monkeypatch):
    """A long list, ordered and written by a job; its page, and its file, for whoever the reader has become."""
    monkeypatch.setattr("lms.pilotage.views.lists.AT_ONCE", 0)
    signed_in(reader).post(EXPORT)
    run_jobs()
    return ListExport.objects.get().get_absolute_url()


def opened(reader, page):
    client = signed_in(type(reader).objects.get(pk=reader.pk))
    return client.get(page), client.get(f"{page}fichier/")


def test_a_list_of_people_is_closed_to_whoever_reads_only_structures_since(here, run_jobs, monkeypatch):
    page = written(here.pilot, run_jobs, monkeypatch)
    assert opened(here.pilot, page)[1].status_code == 200
    Rule(code="pilotage.reading_levels", value={"pilot": "structures"}, valid_from=date(2026, 1, 1)).save()
    told, file = opened(here.pilot, page)
    assertContains(told, "Ce fichier ne s’ouvre plus")
    assertNotContains(told, "fichier/")
    assert file.status_code == 403


def test_a_list_is_closed_to_whoever_steers_nothing_since(here, run_jobs, monkeypatch):
    page = written(here.pilot, run_jobs, monkeypatch)
    here.pilot.memberships.update(ends_on=date(2026, 11, 21))
    assert [one.status_code for one in opened(here.pilot, page)] == [403, 403]


def test_a_list_of_the_nation_is_closed_to_whoever_steers_a_region_since(here, run_jobs, monkeypatch):
    Rule(
        code="pilotage.reading_levels",
        value={"pilot": "personnes", "territorial_pilot": "personnes"},
        valid_from=date(2026, 1, 1),
    ).save()
    page = written(here.pilot, run_jobs, monkeypatch)
    here.pilot.memberships.update(ends_on=date(2026, 11, 21))
    mandate = MembershipFactory(person=here.pilot, organisation=here.world.structure, role=Role.TERRITORIAL_PILOT)
    mandate.perimeter_regions.set(here.world.membership(Role.TERRITORIAL_PILOT).perimeter_regions.all())
    assert opened(here.pilot, page)[1].status_code == 403


def test_a_list_of_a_region_stays_open_to_whoever_steers_more_since_and_not_less(here, run_jobs, monkeypatch):
    page = written(here.territorial, run_jobs, monkeypatch)
    mandate = here.world.membership(Role.TERRITORIAL_PILOT)
    region = mandate.perimeter_regions.get()
    mandate.perimeter_regions.add(RegionFactory())
    assert opened(here.territorial, page)[1].status_code == 200
    mandate.perimeter_regions.remove(region)
    assert opened(here.territorial, page)[1].status_code == 403


def test_the_way_back_from_an_export_does_not_say_what_was_typed(here, monkeypatch):
    monkeypatch.setattr("lms.pilotage.views.lists.AT_ONCE", 0)
    client = signed_in(here.territorial)
    told = client.post(EXPORT, {"q": "mairie", "tri": "nom"}, follow=True)
    assert ListExport.objects.get().filters == {"q": "mairie", "tri": "nom"}
    assertContains(told, f'href="{ENROLLED}?tri=nom"')
    assertNotContains(told, "q=mairie")


def test_an_export_of_somebody_who_lost_the_mandate_holds_nothing(here, run_jobs, monkeypatch):
    monkeypatch.setattr("lms.pilotage.views.lists.AT_ONCE", 2)
    signed_in(here.territorial).post(EXPORT)
    here.world.membership(Role.TERRITORIAL_PILOT).perimeter_regions.clear()
    run_jobs()
    assert bytes(ListExport.objects.get().content).count(b"\r\n") == 1


def test_an_export_is_forgotten_after_a_week(here):
    export = ListExport.objects.create(by=here.pilot, indicator="inscrits")
    forget("2026-11-22")
    assert ListExport.objects.exists()
    ListExport.objects.filter(pk=export.pk).update(at="2026-11-01T00:00Z")
    forget("2026-11-22")
    assert not ListExport.objects.exists()


def test_a_structure_without_referent_says_so(here, ledger):
    alone = OrganisationFactory(name="Mairie sans référent")
    MembershipFactory(ended=True, organisation=alone, role=Role.STRUCTURE_REFERENT)
    person = PersonFactory()
    ledger.gives(person, "inscrits", alone, on=date(2026, 9, 20))
    recount([person.pk])
    response = signed_in(here.territorial).get(ENROLLED, {"q": "sans référent"})
    assertContains(response, "aucun")
    assert [one.referents for one in response.context["structures"]] == [[]]


def test_lines_are_seen_through_the_perimeter_by_everybody(here):
    seen = {actor: Line.objects.visible_to(person).count() for actor, person in here.world.people.items()}
    readers = {Role.PILOT: 12, Role.ADMIN: 12, "superuser": 12, Role.TERRITORIAL_PILOT: 7}
    assert seen == {actor: readers.get(actor, 0) for actor in seen}
