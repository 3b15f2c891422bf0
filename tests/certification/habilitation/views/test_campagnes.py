"""« Campagnes », where ANCT gives objectives by place; the counts follow when dates change."""

import datetime

import pytest
from django.urls import reverse

from lms.kernel.models import Job, JobState, JournalEntry, Rule
from lms.organisations.models import Wave
from lms.organisations.queries import today
from lms.pilotage import tasks
from lms.pilotage.models import Line
from tests.permissions.matrix import signed_in
from tests.pilotage.conftest import here, ledger

__all__ = ["here", "ledger"]
pytestmark = pytest.mark.django_db


def words(response):
    return " ".join(response.content.decode().replace("\xa0", " ").split())


def give(here, level="regions", **numbers):
    address = reverse("habilitation:set_objectives", args=[here.campagne.code, level])
    places = {code.removeprefix("n"): number for code, number in numbers.items()}
    return signed_in(here.pilot).post(address, places, follow=True)


def board(here, person=None, **asked):
    return words(signed_in(person or here.pilot).get(reverse("pilotage:board"), asked))


# --- Objectives by place ----------------------------------------------------------------------------------------------


def test_objectives_are_given_by_region_compared_with_the_national_one_and_read_on_the_board(here):
    assert "Aucun objectif n’est donné par région" in board(here)
    said = words(give(here, n53="12000", n06="7000"))
    assert "Les régions font ensemble 19 000" in said
    assert "L’objectif national est de 20 000 : il y a 1 000 de moins" in said
    read = board(here)
    assert "Aucun objectif n’est donné" not in read
    assert "Bretagne : 1 % (1 sur 12 000)" in read
    assert "Part de l’objectif" in read
    assert "19 000" in read
    entry = JournalEntry.objects.get(verb="campagne.objectives")
    assert (entry.before, entry.after) == ({"regions": {}}, {"regions": {"06": 7000, "53": 12000}})
    assert entry.by == here.pilot


def test_those_of_before_stay_dated_and_a_second_correction_of_the_day_replaces_the_first(here):
    code = "pilotage.regional_objectives"
    Rule(code=code, value={"en-cours": {"53": 2}}, valid_from=datetime.date(2026, 1, 1)).save()
    give(here, n53="300")
    give(here, n53="400")
    rules = list(Rule.objects.filter(code=code).order_by("valid_from").values_list("value", "valid_until"))
    yesterday = today() - datetime.timedelta(days=1)
    assert rules == [({"en-cours": {"53": 2}}, yesterday), ({"en-cours": {"53": 400}}, None)]


def test_the_same_numbers_twice_write_nothing_and_none_at_all_takes_them_off(here):
    give(here, n53="300")
    assert "Rien n’a changé" in words(give(here, n53="300"))
    assert JournalEntry.objects.filter(verb="campagne.objectives").count() == 1
    give(here)
    assert "Aucun objectif n’est donné par région" in board(here)


@pytest.mark.parametrize("number", ["-1", "beaucoup", "12,5", "99999999"])
def test_a_number_that_is_none_is_refused_and_nothing_is_written(here, number):
    assert give(here, n53=number, n06="3").status_code == 422
    assert not Rule.objects.filter(code="pilotage.regional_objectives").exists()


def test_a_closed_campagne_keeps_its_objectives(here):
    for _ in range(2):
        signed_in(here.pilot).post(reverse("habilitation:close_campagne", args=[here.campagne.code]), {"close": "non"})
    refused = give(here, n53="300")
    assert refused.status_code == 422
    assert "est close" in words(refused)


def test_departements_that_do_not_make_their_region_are_named(here):
    give(here, n53="300")
    said = words(give(here, "departements", n35="250"))
    assert "Bretagne : 250 par département, 300 pour la région." in said
    table = words(signed_in(here.pilot).get(reverse("pilotage:breakdown", args=["departement"])))
    assert "Part de l’objectif" in table


def test_a_territorial_pilot_reads_the_objective_of_their_own_places_only(here):
    give(here, n53="300", n06="40")
    address = reverse("pilotage:breakdown", args=["region"])
    table = words(signed_in(here.territorial).get(address))
    mine = here.territorial.memberships.get().perimeter_regions.values_list("pk", flat=True)
    assert ("300" in table, "Mayotte" in table) == ("53" in mine, "06" in mine)


def test_levels_that_do_not_exist_are_not_found(here):
    address = reverse("habilitation:set_objectives", args=[here.campagne.code, "communes"])
    assert signed_in(here.pilot).get(address).status_code == 404


# --- Dates that change ------------------------------------------------------------------------------------------------


def change(here, starts_on):
    values = {"name": here.campagne.name, "objective": 20_000, "starts_on": starts_on, "ends_on": here.campagne.ends_on}
    return signed_in(here.pilot).post(reverse("habilitation:change_campagne", args=[here.campagne.code]), values)


def moved(here):
    return Line.objects.filter(campagne=here.campagne).count()


def test_the_counts_follow_dates_that_change_at_once_and_the_board_says_so_meanwhile(here, run_jobs):
    Wave.objects.update(starts_on="2026-10-01", ends_on="2026-10-31")
    before = moved(here)
    assert change(here, "2026-10-01").status_code == 302
    assert "Les dates d’une campagne viennent de changer" in board(here)
    run_jobs()
    assert moved(here) == before - 5  # the five registered in September
    assert "viennent de changer" not in board(here)
    tasks.recount_campagne(here.campagne.pk)
    assert moved(here) == before - 5
    change(here, "2026-09-01")
    run_jobs()
    assert moved(here) == before


def test_a_name_that_changes_recounts_nothing(here):
    values = {
        "name": "Autre nom",
        "objective": 5,
        "starts_on": here.campagne.starts_on,
        "ends_on": here.campagne.ends_on,
    }
    signed_in(here.pilot).post(reverse("habilitation:change_campagne", args=[here.campagne.code]), values)
    assert not Job.objects.filter(name="pilotage.recount_campagne", state=JobState.READY).exists()
