"""The rooms of an organisme: added, corrected, no longer proposed."""

from django.db import transaction
from django.utils import timezone

from lms.kernel.journal import record
from lms.kernel.lifecycle import TransitionRefused
from parcours.classroom.lifecycle import SessionState
from parcours.classroom.models import Room

FIELDS = ("name", "address", "postcode", "city", "departement", "capacity", "is_accessible", "access")
AWAITED = "Des demi-journées à venir se tiennent dans cette salle : changez-les de salle d’abord."
OTHER_ZONE = "Des demi-journées se tiennent dans cette salle : elle ne change plus de fuseau. Ajoutez une autre salle."
TOO_SMALL = "Une session à venir y attend {} personnes : gardez au moins autant de places."


@transaction.atomic
def save_room(room, *, by) -> Room:
    """Add a room, or write what changed of it. Raises TransitionRefused when sessions rely on what it was."""
    if room.pk is None:
        room.save()
        record("classroom.add_room", room, by=by, after=_codes(room))
        return room
    before = Room.objects.select_for_update(of=("self",), no_key=True).select_related("departement").get(pk=room.pk)
    _refuse_what_sessions_rely_on(room, before)
    room.save()
    record("classroom.change_room", room, by=by, before=_codes(before), after=_codes(room))
    return room


def _refuse_what_sessions_rely_on(room, before):
    if before.departement.time_zone != room.departement.time_zone and room.half_days.exists():
        raise TransitionRefused([OTHER_ZONE])
    expected = _awaited(room).order_by("-session__capacity").values_list("session__capacity", flat=True).first()
    if room.capacity and expected and room.capacity < expected:
        raise TransitionRefused([TOO_SMALL.format(expected)])


@transaction.atomic
def archive_room(room, *, by) -> Room:
    """No longer propose a room. Raises TransitionRefused while a session is to be held there."""
    room = Room.objects.select_for_update(of=("self",), no_key=True).get(pk=room.pk)
    if _awaited(room).exists():
        raise TransitionRefused([AWAITED])
    if room.archived_at is None:
        room.archived_at = timezone.now()
        room.save()
        record("classroom.archive_room", room, by=by)
    return room


@transaction.atomic
def restore_room(room, *, by) -> Room:
    room = Room.objects.select_for_update(of=("self",), no_key=True).get(pk=room.pk)
    if room.archived_at is not None:
        room.archived_at = None
        room.save()
        record("classroom.restore_room", room, by=by)
    return room


def _awaited(room):
    return room.half_days.filter(session__state=SessionState.PUBLISHED, ends_at__gt=timezone.now())


def _codes(room):
    return {"departement": room.departement_id, "capacity": room.capacity, "is_accessible": room.is_accessible}
