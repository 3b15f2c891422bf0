"""Changes become counts, in the order they were written, once each, whoever folds and however many at once."""

from collections import Counter

from django.db import connection, transaction
from django.utils import timezone

from lms.kernel import counters
from lms.kernel.jobs import renew
from lms.pilotage.models import Change, Dimension, Stocktaking

FOLD = "pilotage.fold"
CHANGES_AT_A_TIME = 20_000
ADD = (
    "INSERT INTO pilotage_count (campagne, dimension, indicator, departement, key, value) "
    "VALUES (%s, %s, %s, %s, %s, %s) "
    "ON CONFLICT (campagne, dimension, indicator, departement, key) "
    "DO UPDATE SET value = pilotage_count.value + excluded.value"
)


def fold() -> int:
    """How many changes were folded."""
    total = 0
    while taken := _fold_some():
        total += taken
        renew()
    return total


@transaction.atomic
def _fold_some():
    counters.lock(FOLD)
    taken = list(Change.objects.order_by("pk")[:CHANGES_AT_A_TIME])
    if taken:
        Change.objects.filter(pk__in=[one.pk for one in taken]).delete()
        add_to_counts(_cells_of(taken))
    take_stock(folded_at=timezone.now())
    return len(taken)


def add_to_counts(cells) -> None:
    """`cells`: (campagne, dimension, indicator, departement, key) with what is added to each."""
    rows = sorted((*cell, value) for cell, value in cells.items() if value)
    if rows:
        with connection.cursor() as cursor:
            cursor.executemany(ADD, rows)


def _cells_of(changes):
    cells = Counter()
    for one in changes:
        for dimension in Dimension.values:
            key = getattr(one, dimension) if dimension else ""
            cells[one.campagne, dimension, one.indicator, one.departement, key] += one.delta
    return cells


def take_stock(**values):
    Stocktaking.objects.update_or_create(pk=1, defaults=values)
