"""How long adaptations are kept: one year after they last served, and not a day more."""

from django.db import transaction
from django.utils import timezone

from lms.kernel.journal import record
from parcours.adaptations.documents import granted_to
from parcours.adaptations.models import AdaptationRequest, Measure


def note_use(person):
    """Say that measures in force served today: once a day is enough. Asks nothing for who has none."""
    if not granted_to(person).kinds:
        return
    today = timezone.localdate()
    requests = Measure.objects.of(person).in_force(today).values("request")
    AdaptationRequest.objects.filter(pk__in=requests).exclude(last_used_on=today).update(last_used_on=today)


@transaction.atomic
def forget_old(today):
    """Delete what served for the last time, or ended, more than a year ago; how many requests went."""
    day = today.replace(year=today.year - 1, day=min(today.day, 28))
    old = AdaptationRequest.objects.over_since(day)
    for request in old:
        record("adaptations.forgotten", request)
    return old.delete()[0] if old else 0


@transaction.atomic
def forget_person(person):
    AdaptationRequest.objects.asked_by(person).delete()
