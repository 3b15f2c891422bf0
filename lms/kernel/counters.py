"""Numbers without double nor hole, on SQLite and PostgreSQL alike."""

from django.db import connection
from django.db.transaction import TransactionManagementError

from lms.kernel.models.counter import Counter

ADVANCE = (
    "INSERT INTO kernel_counter (name, value) VALUES (%s, %s) "
    "ON CONFLICT (name) DO UPDATE SET value = kernel_counter.value + excluded.value RETURNING value"
)


def advance(name: str, count: int) -> int:
    """Move the counter by `count` and hold it until the transaction ends; its value after the move."""
    if not connection.in_atomic_block:
        raise TransactionManagementError("A number is taken inside the transaction that stores it.")
    with connection.cursor() as cursor:
        cursor.execute(ADVANCE, [name, count])
        return cursor.fetchone()[0]


def next_number(name: str) -> int:
    """The next number under `name`. Nobody else gets one until the transaction ends: take it last."""
    return advance(name, 1)


def lock(name: str) -> int:
    """Queue behind everybody who holds `name`, until the transaction ends; the counter's value."""
    return advance(name, 0)


def value(name: str) -> int:
    """The last number given, for who only looks."""
    return Counter.objects.filter(name=name).values_list("value", flat=True).first() or 0
