"""The hours when nobody is written to: between 19 h and 8 h, and at the weekend, where the reader lives."""

import datetime
from zoneinfo import ZoneInfo

OPENS, CLOSES = datetime.time(8), datetime.time(19)
SATURDAY = 5


def next_quiet_end(at: datetime.datetime, zone: str) -> datetime.datetime:
    """`at` itself when the reader may be written to then, or else the next time they may, at 8 h in their zone."""
    local = at.astimezone(ZoneInfo(zone))
    if local.weekday() < SATURDAY and OPENS <= local.time() < CLOSES:
        return at
    day = local.date() if local.time() < OPENS else local.date() + datetime.timedelta(days=1)
    while day.weekday() >= SATURDAY:
        day += datetime.timedelta(days=1)
    return datetime.datetime.combine(day, OPENS, tzinfo=ZoneInfo(zone))
