"""Two records made one, and apart again: what moved is written down, so that nothing is lost on the way back."""

from django.apps import apps
from django.db import IntegrityError, transaction
from django.utils import timezone

from certification.habilitation.actions.facts import derive, locked
from certification.habilitation.documents.drafts import fact_owner
from certification.habilitation.documents.duplicates import OF_PEOPLE, OF_STRUCTURES, merge_refusals
from certification.habilitation.lifecycle import ExitReason, Step
from certification.habilitation.models import Fact, Habilitation, ImportedLine, Merge
from lms.accounts.engine.addresses import normalise_email
from lms.accounts.models import Person
from lms.kernel.journal import record
from lms.kernel.lifecycle import TransitionRefused
from lms.organisations.models import Organisation

OWN = "Une de ces fiches est la vôtre : un collègue de l’ANCT décide de cette fusion."
TAKEN = "Depuis la fusion, la place de ce qui a été déplacé est prise : elle ne se défait plus."
NO_EXIT = {"exit_step": "", "exit_reason": "", "exited_on": None}


def merge_people(kept, merged, *, by) -> Merge:
    """`merged` is set aside: its habilitations, facts and identifiers follow `kept`. Raises TransitionRefused."""
    with transaction.atomic():
        locked([kept.pk, merged.pk])
        kept, merged = (Person.objects.get(pk=one.pk) for one in (kept, merged))
        _check(kept, merged, by)
        moved = _move_facts(Fact.objects.filter(person=merged), person=kept)
        moved += _move_habilitations("person", merged, kept)
        for model, name in OF_PEOPLE:
            moved += _move(model, name, merged, kept)
        merged.merged_into, merged.is_active = kept, False
        merged.save(update_fields=["merged_into", "is_active"])
        merge = Merge.objects.create(kept_person=kept, merged_person=merged, moved=moved, by=by)
        record("habilitation.merge_people", merge, by=by, after={"kept": kept.pk, "merged": merged.pk})
        derive([kept.pk, merged.pk], by=by)
    return merge


def merge_structures(kept, merged, *, by) -> Merge:
    """`merged` is set aside: its people, their places, its lists, devis and conventions follow `kept`.

    What was sealed says what it said; a demande de prise en charge stays as it was filed, and is read from `kept`.
    """
    with transaction.atomic():
        found = held_structures(kept.pk, merged.pk)
        kept, merged = found[kept.pk], found[merged.pk]
        _check(kept, merged, by)
        people = sorted(Habilitation.objects.filter(organisation=merged).values_list("person", flat=True))
        locked(people)
        moved = _move_habilitations("organisation", merged, kept)
        for model, name in OF_STRUCTURES:
            moved += _move(model, name, merged, kept)
        moved += _move_number(merged, kept)
        merged.merged_into = kept
        merged.save(update_fields=["merged_into", "match_key"])
        merge = Merge.objects.create(kept_organisation=kept, merged_organisation=merged, moved=moved, by=by)
        record("habilitation.merge_structures", merge, by=by, after={"kept": kept.pk, "merged": merged.pk})
        derive(people, by=by)
    return merge


def undo(merge, *, by):
    """Everything that moved goes back, with what files have told since of the one set aside; the rest stays.

    Raises TransitionRefused.
    """
    with transaction.atomic():
        merge = Merge.objects.select_for_update(no_key=True, of=["self"]).get(pk=merge.pk)
        held_structures(merge.kept_organisation_id, merge.merged_organisation_id)
        people = {merge.kept_person_id, merge.merged_person_id} - {None} | _people_of(merge)
        locked(people)
        if refusal := _why_not_undone(merge):
            raise TransitionRefused([refusal])
        _put_back(merge)
        if merge.merged_person:
            Person.objects.filter(pk=merge.merged_person_id).update(merged_into=None, is_active=True)
            _give_back(merge)
        else:
            Organisation.objects.filter(pk=merge.merged_organisation_id).update(merged_into=None)
        merge.undone_at, merge.undone_by = timezone.now(), by
        merge.save(update_fields=["undone_at", "undone_by"])
        record("habilitation.undo_merge", merge, by=by)
        derive(people | _people_of(merge), by=by)


