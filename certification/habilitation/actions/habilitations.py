"""A person is followed for a structure, and leaves the way with a reason."""

from django.db import transaction

from certification.habilitation.actions.facts import derive, locked
from certification.habilitation.lifecycle import ExitReason, route_of, way_out_of
from certification.habilitation.models import Habilitation
from lms.kernel.journal import record


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
        if one.external_seen_on and seen_on < one.external_seen_on:
            return
        before = one.external_status
        one.external_status, one.external_seen_on = status, seen_on
        one.route = route_of(status, one.route)
        way_out = way_out_of(status)
        if way_out:
            one.exit_step, one.exit_reason, one.exited_on = way_out, ExitReason.DECIDED_ELSEWHERE, seen_on
        elif one.exit_reason == ExitReason.DECIDED_ELSEWHERE:
            one.exit_step, one.exit_reason, one.exited_on = "", "", None
        one.save()
        record("habilitation.mirror_status", one, by=by, before={"status": before}, after={"status": status})
        derive([one.person_id], by=by, file=file)


def leave(one, step, reason, *, on, by, note=""):
    """Side exits: dated, with a reason of the list."""
    with transaction.atomic():
        locked([one.person_id])
        one.refresh_from_db()
        before = one.step
        one.exit_step, one.exit_reason, one.exited_on, one.exit_note = step, reason, on, note
        one.save()
        record("habilitation.leave", one, by=by, before={"step": before}, after={"step": step, "reason": reason})
        derive([one.person_id], by=by)


def come_back(one, *, by):
    """The way out was a mistake, or is over."""
    with transaction.atomic():
        locked([one.person_id])
        one.refresh_from_db()
        before = one.step
        one.exit_step, one.exit_reason, one.exited_on, one.exit_note = "", "", None, ""
        one.save()
        record("habilitation.come_back", one, by=by, before={"step": before})
        derive([one.person_id], by=by)
