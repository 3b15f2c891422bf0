"""What was done at a distance, for several people at once: declared durations of what is finished, time really seen."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

from parcours.learning.engine.presence import minutes, seconds_spent
from parcours.learning.models import ActivityProgress, Enrolment, Trace


@dataclass(frozen=True)
class Distance:
    """In minutes; what was seen is a lower bound, and never what counts."""

    planned_minutes: int
    done_minutes: int
    seen_minutes: int


def distance_of(enrolment_ids: Iterable[int]) -> Mapping[int, Distance]:
    """By enrolment; the number of queries grows with that of the editions alone."""
    enrolments = Enrolment.objects.filter(pk__in=enrolment_ids).for_dates()
    done, seen = _done(enrolment_ids), _seen(enrolment_ids)
    return {one.pk: _distance(one.edition.outline, done.get(one.pk, ()), seen.get(one.pk, 0)) for one in enrolments}


def _distance(outline, done, seen) -> Distance:
    finished = sum(one.minutes for one in outline if one.activity_id in done)
    return Distance(sum(one.minutes for one in outline), finished, minutes(seen))


def _done(enrolment_ids) -> dict[int, set[str]]:
    rows = ActivityProgress.objects.filter(enrolment__in=enrolment_ids, state=ActivityProgress.State.DONE)
    found: dict[int, set[str]] = {}
    for enrolment_id, activity_id in rows.values_list("enrolment", "activity_id"):
        found.setdefault(enrolment_id, set()).add(activity_id)
    return found


def _seen(enrolment_ids) -> dict[int, int]:
    traces = Trace.objects.at_a_distance().filter(enrolment__in=enrolment_ids).order_by("enrolment", "at")
    facts = traces.values_list("enrolment", "activity_id", "at").iterator(chunk_size=2000)
    return {pk: _seconds(group) for pk, group in groupby(facts, itemgetter(0))}


def _seconds(facts) -> int:
    return sum(seconds_spent((activity_id, at) for _, activity_id, at in facts).values())
