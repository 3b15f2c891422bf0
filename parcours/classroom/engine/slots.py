"""When half-days may be held: rhythms proposed, hours of the place, what overlaps. Pure."""

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from zoneinfo import ZoneInfo

MORNING, AFTERNOON = datetime.time(9), datetime.time(13, 30)
SATURDAY = 5
RHYTHMS = {
    "journees": "Journées entières : matin et après-midi",
    "matins": "Un matin par jour",
    "apres-midi": "Un après-midi par jour",
    "semaines": "Un matin par semaine",
}


@dataclass(frozen=True)
class Slot:
    """A half-day as it is asked for: when, where, who runs it. `trainers` are primary keys."""

    starts_at: datetime.datetime
    ends_at: datetime.datetime
    room: int | None = None
    link: str = ""
    trainers: tuple[int, ...] = ()


def at(day: datetime.date, time: datetime.time, zone: str) -> datetime.datetime:
    return datetime.datetime.combine(day, time, ZoneInfo(zone))


def proposed(first_day: datetime.date, minutes: Sequence[int], rhythm: str, zone: str) -> list[tuple]:
    """The start and the end of as many half-days as there are durations; never at the weekend after the first day."""
    pairs = zip(_moments(first_day, rhythm), minutes, strict=False)
    return [_lasting(at(day, time, zone), length) for (day, time), length in pairs]


def _lasting(starts_at, minutes):
    return starts_at, starts_at + datetime.timedelta(minutes=minutes)


def _moments(first_day, rhythm) -> Iterator[tuple[datetime.date, datetime.time]]:
    times = {"journees": (MORNING, AFTERNOON), "apres-midi": (AFTERNOON,)}.get(rhythm, (MORNING,))
    day = first_day
    while True:
        for time in times:
            yield day, time
        day = day + datetime.timedelta(weeks=1) if rhythm == "semaines" else next_working_day(day)


def next_working_day(day: datetime.date) -> datetime.date:
    day += datetime.timedelta(days=1)
    while day.weekday() >= SATURDAY:
        day += datetime.timedelta(days=1)
    return day


def moved(slots: Iterable[Slot], first_day: datetime.date, zone: str) -> list[Slot]:
    """The same hours on other days, as far from one another: whatever the clocks do meanwhile."""
    tz = ZoneInfo(zone)
    local = [(slot, slot.starts_at.astimezone(tz), slot.ends_at.astimezone(tz)) for slot in slots]
    if not local:
        return []
    shift = first_day - local[0][1].date()
    return [
        Slot(at(start.date() + shift, start.time(), zone), at(end.date() + shift, end.time(), zone), *_rest(slot))
        for slot, start, end in local
    ]


def _rest(slot):
    return slot.room, slot.link, slot.trainers


def entangled(slots: Sequence[Slot]) -> tuple[int, int] | None:
    """The ranks, from 1, of two half-days of one session that are out of order or overlap."""
    for rank, (one, following) in enumerate(pairwise(slots), start=1):
        if following.starts_at < one.ends_at:
            return rank, rank + 1
    return None
