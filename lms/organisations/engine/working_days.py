"""When an answer promised in working days is due: neither weekends nor public holidays count. Pure."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from dateutil.easter import easter

CLOSES = time(18)
SATURDAY = 5
EASTER = "pâques"
DAY = timedelta(days=1)


def deadline(at: datetime, days: int, zone: str, holidays: Iterable[str]) -> datetime:
    """The close of the last of `days` working days counted from the day after `at`, where the organisation is."""
    day, holidays = at.astimezone(ZoneInfo(zone)).date(), tuple(holidays)
    for _ in range(max(days, 1)):
        day += DAY
        while day.weekday() >= SATURDAY or day in days_off(day.year, holidays):
            day += DAY
    return datetime.combine(day, CLOSES, tzinfo=ZoneInfo(zone))


@lru_cache(maxsize=256)
def days_off(year: int, holidays: tuple[str, ...]) -> frozenset[date]:
    """`holidays` are written « 05-01 » (month and day) or « pâques+1 » (days after Easter Sunday)."""
    return frozenset(_day(year, written) for written in holidays)


def _day(year, written):
    if written.startswith(EASTER):
        return easter(year) + int(written.removeprefix(EASTER)) * DAY
    return date(year, *map(int, written.split("-")))
