"""What people count for, made again from the facts; only what differs is written, with the change it makes."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from django.core.cache import cache
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from lms.accounts.models import Person
from lms.kernel.jobs import post, renew
from lms.kernel.rows import append
from lms.organisations.models import Campagne
from lms.pilotage.engine.registry import SOURCES
from lms.pilotage.models import Change, Line

PEOPLE_AT_A_TIME = 500
FOLDED_AFTER = timedelta(minutes=1)
CELL = (
    *("indicator", "campagne", "departement", "structure_type", "training_organisation", "month"),
    *("origin", "delta"),
)


class Counted(NamedTuple):
    """A line as it is compared: two of one subject that differ anywhere are not the same."""

    indicator: str
    person_id: int
    subject: str
    on: date
    organisation_id: int | None
    departement_id: str | None
    structure_type_id: int | None
    training_organisation_id: int | None
    origin: str
    month: str
    campagne_id: int | None


def recount(person_ids) -> int:
    """Count these people again, in the transaction of the fact that changed; how many lines were added or removed."""
    known = sorted(set(person_ids))
    moved = sum(_recount(known[start : start + PEOPLE_AT_A_TIME]) for start in range(0, len(known), PEOPLE_AT_A_TIME))
    if moved:
        transaction.on_commit(_fold_soon, robust=True)
    return moved


def recount_campagne(campagne) -> int:
    """Count again whoever its dates take in or leave out, some people at a time: nobody waits for the end."""
    inside = Q(on__gte=campagne.starts_on, on__lte=campagne.ends_on)
    elsewhere = Q(campagne=None) | ~Q(campagne=campagne.pk)
    moved = Line.objects.order_by().filter(inside & elsewhere | ~inside & Q(campagne=campagne.pk))
    people = sorted(set(moved.values_list("person", flat=True)))
    total = 0
    for start in range(0, len(people), PEOPLE_AT_A_TIME):
        renew()
        total += recount(people[start : start + PEOPLE_AT_A_TIME])
    return total


@transaction.atomic
def _recount(person_ids):
    hold(person_ids)
    removed, added = differing(person_ids)
    if removed:
        Line.objects.filter(pk__in=list(removed)).delete()
    append(Line, Counted._fields, added)
    append(Change, CELL, _changes(removed.values(), added))
    return len(removed) + len(added)


def hold(person_ids):
    """Two facts about one person are counted one after the other: the second sees the first."""
    people = Person.objects.filter(pk__in=person_ids).order_by("pk").select_for_update(no_key=True)
    list(people.values_list("pk", flat=True))


def differing(person_ids) -> tuple[dict[int, Counted], list[Counted]]:
    """The lines that should not be there, by key, and those that should."""
    wanted = {(one.indicator, one.subject): one for one in _wanted(person_ids)}
    subjects = {subject for _, subject in wanted}
    stored = Line.objects.order_by().filter(Q(person__in=person_ids) | Q(subject__in=subjects))
    known, removed = set(person_ids), {}
    for pk, *values in stored.values_list("pk", *Counted._fields):
        line = Counted(*values)
        key = (line.indicator, line.subject)
        if wanted.get(key) == line:
            del wanted[key]
        elif key in wanted or line.person_id in known:
            removed[pk] = line
    return removed, list(wanted.values())


def _wanted(person_ids) -> Iterator[Counted]:
    campagnes, placed = list(Campagne.objects.all()), {}
    for source in SOURCES.values():
        for one in source.contributions(person_ids):
            if one.on not in placed:
                campagne = next((each.pk for each in campagnes if each.starts_on <= one.on <= each.ends_on), None)
                placed[one.on] = (f"{one.on:%Y-%m}", campagne)
            yield Counted(*one, *placed[one.on])


def _changes(removed, added):
    """One for each cell that was touched, even when it ends as it was: lines are no longer the same."""
    deltas = Counter(map(_cell, added))
    deltas.subtract(Counter(map(_cell, removed)))
    return [(*cell, delta) for cell, delta in deltas.items()]


def _cell(line):
    """In the order of CELL."""
    return (
        line.indicator,
        line.campagne_id or 0,
        line.departement_id or "",
        str(line.structure_type_id or ""),
        str(line.training_organisation_id or ""),
        line.month,
        line.origin,
    )


def _fold_soon():
    """A job a minute at most, posted apart from the fact: those who write facts never wait for one another here."""
    if cache.add("pilotage.fold", 1, FOLDED_AFTER.total_seconds()):
        post("pilotage.fold", due_at=timezone.now() + FOLDED_AFTER)
