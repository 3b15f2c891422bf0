"""Facts come in, in any order and as often as they like; where each person stands is derived from them again."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator

from django.db import transaction
from django.utils import timezone

from certification.habilitation.documents.drafts import Draft
from certification.habilitation.engine.rule import Counting, derived
from certification.habilitation.events import facts_changed
from certification.habilitation.lifecycle import CONFIRMED, OF_THE_PERSON, FactKind, Origin, Standing, Step
from certification.habilitation.models import Fact, Habilitation, Move
from lms.accounts.models import Person
from lms.kernel.jobs import post
from lms.kernel.journal import record_many
from lms.kernel.rows import append

DERIVED = (
    *("step", "step_on", "eligible_on", "registered_on", "started_on", "trained_on", "pix_on"),
    *("habilitated_on", "operational_on", "training_organisation"),
)
MOVE = ("habilitation_id", "before", "after", "on", "by_id", "file_id", "reason")
BATCH = 500
TOLD = 50
NEWS = datetime.timedelta(days=90)


def record_facts(drafts: Iterable[Draft], *, by=None, file=None) -> list[Fact]:
    """Record those that are not known yet, and derive again where their people stand; gives the new ones.

    One transaction, a bounded number of queries for each 500 facts: made for files of twenty thousand lines.
    """
    told = {draft.once: draft for draft in drafts}
    with transaction.atomic():
        locked(draft.person for draft in told.values())
        known = set(Fact.objects.filter(key__in=told).values_list("key", flat=True))
        rows = [draft.row(by) for key, draft in told.items() if key not in known]
        new = Fact.objects.bulk_create(rows, batch_size=BATCH)
        _answer_declarations(new)
        record_many("habilitation.record_fact", new, by=by, after=codes)
        derive({fact.person_id for fact in new}, by=by, file=file)
    return new


def derive(people: Iterable[int], *, by=None, file=None) -> int:
    """Where these people stand for each of their structures, from the facts alone; gives how many changed."""
    people = sorted(set(people))
    changed = []
    with transaction.atomic():
        locked(people)
        for start in range(0, len(people), BATCH):
            changed += _derive_batch(people[start : start + BATCH], by=by, file=file)
        if people:
            facts_changed.send(sender=Habilitation, person_ids=people)
    return len(changed)


def locked(people: Iterable[int]):
    """The rows of these people, in one order for everybody: two files about them wait for one another."""
    return list(
        Person.objects.select_for_update(no_key=True).filter(pk__in=set(people)).order_by("pk").values_list("pk")
    )


def audit(repair=False) -> Iterator[str]:
    """One sentence for each habilitation that does not stand where its facts say; `repair` derives it again."""
    people = list(Habilitation.objects.order_by("person").values_list("person", flat=True).distinct())
    for start in range(0, len(people), BATCH):
        batch = people[start : start + BATCH]
        facts, wrong = _counting(batch), []
        for one in Habilitation.objects.filter(person__in=batch).order_by("pk"):
            said = one.get_step_display()
            if _stands(one, facts[one.pk] + facts[f"person {one.person_id}"]):
                wrong.append(one.person_id)
                yield f"habilitation {one.pk} : « {said} », les faits disent « {one.get_step_display()} »"
        if repair and wrong:
            derive(wrong)


def _counting(people) -> dict:
    """The facts that count, by habilitation and, for those of the person, by person."""
    facts = defaultdict(list)
    found = Fact.objects.filter(person__in=people).counting().order_by("pk")
    for habilitation, person, *said in found.values_list(
        "habilitation", "person", "kind", "on", "training_organisation"
    ):
        facts[habilitation or f"person {person}"].append(Counting(*said))
    return facts


def _derive_batch(people, *, by, file):
    facts = _counting(people)
    changed, moved = [], []
    for one in Habilitation.objects.filter(person__in=people).order_by("pk"):
        before = one.step
        if _stands(one, facts[one.pk] + facts[f"person {one.person_id}"]):
            changed.append(one)
        if one.step != before:
            moved.append((one, before))
    Habilitation.objects.bulk_create(changed, update_conflicts=True, unique_fields=["id"], update_fields=DERIVED)
    append(Move, MOVE, (_move(one, before, by=by, file=file) for one, before in moved))
    _tell_habilitated([one for one, _ in moved if one.step == Step.HABILITATED], facts)
    return changed


def _tell_habilitated(reached, facts):
    """Those who get there by what was followed or said here; not of what is old, nor of a stock that is taken over."""
    reached = [one for one in reached if not any(fact.kind == FactKind.ACCOUNT for fact in facts[one.pk])]
    reached = [one for one in reached if one.habilitated_on >= timezone.localdate() - NEWS]
    known = Fact.objects.filter(person__in={one.person_id for one in reached}, kind__in=OF_THE_PERSON).counting()
    ours = set(known.exclude(origin=Origin.AIDANTS_CONNECT).values_list("person", flat=True)) if reached else set()
    told = [one.pk for one in reached if one.person_id in ours]
    for start in range(0, len(told), TOLD):
        post("habilitation.tell_habilitated", *told[start : start + TOLD])


def _stands(one, facts) -> bool:
    """Write on the row where it stands; whether anything changed."""
    found = derived(facts, route=one.route, exit_step=one.exit_step, exited_on=one.exited_on)
    values = {one._meta.get_field(name).attname: getattr(found, name) for name in DERIVED}
    changed = any(getattr(one, name) != value for name, value in values.items())
    for name, value in values.items():
        setattr(one, name, value)
    return changed


def _move(one, before, *, by, file):
    """In the order of MOVE."""
    on = one.step_on or timezone.localdate()
    return one.pk, before, one.step, on, by and by.pk, file and file.pk, one.exit_reason


def _answer_declarations(new):
    """A file that says the same thing confirms what somebody had declared, whatever the exact day."""
    said = {(fact.person_id, fact.kind, fact.habilitation_id): fact for fact in new if fact.standing in CONFIRMED}
    if not said:
        return
    waiting = Fact.objects.standing().filter(
        standing=Standing.DECLARED, person__in={key[0] for key in said}, answered_by=None
    )
    answered = [one for one in waiting if (one.person_id, one.kind, one.habilitation_id) in said]
    for one in answered:
        one.answered_by = said[one.person_id, one.kind, one.habilitation_id]
        one.standing, one.decided_at = Standing.IMPORTED, timezone.now()
    Fact.objects.bulk_update(answered, ["answered_by", "standing", "decided_at"], batch_size=BATCH)


def codes(fact):
    return {"kind": fact.kind, "standing": fact.standing, "origin": fact.origin, "on": fact.on, "file": fact.file_id}
