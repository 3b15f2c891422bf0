"""What people count for, made again from the facts; only what differs is written, with the change it makes."""

from collections import Counter
from datetime import timedelta

from django.core.cache import cache
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from lms.accounts.models import Person
from lms.kernel.jobs import post, renew
from lms.organisations.models import Campagne
from lms.pilotage.engine.registry import SOURCES
from lms.pilotage.models import Change, Line

PEOPLE_AT_A_TIME = 500
FOLDED_AFTER = timedelta(minutes=1)
COMPARED = (
    *("person_id", "on", "campagne_id", "organisation_id", "departement_id", "structure_type_id"),
    *("training_organisation_id", "origin"),
)
CELL = ("indicator", "campagne", "departement", "structure_type", "training_organisation", "month", "origin")


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
        Line.objects.filter(pk__in=[line.pk for line in removed]).delete()
    Line.objects.bulk_create(added)
    Change.objects.bulk_create(_changes(removed, added))
    return len(removed) + len(added)


def hold(person_ids):
    """Two facts about one person are counted one after the other: the second sees the first."""
    people = Person.objects.filter(pk__in=person_ids).order_by("pk").select_for_update(no_key=True)
    list(people.values_list("pk", flat=True))


def differing(person_ids) -> tuple[list[Line], list[Line]]:
    """The lines that should not be there, and those that should."""
    campagnes = list(Campagne.objects.all())
    wanted = {
        (one.indicator, one.subject): _line(one, campagnes)
        for source in SOURCES.values()
        for one in source.contributions(person_ids)
    }
    subjects = {subject for _, subject in wanted}
    stored = Line.objects.order_by().filter(Q(person__in=person_ids) | Q(subject__in=subjects))
    removed = []
    for line in stored:
        key = (line.indicator, line.subject)
        if key not in wanted:
            removed += [line] if line.person_id in person_ids else []
        elif _compared(line) == _compared(wanted[key]):
            del wanted[key]
        else:
            removed.append(line)
    return removed, list(wanted.values())


def _line(contribution, campagnes):
    one, on = contribution, contribution.on
    return Line(
        indicator=one.indicator,
        subject=one.subject,
        person_id=one.person_id,
        on=on,
        month=f"{on:%Y-%m}",
        campagne_id=next((each.pk for each in campagnes if each.starts_on <= on <= each.ends_on), None),
        organisation_id=one.organisation_id,
        departement_id=one.departement_id,
        structure_type_id=one.structure_type_id,
        training_organisation_id=one.training_organisation_id,
        origin=one.origin,
    )


def _compared(line):
    return tuple(getattr(line, name) for name in COMPARED)


def _changes(removed, added):
    """One for each cell that was touched, even when it ends as it was: lines are no longer the same."""
    deltas = Counter(map(_cell, added))
    deltas.subtract(Counter(map(_cell, removed)))
    return [Change(**dict(zip(CELL, cell, strict=True)), delta=delta) for cell, delta in deltas.items()]


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
