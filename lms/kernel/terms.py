"""How long what proves something is kept: dated rules in whole years, never under what a control may still ask for."""

import datetime

from lms.kernel.definitions import define
from lms.kernel.rules import current

LEAST = 3
"""In years: what a certificat de réalisation is kept for at least."""
_least: dict[str, int] = {}


def define_years(code: str, label: str, default: int, *, least: int = LEAST):
    """`label` says from when one counts, and where the number comes from; a rule shorter than `least` is not followed.

    Typed by mistake, it would erase in one night what nobody can write again.
    """
    _least[code] = least
    return define(code, label, "integer", default=default)


def kept_from(code: str, today: datetime.date) -> datetime.date:
    """What was over before that day has had its time."""
    return years_before(today, max(current(code, today), _least[code]))


def years_before(day: datetime.date, years: int) -> datetime.date:
    """The same date so many years before; of 29 February, the 28th when there is none."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)
