"""Until when one registers in a session. Pure; the days are dated data."""

from collections.abc import Mapping
from datetime import date, timedelta

from lms.kernel.formats import date_long


def closes_on(first_day: date, registered: int, rule: Mapping) -> date:
    """The last day of registration: earlier as long as few are registered, so that a session is not held for two.

    Source of the default: Aidants Connect, `FORMATION_…` settings read in August 2026: 28 days before, or 14 once more
    than 4 people are registered.
    """
    filling = registered > rule["filling_above"]
    return first_day - timedelta(days=rule["days_when_filling"] if filling else rule["days"])


def refusal(last_day: date, today: date) -> str:
    """Why nobody registers any more, or nothing."""
    return "" if today <= last_day else f"Les inscriptions sont closes depuis le {date_long(last_day)}."
