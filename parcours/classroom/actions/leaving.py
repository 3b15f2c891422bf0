"""Seats given up, passed on, or exchanged for one in another session."""

from django.db import transaction

from lms.kernel.lifecycle import TransitionRefused
from lms.organisations.models import Organisation
from parcours.classroom.actions.queueing import promote
from parcours.classroom.actions.registering import SessionFull, enter, person_refusals
from parcours.classroom.actions.seating import hold, leave, tell, unseat
from parcours.classroom.lifecycle import REGISTRATION, SEATED, SessionState
from parcours.classroom.models import Registration

WHY = "Dites pourquoi en quelques mots : le motif est gardé avec l’inscription."
ELSEWHERE = "{person} ne travaille pas dans cette structure : ajoutez d’abord cette personne à vos collègues."
ANOTHER = "Choisissez une session à venir du même parcours et du même organisme."


@transaction.atomic
def withdraw(registration, *, by, reason) -> Registration:
    """Give up a seat or a place in the queue; a freed seat goes to the first who waits."""
    session = hold(registration.session)
    with REGISTRATION.moving(registration, "withdraw_registration", by=by, personal=_why(reason)) as locked:
        held = locked.state in SEATED
        leave(locked, reason)
    if held:
        unseat(locked, session, by=by)
    tell(locked, "withdrawn")
    promote(session)
    return locked


@transaction.atomic
def replace(registration, *, person, by, reason) -> Registration:
    """Give the seat of a person to a colleague of theirs, with its funding; returns the new registration."""
    session = hold(registration.session)
    if not Organisation.objects.employers_of(person).filter(pk=registration.employer_id).exists():
        raise TransitionRefused([ELSEWHERE.format(person=person)])
    if refusals := person_refusals(session, person):
        raise TransitionRefused(refusals)
    with REGISTRATION.moving(registration, "replace_registration", by=by, personal=_why(reason)) as locked:
        leave(locked, reason)
    unseat(locked, session, by=by)
    tell(locked, "replaced")
    return enter(session, person, by=by, **_carried(locked), replaces=locked)


@transaction.atomic
def move(registration, *, session, by, reason) -> Registration:
    """Exchange a seat, or a place in the queue, for a seat in another session of the same parcours."""
    ordered = {one.pk: hold(one) for one in sorted((registration.session, session), key=lambda one: one.pk)}
    left, joined = ordered[registration.session_id], ordered[session.pk]
    if refusals := _unfit(left, joined) or person_refusals(joined, registration.person):
        raise TransitionRefused(refusals)
    promote(joined)
    if joined.is_full:
        raise SessionFull
    with REGISTRATION.moving(registration, "move_registration", by=by, personal=_why(reason)) as locked:
        held = locked.state in SEATED
        leave(locked, reason)
    if held:
        unseat(locked, left, by=by, stays=True)
    moved = enter(joined, locked.person, by=by, **_carried(locked), moved_from=locked, what="moved")
    promote(left)
    return moved


@transaction.atomic
def cancel_all(session, *, by=None) -> int:
    """Everybody leaves a session that is cancelled; how many were told."""
    session = hold(session)
    active = list(session.registrations.active().select_related("person", "employer", "enrolment"))
    for registration in active:
        with REGISTRATION.moving(registration, "cancel_registration", by=by) as locked:
            held = locked.state in SEATED
            leave(locked, session.cancel_reason)
        if held:
            unseat(locked, session, by=by)
        tell(locked, "cancelled")
    return len(active)


def _carried(registration) -> dict:
    """What passes on with a seat."""
    return {
        "state": Registration.State.REGISTERED,
        "employer": registration.employer,
        "funding_road": registration.funding_road,
        "funding_answers": registration.funding_answers,
        "is_conseiller": registration.is_conseiller,
    }


def _unfit(left, joined) -> list[str]:
    same = left.parcours_id == joined.parcours_id and left.organisation_id == joined.organisation_id
    if left.pk == joined.pk or not same or joined.state != SessionState.PUBLISHED:
        return [ANOTHER]
    return []


def _why(reason) -> dict:
    if not reason.strip():
        raise TransitionRefused([WHY])
    return {"reason": reason.strip()[:300]}
