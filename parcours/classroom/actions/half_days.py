"""When and where a session is held: its half-days, and what they would collide with."""

from collections.abc import Sequence

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone

from lms.kernel.formats import date_long, time_short
from lms.kernel.jobs import post
from lms.kernel.journal import record
from lms.kernel.lifecycle import TransitionRefused
from parcours.classroom.actions.seating import hold
from parcours.classroom.engine.slots import Slot, entangled
from parcours.classroom.events import session_rescheduled
from parcours.classroom.lifecycle import SESSION, SessionState
from parcours.classroom.models import HalfDay, Room, Session

NOT_A_DRAFT = "Cette session n’est plus un brouillon : changez ses dates en prévenant les personnes inscrites."
COUNT = "La session a {} demi-journées : donnez-leur une date à toutes."
OVERLAP = "Les demi-journées {} et {} se chevauchent, ou ne se suivent pas : corrigez leurs heures."
PAST = "La demi-journée {} serait déjà passée : choisissez une date à venir."
TAKEN = "La salle « {room} » est prise {when} par « {title} » : choisissez une autre salle ou une autre date."
BUSY = "{trainer} anime déjà « {title} » {when} : choisissez un autre formateur ou une autre date."
BUSY_ELSEWHERE = "{trainer} n’est pas libre {when} : choisissez un autre formateur ou une autre date."
ZONES = "Les salles d’une session sont dans un même fuseau horaire : corrigez la salle de la demi-journée {}."
SMALL = "La salle « {room} » a {room.capacity} places, et la session en propose {seats} : réduisez d’abord les places."


@transaction.atomic
def set_half_days(session, slots: Sequence[Slot], *, zone, by) -> Session:
    """Write the half-days of a draft, in the order of those the edition describes.

    Raises TransitionRefused with the sentences that name what collides.
    """
    session = hold(session)
    if session.state != SessionState.DRAFT:
        raise TransitionRefused([NOT_A_DRAFT])
    session.zone = zone
    if not session.is_settled:
        session.capacity = _fitting(session, slots)
    refuse_collisions(session, slots)
    before = facts_of(session)
    _write(session, slots)
    session.save()
    record("classroom.set_half_days", session, by=by, before={"half_days": before}, after=_after(session))
    return session


@transaction.atomic
def reschedule(session, slots: Sequence[Slot], *, by) -> Session:
    """Change when, where or by whom a published session is held, and tell whoever is registered.

    Nobody is written to when only the trainers change. Announces session_rescheduled.
    """
    was, now = {}, {}
    with SESSION.moving(session, "reschedule_session", by=by, before=was, after=now) as locked:
        was["half_days"] = before = facts_of(locked)
        _refuse_another_count(locked, slots)
        refuse_collisions(locked, slots)
        _refuse_moving_to_the_past(before, slots)
        _write(locked, slots)
        now.update(_after(locked))
    if [_told(one) for one in before] != [_told(one) for one in now["half_days"]]:
        session_rescheduled.send(sender=Session, session=locked, before=before)
        old = ",".join(one["starts_at"] for one in before)
        post("classroom.tell_rescheduled", locked.pk, old, f"{locked.pk}-{timezone.now().timestamp():.6f}")
    return locked


def facts_of(session) -> list[dict]:
    """The half-days in codes and instants, for the journal, the event and the message."""
    half_days = session.half_days.order_by("position").prefetch_related("trainers")
    return [
        {
            "id": one.pk,
            "starts_at": one.starts_at.isoformat(),
            "ends_at": one.ends_at.isoformat(),
            "room": one.room_id,
            "link": one.link,
            "trainers": sorted(trainer.pk for trainer in one.trainers.all()),
        }
        for one in half_days
    ]


def slots_of(session) -> list[Slot]:
    """The half-days as they are, to be asked for again."""
    half_days = session.half_days.order_by("position").prefetch_related("trainers")
    return [
        Slot(one.starts_at, one.ends_at, one.room_id, one.link, tuple(trainer.pk for trainer in one.trainers.all()))
        for one in half_days
    ]


# --- What collides ----------------------------------------------------------------------------------------------------


