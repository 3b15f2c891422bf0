"""What the list of sessions says of each: read for a whole page at once, half-days and people never made one by one."""

from functools import cache
from typing import NamedTuple

from django.contrib.auth import get_user_model

from lms.kernel.formats import NBSP, number
from parcours.classroom.documents.addresses import address_around
from parcours.classroom.documents.dates import zone_named
from parcours.classroom.models import HalfDay, Room
from parcours.classroom.models.session import told_places

TO_CHOOSE = "À choisir"


class Row(NamedTuple):
    url: str
    title: str
    dates: str
    where: str
    trainers: str
    seats: str
    state: str


def rows_of(sessions) -> list[Row]:
    """Of sessions loaded with `for_list`."""
    sessions = list(sessions)
    held = HalfDay.objects.filter(session__in=sessions)
    places, names = _grouped(held.places()), _grouped(held.trainers_named())
    before, after = address_around("classroom:session")
    room, called = cache(_room), cache(_called)
    return [
        Row(
            url=f"{before}{one.public_id}{after}",
            title=one.title,
            dates=f"{one.when}{zone_named(one.zone)}" if one.starts_at else one.when,
            where=told_places((room(*place), link) for *place, link in places.get(one.pk, ())) or TO_CHOOSE,
            trainers=", ".join(dict.fromkeys(called(*name) for name in names.get(one.pk, ()))) or TO_CHOOSE,
            seats=f"{number(one.seats_taken)}{NBSP}sur{NBSP}{number(one.capacity)}",
            state=one.get_state_display(),
        )
        for one in sessions
    ]


def _grouped(found) -> dict[int, list]:
    groups: dict[int, list] = {}
    for session, *words in found:
        groups.setdefault(session, []).append(words)
    return groups


def _room(key, name, city) -> str:
    return str(Room(name=name, city=city)) if key else ""


def _called(first_name, last_name, email) -> str:
    return get_user_model()(first_name=first_name, last_name=last_name, email=email).full_name