def _why_not_undone(merge) -> str:
    if merge.undone_at:
        return "Cette fusion est déjà défaite."
    kept = merge.kept_person or merge.kept_organisation
    if kept.merged_into_id:
        return f"« {kept} » a été fusionnée depuis avec une autre fiche : défaites d’abord cette fusion-là."
    if merge.kept_person and not kept.is_active:
        return "Le compte de cette personne est fermé ou effacé : la fusion ne se défait plus."
    return ""


def _put_back(merge):
    try:
        with transaction.atomic():
            for one in reversed(merge.moved):
                rows = apps.get_model(one["model"]).objects.filter(pk__in=one["ids"], **one.get("after", {}))
                rows.update(**one["before"])
    except IntegrityError as error:
        raise TransitionRefused([TAKEN]) from error


def _give_back(merge):
    """Facts recorded since: those of its habilitations, and those of lines that bear its address."""
    kept, merged = merge.kept_person, merge.merged_person
    _move_facts(Fact.objects.filter(person=kept, habilitation__person=merged), person=merged)
    since = Fact.objects.filter(person=kept, file__isnull=False, declared_at__gte=merge.at)
    followed = {one.organisation_id: one for one in Habilitation.objects.filter(person=merged)}
    for fact in _told_of(merged, since.select_related("habilitation")):
        place = fact.habilitation and followed.get(fact.habilitation.organisation_id)
        if fact.habilitation and place is None:
            continue
        if place:
            _move_facts(since.filter(pk=fact.pk), habilitation=place)
        _move_facts(since.filter(pk=fact.pk), person=merged)


def _told_of(person, facts) -> list[Fact]:
    """Those that a line tells under an address of this person."""
    facts = list(facts)
    lines = ImportedLine.objects.filter(
        file__in={fact.file_id for fact in facts}, number__in=[one.line for one in facts]
    )
    bears = {(one.file_id, one.number): normalise_email(one.values.get("email", "")) for one in lines}
    addresses = {person.email, person.pix_email} - {None, ""}
    return [fact for fact in facts if bears.get((fact.file_id, fact.line)) in addresses]


def transfer(one, organisation, *, by, on) -> Habilitation:
    """Somebody goes on in another structure: training and test Pix follow, the former way ends on that day."""
    with transaction.atomic():
        if held_structures(organisation.pk)[organisation.pk].merged_into_id:
            raise TransitionRefused([f"« {organisation} » vient d’être fusionnée : cherchez-la de nouveau."])
        locked([one.person_id])
        one = Habilitation.objects.get(pk=one.pk)
        if Habilitation.objects.filter(person=one.person_id, organisation=organisation).exists():
            raise TransitionRefused([f"Cette personne est déjà suivie pour « {organisation} »."])
        if one.exit_step:
            raise TransitionRefused(["Cette personne est déjà sortie de cette structure."])
        following = Habilitation.objects.create(
            person_id=one.person_id,
            organisation=organisation,
            follows=one,
            route=one.route,
            profession=one.profession,
            is_conseiller=one.is_conseiller,
        )
        one.exit_step, one.exit_reason, one.exited_on = Step.LEFT, ExitReason.TRANSFERRED, on
        one.save(update_fields=["exit_step", "exit_reason", "exited_on"])
        record("habilitation.transfer", one, by=by, after={"to": organisation.pk, "following": following.pk})
        derive([one.person_id], by=by)
    following.refresh_from_db()
    return following


def held_structures(*pks) -> dict[int, Organisation]:
    """The rows of these structures, before those of any person: a file that is recorded takes them in this order."""
    rows = Organisation.objects.select_for_update(no_key=True).order_by("pk")
    return {one.pk: one for one in rows.filter(pk__in=pks)}


def _check(kept, merged, by):
    refusals = merge_refusals(kept, merged)
    if by in (kept, merged):
        refusals.append(OWN)
    if refusals:
        raise TransitionRefused(refusals)


