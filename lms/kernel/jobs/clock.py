"""What must happen every day or every hour: dated jobs, whose keys make each date happen once."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from lms.kernel import counters
from lms.kernel.models.job import Tick

from .posting import post
from .registry import task

CATCH_UP = datetime.timedelta(days=31)
HOUR = datetime.timedelta(hours=1)
DAY = datetime.timedelta(days=1)


@dataclass(frozen=True)
class Clock:
    name: str
    every: str
    at: datetime.time

    def ticks(self, after, until) -> Iterator[tuple[datetime.datetime, str]]:
        """The instants of this clock in (after, until], each with the date it stands for."""
        if self.every == "hour":
            instant = after.astimezone(datetime.UTC).replace(minute=0, second=0, microsecond=0)
            while (instant := instant + HOUR) <= until:
                yield instant, instant.strftime("%Y-%m-%dT%HZ")
            return
        day = timezone.localdate(after) - DAY
        while (day := day + DAY) <= timezone.localdate(until):
            instant = datetime.datetime.combine(day, self.at, tzinfo=timezone.get_default_timezone())
            if after < instant.astimezone(datetime.UTC) <= until:
                yield instant, day.isoformat()


CLOCKS: dict[str, Clock] = {}


def clock(name: str, *, every: str, at: str = "03:00", **options):
    """Register a task run with the date it stands for, "2026-11-22" or, each hour, "2026-11-22T14Z".

    `at` is the hour of a daily clock, in the organisme's zone. A date that was missed is run late, never twice.
    """
    if every not in ("day", "hour"):
        raise ValueError(f"Clock {name}: every day or every hour, not {every}")

    def register(function):
        CLOCKS[name] = Clock(name, every, datetime.time.fromisoformat(at))
        return task(name, **options)(function)

    return register


def post_ticks(now: datetime.datetime | None = None) -> int:
    """Post a job for each date come since the last call; how many."""
    now = now or timezone.now()
    known = dict(Tick.objects.filter(name__in=CLOCKS).values_list("name", "at"))
    late = [each for each in CLOCKS.values() if each.name not in known or any(each.ticks(known[each.name], now))]
    return sum(_post_ticks_of(each, now) for each in late)


def _post_ticks_of(clock, now):
    with transaction.atomic():
        counters.lock(f"clock:{clock.name}")
        known = Tick.objects.filter(name=clock.name).first()
        missed = list(clock.ticks(max(known.at, now - CATCH_UP) if known else now - CATCH_UP, now))
        dates = missed if known else missed[-1:]
        for instant, date in dates:
            post(clock.name, date, key=f"{clock.name}:{date}", due_at=instant)
        if dates:
            Tick.objects.update_or_create(name=clock.name, defaults={"at": dates[-1][0]})
    return len(dates)
