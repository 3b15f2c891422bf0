"""How long adaptations are kept: one year after the last thing that happened to them, and not a day more.

What counts: the question, the answer, the end of a measure, its last use, the day the person said it is still needed.
"""

import datetime

from django.core.cache import cache
from django.db import transaction
from django.utils import timezone

from lms.kernel.jobs import post
from lms.kernel.journal import record
from parcours.adaptations.documents import granted_to
from parcours.adaptations.lifecycle import LIFECYCLE
from parcours.adaptations.models import AdaptationRequest, Measure
from parcours.adaptations.queries import NOTICE_DAYS

NOTED, NOTED_SECONDS = "adaptations.used:", 24 * 3600


def note_use(person, *, occasion):
    """Say that the measures in force on an occasion served today: written once a day, however often it is called.

    To be called wherever something is shown, timed or organised with them; asks nothing for who has none.
    """
    if granted_to(person, occasion=occasion).kinds:
        note_uses([person], occasion=occasion)


def note_uses(people, *, occasion):
    """The same for several people at once: those of a half-day, of an examination."""
    today = timezone.localdate()
    keys = {f"{NOTED}{person.pk}:{occasion}:{today}": person for person in people}
    known = cache.get_many(keys)
    fresh = [person for key, person in keys.items() if key not in known]
    if not fresh:
        return
    served = Measure.objects.of(*fresh).in_force(today, occasion).values("request")
    found = AdaptationRequest.objects.filter(pk__in=served).exclude(last_used_on=today)
    found.update(last_used_on=today, asked_to_keep_on=None)
    cache.set_many(dict.fromkeys(keys, True), NOTED_SECONDS)


@transaction.atomic
def keep(request, *, by):
    """The person says that a measure is still needed: it is kept a year more. Raises TransitionRefused."""
    with LIFECYCLE.moving(request, "keep", by=by) as locked:
        locked.kept_on, locked.asked_to_keep_on = timezone.localdate(), None
    return locked


@transaction.atomic
def ask_to_keep(today):
    """Ask the people whose measures without end would be deleted in a month; how many."""
    day = a_year_before(today + datetime.timedelta(days=NOTICE_DAYS))
    asked = list(AdaptationRequest.objects.to_ask_to_keep(day).values_list("pk", flat=True))
    AdaptationRequest.objects.filter(pk__in=asked).update(asked_to_keep_on=today)
    for pk in asked:
        post("adaptations.ask_to_keep_one", pk, key=f"adaptations.ask_to_keep:{pk}:{today}")
    return len(asked)


@transaction.atomic
def forget_old(today):
    """Delete what nothing happened to for more than a year."""
    old = AdaptationRequest.objects.over_since(a_year_before(today), today)
    for request in old:
        record("adaptations.forgotten", request)
    old.delete()


@transaction.atomic
def forget_person(person):
    AdaptationRequest.objects.asked_by(person).delete()


def a_year_before(day):
    """The same date a year before; of 29 February, the 28th."""
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return day.replace(year=day.year - 1, day=28)
