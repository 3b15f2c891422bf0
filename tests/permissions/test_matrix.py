from copy import deepcopy
from importlib import import_module
from pathlib import Path

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from lms.kernel.access import is_public
from tests.organisations.situations import World
from tests.permissions.matrix import ACTORS, answer, doorstep
from tests.worlds import undone

TESTS = Path(__file__).parent.parent
FILES = sorted(TESTS.glob("*/access.py")) + sorted(TESTS.glob("*/*/access.py"))
ROOMS = [import_module(".".join(("tests", *path.relative_to(TESTS).with_suffix("").parts))) for path in FILES]
ROWS = [row for room in ROOMS for row in room.ROWS]


@pytest.fixture(scope="module")
def at_the_door(django_db_setup, django_db_blocker):
    """The world and its people signed in: made once for every row, as what each one adds and does is undone."""
    with django_db_blocker.unblock(), undone():
        world = World()
        yield world, doorstep(world)


def together(rows):
    """The rows that begin with the same objects: these are made once for them."""
    groups = {}
    for row in rows:
        groups.setdefault((row.url_name.partition(":")[0], row.begins_with), []).append(row)
    return groups.values()


GROUPS = [rows for room in ROOMS for rows in together(room.ROWS)]


@pytest.mark.parametrize("rows", GROUPS, ids=lambda rows: str(rows[0]))
def test_every_actor_meets_what_the_room_announces(rows, at_the_door, empty_caches):
    world, clients = deepcopy(at_the_door[0]), at_the_door[1]
    unlike = []
    with undone():
        begun = rows[0].begins_with(world)
        for row in rows:
            with undone():
                args = begun if row.begins_with is row.args else row.args(world)
                for actor in ACTORS:
                    with undone():
                        met = answer(world, row, clients[actor], args)
                    if met != row.answer_for(actor):
                        unlike.append(f"{row}: {actor} meets {met}, not {row.answer_for(actor)}")
            empty_caches()
    assert unlike == []


def doors(namespace):
    for entry in get_resolver().url_patterns:
        if isinstance(entry, URLResolver) and entry.namespace == namespace:
            yield from (
                one for one in entry.url_patterns if isinstance(one, URLPattern) and not is_public(one.callback)
            )


@pytest.mark.parametrize("namespace", sorted({row.url_name.split(":")[0] for row in ROWS if ":" in row.url_name}))
def test_a_room_of_the_matrix_lists_all_its_doors(namespace):
    listed = {row.url_name for row in ROWS}
    assert [door.name for door in doors(namespace) if f"{namespace}:{door.name}" not in listed] == []
