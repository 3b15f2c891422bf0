"""The months that a list may be narrowed to: this one and the last by name, so that a view goes on meaning them."""

import datetime

from django.utils import timezone
from django.utils.formats import date_format

THIS, LAST = "ce-mois", "mois-dernier"
BACK = 12


def first_days() -> list[datetime.date]:
    """The first day of each of the last twelve months, the latest first."""
    found = [timezone.localdate().replace(day=1)]
    while len(found) < BACK:
        found.append((found[-1] - datetime.timedelta(days=1)).replace(day=1))
    return found


def months_offered() -> list[tuple[str, str]]:
    named = [(f"{first:%Y-%m}", date_format(first, "F Y")) for first in first_days()]
    return [(THIS, "Ce mois-ci"), (LAST, "Le mois dernier"), *named]


def days_of(month: str) -> tuple[datetime.date, datetime.date]:
    """The first and the last day of one of the months offered."""
    known = first_days()
    by_name = {THIS: known[0], LAST: known[1]} | {f"{first:%Y-%m}": first for first in known}
    first = by_name[month]
    following = (first + datetime.timedelta(days=32)).replace(day=1)
    return first, following - datetime.timedelta(days=1)