def refuse_collisions(session, slots) -> None:
    """Lock the rooms and the people asked for, then raise TransitionRefused if one of them is taken.

    Published sessions alone hold a room or a person: a draft takes nothing from anybody.
    """
    rooms = _locked(Room.objects.select_related("departement"), {slot.room for slot in slots if slot.room})
    trainers = _locked(get_user_model().objects.all(), {pk for slot in slots for pk in slot.trainers})
    if refusals := [*_ill_placed(session, slots, rooms), *_taken(session, slots, rooms, trainers)]:
        raise TransitionRefused(list(dict.fromkeys(refusals)))


def _locked(found, pks) -> dict:
    """Always in the order of their keys, so that two organisers never wait for one another."""
    return {one.pk: one for one in found.filter(pk__in=pks).order_by("pk").select_for_update(of=("self",), no_key=True)}


def _ill_placed(session, slots, rooms):
    if ranks := entangled(slots):
        yield OVERLAP.format(*ranks)
    for rank, slot in enumerate(slots, start=1):
        room = rooms.get(slot.room)
        if room and room.departement.time_zone != session.zone:
            yield ZONES.format(rank)
        if room and room.capacity and session.capacity > room.capacity:
            yield SMALL.format(room=room, seats=session.capacity)


def _taken(session, slots, rooms, trainers):
    for slot in slots:
        for other in _others(session, slot):
            when = in_words(other)
            if slot.room and other.room_id == slot.room:
                yield TAKEN.format(room=rooms[slot.room], when=when, title=other.session.title)
            for trainer in other.trainers.all():
                if trainer.pk in slot.trainers:
                    words = BUSY if other.session.organisation_id == session.organisation_id else BUSY_ELSEWHERE
                    yield words.format(trainer=trainers[trainer.pk].full_name, when=when, title=other.session.title)


def _others(session, slot):
    """Half-days of other sessions held at the same time with the same room or the same people."""
    return HalfDay.objects.colliding(slot.starts_at, slot.ends_at, slot.room, slot.trainers).exclude(session=session)


def in_words(half_day) -> str:
    """« mardi 24 novembre 2026, de 9 h à 12 h 30 », on the clock of the place."""
    start, end = half_day.local_start, half_day.local_end
    return f"{date_long(start)}, de {time_short(start)} à {time_short(end)}"


def _refuse_another_count(session, slots):
    count = session.half_days.count()
    if len(slots) != count:
        raise TransitionRefused([COUNT.format(count)])


def _refuse_moving_to_the_past(before, slots):
    """What is over stays as it was; what is still to come stays to come."""
    now = timezone.now()
    for rank, (one, slot) in enumerate(zip(before, slots, strict=True), start=1):
        if slot.starts_at <= now and slot.starts_at.isoformat() != one["starts_at"]:
            raise TransitionRefused([PAST.format(rank)])


def _fitting(session, slots):
    """The seats proposed as long as nobody chose them: no more than the smallest room has."""
    rooms = Room.objects.filter(pk__in={slot.room for slot in slots if slot.room}, capacity__gt=0)
    return min([session.capacity, *rooms.values_list("capacity", flat=True)])


# --- What is written --------------------------------------------------------------------------------------------------


def _write(session, slots):
    """The same rows for the same ranks: sheets and déroulés stay where they are."""
    seances = session.edition.content.get("seances", [])
    session.half_days.filter(position__gt=len(slots)).delete()
    for position, slot in enumerate(slots, start=1):
        described = seances[position - 1]["id"] if position <= len(seances) else ""
        values = {"starts_at": slot.starts_at, "ends_at": slot.ends_at, "room_id": slot.room, "link": slot.link}
        half_day, _ = session.half_days.update_or_create(position=position, defaults=values | {"seance_id": described})
        half_day.trainers.set(slot.trainers)
    session.starts_at = slots[0].starts_at if slots else None
    session.ends_at = slots[-1].ends_at if slots else None
    room = next((one.room for one in session.half_days.select_related("room") if one.room_id), None)
    session.departement_id = room.departement_id if room else None


def _after(session):
    return {"zone": session.zone, "half_days": facts_of(session)}


def _told(facts):
    """What people are told when it changes: not who runs it."""
    return facts["starts_at"], facts["ends_at"], facts["room"], facts["link"]
