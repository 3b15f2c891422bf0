"""A person is followed for a structure, and leaves the way with a reason."""

from django.db import transaction

from certification.habilitation.actions.facts import Draft, derive, locked, record_facts
from certification.habilitation.lifecycle import (
    ELIGIBLE_STATUSES,
    ExitReason,
    FactKind,
    Origin,
    Standing,
    route_of,
    way_out_of,
)
from certification.habilitation.models import Habilitation
from lms.kernel.formats import date_short
from lms.kernel.journal import record, record_many
from lms.kernel.lifecycle import TransitionRefused

MIRRORED = ("external_status", "external_seen_on", "route", "exit_step", "exit_reason", "exited_on")
OUT_ALREADY = "Cette personne est déjà sortie, le {on} : reprenez d’abord son suivi."
NOT_OUT = "Cette personne est suivie : il n’y a pas de sortie à effacer."
NOT_OURS = "Cette sortie a été décidée par Aidants Connect : elle change quand son statut change là-bas."
OLDER = "Un statut lu le {on} est déjà enregistré : celui-ci est plus ancien."


def follow(person, organisation, *, by=None, **known) -> Habilitation:
    """The habilitation of this person for this structure, made when it does not exist yet."""
    with transaction.atomic():
        locked([person.pk])
        one, created = Habilitation.objects.get_or_create(person=person, organisation=organisation, defaults=known)
        if created:
            record("habilitation.follow", one, by=by, after={"step": one.step})
            derive([person.pk], by=by)
    return one


def mirror_status(one, status, *, seen_on, by=None, file=None):
    """What Aidants Connect says of the request; an older file does not undo a newer one."""
    with transaction.atomic():
        locked([one.person_id])
        one.refresh_from_db()
        mirror_statuses([(one, status)], seen_on=seen_on, by=by, file=file)


def mirror_statuses(told, *, seen_on, by=None, file=None):
    """Of many at once: pairs of a habilitation, read since its person was locked, and its status."""
    told = [(one, status) for one, status in told if not one.external_seen_on or seen_on >= one.external_seen_on]
    before = {one.pk: one.external_status for one, _ in told}
    for one, status in told:
        _mirror(one, status, seen_on)
    moved = list({one.pk: one for one, _ in told}.values())
    Habilitation.objects.bulk_create(moved, update_conflicts=True, unique_fields=["id"], update_fields=MIRRORED)
    record_many(
        "habilitation.mirror_status",
        moved,
        by=by,
        before=lambda one: {"status": before[one.pk]},
        after=lambda one: {"status": one.external_status},
    )
    derive({one.person_id for one in moved}, by=by, file=file)


def _mirror(one, status, seen_on):
    one.external_status, one.external_seen_on = status, seen_on
    one.route = route_of(status, one.route)
    way_out = way_out_of(status)
    if way_out:
        one.exit_step, one.exit_reason, one.exited_on = way_out, ExitReason.DECIDED_ELSEWHERE, seen_on
    elif one.exit_reason == ExitReason.DECIDED_ELSEWHERE:
        one.exit_step, one.exit_reason, one.exited_on = "", "", None


def transcribe_status(one, status, *, seen_on, by):
    """What somebody read on Aidants Connect; an eligible status is the eligibility, known since that day."""
    with transaction.atomic():
        locked([one.person_id])
        one.refresh_from_db()
        if one.external_seen_on and seen_on < one.external_seen_on:
            raise TransitionRefused([OLDER.format(on=date_short(one.external_seen_on))])
        mirror_status(one, status, seen_on=seen_on, by=by)
        if status in ELIGIBLE_STATUSES and not one.eligible_on:
            key = f"read:{FactKind.ELIGIBILITY}:{one.pk}:{seen_on}"
            where = {"habilitation": one.pk, "key": key}
            record_facts(
                [Draft(one.person_id, FactKind.ELIGIBILITY, seen_on, Standing.CONFIRMED, Origin.PERSON, **where)], by=by
            )


def note_export(organisation, *, rows, by):
    """Whoever takes a list out leaves a line in the journal."""
    record("habilitation.export_people", organisation, by=by, after={"rows": rows})


def leave(one, step, reason, *, on, by, note=""):
    """Side exits: dated, with a reason of the list."""
    with transaction.atomic():
        locked([one.person_id])
        one.refresh_from_db()
        if one.exit_step:
            raise TransitionRefused([OUT_ALREADY.format(on=date_short(one.exited_on))])
        before = one.step
        one.exit_step, one.exit_reason, one.exited_on, one.exit_note = step, reason, on, note
        one.save()
        told = {"before": {"step": before}, "after": {"step": step, "reason": reason}}
        record("habilitation.leave", one, by=by, **told, personal={"précision": note} if note else None)
        derive([one.person_id], by=by)


def come_back(one, *, by):
    """The way out was a mistake, or is over."""
    with transaction.atomic():
        locked([one.person_id])
        one.refresh_from_db()
        if not one.exit_step:
            raise TransitionRefused([NOT_OUT])
        if one.exit_reason == ExitReason.DECIDED_ELSEWHERE:
            raise TransitionRefused([NOT_OURS])
        before = one.step
        one.exit_step, one.exit_reason, one.exited_on, one.exit_note = "", "", None, ""
        one.save()
        record("habilitation.come_back", one, by=by, before={"step": before})
        derive([one.person_id], by=by)
