"""How long a seat is kept for the person it is offered to. Pure; the delays are dated data."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta


def offer_until(
    told_at: datetime, starts_at: datetime, rule: Mapping, working_deadline: Callable[[datetime, int], datetime]
) -> datetime | None:
    """Until when the seat is kept, counted from the hour the person is written to; None when it is too late.

    Some working days; some hours once the session is near; never past the last hours before it begins.
    """
    near = starts_at - told_at < timedelta(days=rule["near_days"])
    until = told_at + timedelta(hours=rule["near_hours"]) if near else working_deadline(told_at, rule["working_days"])
    until = min(until, starts_at - timedelta(hours=rule["last_hours"]))
    return until if until > told_at else None
