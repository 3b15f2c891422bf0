import pytest
from django.core.management import call_command

from certification.habilitation.models import Habilitation
from lms.demo.population import populate_institutions, populate_people, populate_personas
from lms.demo.population.personas import HOMES, home
from lms.demo.population.pilotage import populate_objectives, populate_stock
from lms.organisations.models import Campagne, Region
from lms.pilotage.actions import check, set_objectives
from lms.pilotage.models import Line
from lms.pilotage.models.objectives import Grain, objectives_of
from tests.pilotage.nation import HERE


@pytest.mark.django_db
def test_the_stock_is_told_once_everywhere_and_nothing_of_it_in_the_structures_of_the_personas():
    populate_institutions()
    populate_personas()
    populate_people(400, seed=1)
    count = populate_stock(seed=1)
    assert count > 250
    assert populate_stock(seed=1) == 0
    assert not Habilitation.objects.filter(organisation__in=[home(code) for code in HOMES]).exists()
    reached = Line.objects.filter(indicator="personnes-habilitees", campagne__code="demonstration-2026-2027")
    assert reached.values("departement__region").distinct().count() > Region.objects.count() / 2
    assert reached.filter(departement__region=HERE).exists()
    assert set(reached.values_list("origin", flat=True)) == {"repris"}
    assert list(check()) == []
    call_command("check_consistency")


@pytest.mark.django_db
def test_each_region_has_an_objective_their_sum_is_the_national_one_and_what_was_changed_stays():
    populate_institutions()
    assert populate_objectives() == 1
    campagne = Campagne.objects.get(code="demonstration-2026-2027")
    given = objectives_of(campagne, Grain.REGION)
    assert given.keys() == set(Region.objects.values_list("pk", flat=True))
    assert sum(given.values()) == campagne.objective
    set_objectives(campagne, Grain.REGION, {"53": 1}, by=None)
    assert populate_objectives() == 0
    assert objectives_of(campagne, Grain.REGION) == {"53": 1}
