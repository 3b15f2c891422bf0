"""Everything counted again from the facts, and compared with the lines, then with the counts."""

from collections import Counter

from django.db import transaction
from django.utils import timezone

from lms.kernel import counters
from lms.kernel.jobs import renew
from lms.pilotage.actions.folding import FOLD, add_to_counts, take_stock
from lms.pilotage.actions.recounting import PEOPLE_AT_A_TIME, differing, hold, recount
from lms.pilotage.engine.registry import SOURCES
from lms.pilotage.models import Change, Count, Dimension, Line


def check(repair=False):
    """Sentences that say what does not agree; with `repair`, it agrees afterwards."""
    found = 0
    for sentence in _checked(repair):
        found += 1
        yield sentence
    with transaction.atomic():
        take_stock(checked_at=timezone.now(), differences=found)


def _checked(repair):
    people = sorted({*_who_may_count(), *Line.objects.order_by().values_list("person", flat=True).distinct()})
    for start in range(0, len(people), PEOPLE_AT_A_TIME):
        renew()
        yield from _lines_of(people[start : start + PEOPLE_AT_A_TIME], repair)
    for dimension in Dimension:
        yield from _counts_by(dimension, repair)


def _who_may_count():
    for source in SOURCES.values():
        yield from source.people()


@transaction.atomic
def _lines_of(people, repair):
    hold(people)
    removed, added = differing(people)
    if repair and (removed or added):
        recount(people)
    return [
        *(f"{_named(line)} : compté à tort le {line.on:%d/%m/%Y}" for line in removed.values()),
        *(f"{_named(line)} : oublié, à compter le {line.on:%d/%m/%Y}" for line in added),
    ]


def _named(line):
    return f"personne {line.person_id}, {line.indicator}"


@transaction.atomic
def _counts_by(dimension, repair):
    """What is too much in a cell stays so whatever is counted or folded meanwhile: it can be taken off at any time."""
    counters.lock(FOLD)
    excess = {cell: value for cell, value in excess_by(dimension).items() if value}
    if repair:
        add_to_counts({cell: -value for cell, value in excess.items()})
    return [
        f"compte {indicator}, campagne {campagne}, département {departement or 'inconnu'}, "
        f"{dimension.label} {key} : {value:+d}"
        for (campagne, _, indicator, departement, key), value in sorted(excess.items())
    ]


def excess_by(dimension) -> Counter:
    """Counts and changes, less the lines: read in one statement, nothing is left when they agree."""
    cells = Counter()
    rows = Count.objects.by_cell(dimension).union(
        Change.objects.by_cell(dimension), Line.objects.by_cell(dimension), all=True
    )
    for row in rows:
        cell = (row["campagne"], str(dimension), row["indicator"], row["departement"], row["key"])
        cells[cell] += row["total"]
    return cells
