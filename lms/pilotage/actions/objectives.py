"""Objectives by place: a dated rule, that holds from today and keeps what held before."""

from datetime import timedelta

from django.db import transaction

from lms.kernel import counters
from lms.kernel.journal import record
from lms.kernel.lifecycle import TransitionRefused
from lms.kernel.models import Rule
from lms.organisations.models import Campagne
from lms.organisations.queries import today
from lms.pilotage.models.objectives import RULES

CLOSED = "« {campagne} » est close : ses objectifs se lisent tels qu’ils étaient. Rouvrez-la pour les corriger."


@transaction.atomic
def set_objectives(campagne, grain, values, *, by) -> bool:
    """`values`: a number by INSEE code, nothing where there is none. Whether anything changed.

    Raises TransitionRefused once the campagne is closed.
    """
    code = RULES[grain]
    counters.lock(f"rule:{code}")
    campagne = Campagne.objects.select_for_update(no_key=True).get(pk=campagne.pk)
    if campagne.closed:
        raise TransitionRefused([CLOSED.format(campagne=campagne)])
    rule = Rule.objects.filter(code=code).on(today()).first()
    known = dict(rule.value) if rule else {}
    before = known.get(campagne.code) or {}
    values = {place: number for place, number in sorted(values.items()) if number}
    if values == before:
        return False
    _hold_from_today(rule, code, known | {campagne.code: values}, by)
    record("campagne.objectives", campagne, by=by, before={grain: before}, after={grain: values})
    return True


def _hold_from_today(rule, code, value, by):
    """Changed twice the same day, it is one value; otherwise the one before ends yesterday."""
    if rule is None or rule.valid_from < today():
        following = Rule.objects.filter(code=code, valid_from__gt=today()).order_by("valid_from").first()
        ends = rule.valid_until if rule else following and following.valid_from - timedelta(days=1)
        if rule:
            rule.valid_until, rule.changed_by = today() - timedelta(days=1), by
            rule.save()
        rule = Rule(code=code, valid_from=today(), valid_until=ends)
    rule.value, rule.changed_by = value, by
    rule.save()