def _move(model, name, merged, kept) -> list[dict]:
    """The rows of `merged` go to `kept`; one that `kept` has already stays where it is."""
    ids = list(model.objects.filter(**{name: merged}).order_by("pk").values_list("pk", flat=True))
    try:
        with transaction.atomic():
            model.objects.filter(pk__in=ids).update(**{name: kept})
        gone = ids
    except IntegrityError:
        gone = [pk for pk in ids if _moves(model, pk, name, kept)]
    return [_entry(model, gone, {f"{name}_id": merged.pk}, {f"{name}_id": kept.pk})] if gone else []


def _moves(model, pk, name, kept) -> bool:
    try:
        with transaction.atomic():
            model.objects.filter(pk=pk).update(**{name: kept})
    except IntegrityError:
        return False
    return True


def _move_number(merged, kept) -> list[dict]:
    """Files handed to Aidants Connect name a structure by its Datapass number: the one that stays has it."""
    number = merged.data_pass_id
    if not number or kept.data_pass_id:
        return []
    for one, value in ((merged, None), (kept, number)):
        one.data_pass_id = value
        one.save(update_fields=["data_pass_id", "match_key"])
    return [
        _entry(Organisation, [merged.pk], {"data_pass_id": number}, {"data_pass_id": None}),
        _entry(Organisation, [kept.pk], {"data_pass_id": None}, {"data_pass_id": number}),
    ]


def _move_habilitations(name, merged, kept) -> list[dict]:
    """One that `kept` has too leaves the way, and its facts go to the other."""
    other = "organisation_id" if name == "person" else "person_id"
    there = {getattr(one, other): one for one in Habilitation.objects.filter(**{name: kept})}
    moved = []
    for one in Habilitation.objects.filter(**{name: merged}).order_by("pk"):
        twin = there.get(getattr(one, other))
        if twin is None:
            Habilitation.objects.filter(pk=one.pk).update(**{name: kept})
            moved.append(_entry(Habilitation, [one.pk], {f"{name}_id": merged.pk}, {f"{name}_id": kept.pk}))
        else:
            moved += _set_aside(one, twin)
    return moved


def _set_aside(one, twin) -> list[dict]:
    moved = _move_facts(Fact.objects.filter(habilitation=one), habilitation=twin)
    before = {name: getattr(one, name) for name in NO_EXIT}
    before["exited_on"] = one.exited_on and one.exited_on.isoformat()
    left = {"exit_step": Step.CANCELLED, "exit_reason": ExitReason.TWICE, "exited_on": timezone.localdate()}
    Habilitation.objects.filter(pk=one.pk).update(**left)
    return [*moved, _entry(Habilitation, [one.pk], before, {"exit_reason": ExitReason.TWICE})]


def _move_facts(facts, **whose) -> list[dict]:
    """With their keys, so that the file that brought them brings nothing new when it comes again."""
    ((name, kept),) = whose.items()
    moved = []
    for fact in facts.order_by("pk"):
        column = f"{name}_id"
        before = {column: getattr(fact, column), "key": fact.key}
        told = fact_owner(fact.kind, fact.person_id, fact.habilitation_id)
        setattr(fact, column, kept.pk)
        fact.key = _key_of(fact, told)
        fact.save(update_fields=[column, "key"])
        moved.append(_entry(Fact, [fact.pk], before, {column: kept.pk}))
    return moved


def _key_of(fact, former) -> str:
    """The key it would have under its new owner; its own when that one is taken, or names nobody."""
    origin, kind, *rest = fact.key.split(":")
    if (origin, kind) != (fact.origin, fact.kind) or rest[:1] != [former]:
        return fact.key
    key = ":".join([origin, kind, fact_owner(kind, fact.person_id, fact.habilitation_id), *rest[1:]])
    return fact.key if Fact.objects.filter(key=key).exists() else key


def _entry(model, ids, before, after) -> dict:
    """Rows that changed, what these columns held, and by what they are still told to be as the merge left them."""
    return {"model": model._meta.label, "ids": ids, "before": before, "after": after}


def _people_of(merge) -> set[int]:
    ids = {pk for one in merge.moved if one["model"] == Habilitation._meta.label for pk in one["ids"]}
    return set(Habilitation.objects.filter(pk__in=ids).values_list("person", flat=True))
