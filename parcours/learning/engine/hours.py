"""When one may write to people: never from 19 h to 8 h nor at the weekend, where they are. Pure."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

OPENS, CLOSES = time(8), time(19)
SATURDAY = 5


def writing_hour(now: datetime, zone: str) -> datetime:
    """`now` if it is a fit hour to write to someone in this zone, else the first one after it."""
    local = now.astimezone(ZoneInfo(zone))
    if _fits(local):
        return now
    day = local.date() if local.time() < OPENS else local.date() + timedelta(days=1)
    while day.weekday() >= SATURDAY:
        day += timedelta(days=1)
    return datetime.combine(day, OPENS, tzinfo=ZoneInfo(zone))


def _fits(local: datetime) -> bool:
    return local.weekday() < SATURDAY and OPENS <= local.time() < CLOSES
