"""The value of a dated rule on a day."""

import datetime
import time

from django.db import transaction
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from django.utils import timezone

from lms.kernel.definitions import DEFINITIONS, define
from lms.kernel.models.rule import Rule

__all__ = ["current", "define", "forget"]

REMEMBERED_SECONDS = 60  # how long another process may go on with a value that was just changed
_remembered: dict[str, tuple[float, list]] = {}


def current(code: str, on: datetime.date | None = None):
    """The value in force on a day (today when none is given), or the default of its definition."""
    definition = DEFINITIONS[code]
    on = on or timezone.localdate()
    for valid_from, valid_until, value in _values(code):
        if valid_from <= on and (valid_until is None or on <= valid_until):
            return value
    return definition.default


def forget() -> None:
    _remembered.clear()


def _values(code):
    known_at, values = _remembered.get(code, (0, None))
    if values is None or time.monotonic() - known_at > REMEMBERED_SECONDS:
        values = list(Rule.objects.filter(code=code).values_list("valid_from", "valid_until", "value"))
        _remembered[code] = (time.monotonic(), values)
    return values


@receiver([post_save, post_delete], sender=Rule)
def _forget_changed_rule(instance, **kwargs):
    _remembered.pop(instance.code, None)
    transaction.on_commit(lambda: _remembered.pop(instance.code, None))
