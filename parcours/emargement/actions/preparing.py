"""The sheets of a session, with whoever holds a seat in it; may be done again at any time."""

import uuid
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from lms.kernel.journal import record
from parcours.classroom.lifecycle import Modality, RegistrationState, SessionState
from parcours.classroom.models import Session
from parcours.emargement.actions.refusals import Refused
from parcours.emargement.engine.codes import code_of, hash_of
from parcours.emargement.lifecycle import AttendanceState, Way
from parcours.emargement.models import Attendance, Sheet

AHEAD = timedelta(days=3)
"""How long before a half-day its sheet is made, so that codes can be printed or read out."""
KEPT = timedelta(days=1)
"""How long a personal code that was not used is known after the window."""
NOT_PUBLISHED = "Cette session n’est pas publiée : publiez-la, puis préparez ses feuilles."


@transaction.atomic
def prepare(session, *, by=None) -> list[Sheet]:
    """Raises Refused for a session that is not held."""
    session = Session.objects.select_for_update(no_key=True).get(pk=session.pk)
    if session.state not in (SessionState.PUBLISHED, SessionState.CLOSED):
        raise Refused(NOT_PUBLISHED)
    known = {sheet.half_day_id: sheet for sheet in Sheet.objects.filter(half_day__session=session)}
    half_days = list(session.half_days.order_by("position"))
    made = [_made(half_day, session) for half_day in half_days if half_day.pk not in known]
    for sheet in made:
        record("emargement.prepare", sheet, by=by, after={"half_day": sheet.half_day_id, "way": sheet.way})
    sheets = [*known.values(), *made]
    _bring_in(session, [sheet for sheet in sheets if not sheet.is_locked])
    return sheets


def _made(half_day, session) -> Sheet:
    remote = not half_day.room_id and (half_day.link or session.modality == Modality.REMOTE)
    return Sheet.objects.create(half_day=half_day, way=Way.ACCOUNT if remote else Way.CODE)


def _bring_in(session, sheets) -> None:
    """Whoever has a seat comes in; whoever lost theirs and signed nothing goes out."""
    gone = Attendance.objects.filter(sheet__in=sheets, state=AttendanceState.EXPECTED).unsigned()
    gone.exclude(registration__state=RegistrationState.REGISTERED).delete()
    seated = set(session.registrations.filter(state=RegistrationState.REGISTERED).values_list("pk", flat=True))
    there = set(Attendance.objects.filter(sheet__in=sheets).values_list("sheet", "registration"))
    new = [
        Attendance(sheet=sheet, registration_id=pk, public_id=uuid.uuid4())
        for sheet in sheets
        for pk in sorted(seated)
        if (sheet.pk, pk) not in there
    ]
    _give_codes(new)
    Attendance.objects.bulk_create(new)


def _give_codes(attendances) -> None:
    """Each its own: no two that are in use are the same."""
    key, left = settings.SECRET_KEY, list(attendances)
    taken: set[str] = set()
    while left:
        for one in left:
            one.code_hash = hash_of(key, code_of(key, str(one.public_id), one.nonce))
        hashes = [one.code_hash for one in left]
        taken |= set(Attendance.objects.filter(code_hash__in=hashes).values_list("code_hash", flat=True))
        again = []
        for one in left:
            if one.code_hash in taken:
                one.nonce += 1
                again.append(one)
            else:
                taken.add(one.code_hash)
        left = again


def refresh(session) -> None:
    """Somebody took or lost a seat: sheets that exist follow; those to come are made in time."""
    sheets = Sheet.objects.filter(half_day__session=session)
    if Session.objects.filter(pk=session.pk, state=SessionState.CANCELLED).exists():
        _bring_in(session, list(sheets.running()))
    elif sheets.exists():
        prepare(session)


@transaction.atomic
def reset_windows(session) -> None:
    """Its hours changed: what is not signed yet opens and closes by the rule again."""
    sheets = Sheet.objects.running().filter(half_day__session=session)
    for sheet in sheets.exclude(attendances__signature__isnull=False):
        if sheet.set_opens_at or sheet.set_closes_at:
            sheet.set_opens_at = sheet.set_closes_at = None
            sheet.save(update_fields=["set_opens_at", "set_closes_at"])
            record("emargement.set_window", sheet, after={"opens_at": None, "closes_at": None})


def prepare_coming(now) -> int:
    """The sheets of every half-day that comes soon; how many sessions were seen to."""
    coming = Session.objects.filter(
        state=SessionState.PUBLISHED,
        half_days__starts_at__lt=now + AHEAD,
        half_days__ends_at__gt=now - KEPT,
        half_days__sheet=None,
    )
    found = list(coming.distinct())
    for session in found:
        prepare(session)
    return len(found)


def forget_codes(now) -> int:
    """Codes of half-days that are over for a day open nothing any more, and are known no longer; how many were."""
    over = Attendance.objects.filter(code_hash__isnull=False, sheet__half_day__ends_at__lt=now - KEPT)
    late = over.filter(sheet__set_closes_at__gt=timezone.now())
    return over.exclude(pk__in=late.values("pk")).update(code_hash=None)
