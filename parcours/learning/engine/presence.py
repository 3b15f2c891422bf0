"""The time really spent, as far as recorded facts tell: a lower bound, and never the duration that counts. Pure."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import pairwise

IDLE = timedelta(minutes=20)


def seconds_spent(facts: Iterable[tuple[str, datetime]]) -> dict[str, int]:
    """Seconds by étape, from (étape, instant) of every fact of a course.

    What passes between two facts of one étape, with nothing elsewhere in between, was spent in it; a silence longer
    than `IDLE` is a pause, and counts for nothing.
    """
    ordered = sorted(facts, key=lambda fact: (fact[1], fact[0]))
    spent = dict.fromkeys((etape for etape, _ in ordered), 0)
    for (etape, at), (following, then) in pairwise(ordered):
        if etape == following and then - at <= IDLE:
            spent[etape] += int((then - at).total_seconds())
    return spent


def minutes(seconds: int) -> int:
    """Whole minutes, rounded down: never more than what was seen."""
    return seconds // 60
