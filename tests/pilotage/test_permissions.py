from datetime import date

import pytest

from lms.kernel.models import Rule
from lms.organisations.models import Role
from lms.pilotage.models.reading import Level, level_of
from lms.pilotage.permissions import can_read_boards, can_read_lists, can_read_people
from lms.pilotage.queries import perimeter_of
from tests.organisations.factories import DepartementFactory
from tests.organisations.situations import World

pytestmark = pytest.mark.django_db
NATIONAL = {Role.PILOT, Role.ADMIN, "superuser"}
STEERING = NATIONAL | {Role.TERRITORIAL_PILOT}


@pytest.mark.parametrize(
    ("can", "allowed"),
    [(can_read_boards, STEERING), (can_read_lists, STEERING), (can_read_people, NATIONAL)],
    ids=lambda one: getattr(one, "__name__", ""),
)
def test_who_reads_boards_lists_and_people(can, allowed):
    world = World()
    assert {actor for actor, person in world.people.items() if can(person)} == allowed


@pytest.mark.parametrize(
    ("said", "level"),
    [
        ({"territorial_pilot": "comptes"}, Level.FIGURES),
        ({"territorial_pilot": "structures"}, Level.STRUCTURES),
        ({"territorial_pilot": "personnes"}, Level.PEOPLE),
        ({"territorial_pilot": "tout"}, Level.FIGURES),
        ({"pilot": "personnes"}, Level.FIGURES),
    ],
    ids=str,
)
def test_the_rule_says_how_finely_a_role_reads_and_the_least_when_it_says_nothing(said, level):
    Rule(code="pilotage.reading_levels", value=said, valid_from=date(2026, 1, 1)).save()
    assert level_of(World().people[Role.TERRITORIAL_PILOT]) == level


def test_a_perimeter_joins_regions_and_departements_of_the_mandates_of_the_day():
    world = World()
    pilot = world.people[Role.TERRITORIAL_PILOT]
    world.membership(Role.TERRITORIAL_PILOT).perimeter_departements.add(DepartementFactory(code="976"))
    assert perimeter_of(pilot) == {"35", "976"}
    assert perimeter_of(world.people[Role.PILOT]) is None
    assert perimeter_of(world.people["stranger"]) == frozenset()


def test_an_account_that_is_closed_reads_nothing():
    pilot = World().people[Role.PILOT]
    pilot.is_active = False
    assert level_of(pilot) is None
    assert perimeter_of(pilot) == frozenset()
