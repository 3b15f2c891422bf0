"""How long what proves a training is kept."""

import datetime

PROOFS, WITH_EUROPE, MONEY = 6, 10, 10
"""In years after the session: proofs, those of a training that European funds pay in part, accounts."""


def years_before(day: datetime.date, years: int) -> datetime.date:
    """The same date so many years before; of 29 February, the 28th when there is none."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)
