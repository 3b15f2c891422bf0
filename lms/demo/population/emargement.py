"""The half-days that were held: signed in several ways, a few late, absent or excused, locked, one corrected."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from lms.demo.population.draw import lot
from lms.kernel.journal import record
from parcours.classroom.lifecycle import SessionState
from parcours.classroom.models import Session
from parcours.emargement import actions
from parcours.emargement.documents import countersign_of, statement_of
from parcours.emargement.lifecycle import AttendanceState, Excuse, SheetState, Way
from parcours.emargement.models import Attendance, Sheet, Signature

S = AttendanceState
OUTCOMES = {"present": 86, "late": 6, "early": 2, "excused": 3, "absent": 3}
WAYS = {Way.CODE: 60, Way.SCREEN: 20, Way.TABLET: 20}
HELD = (SessionState.PUBLISHED, SessionState.CLOSED)
CORRECTED = "Retard de train signalé par le groupe, oublié le jour même"


def populate_emargement(*, seed) -> int:
    """How many half-days were signed and locked. The sheets of what comes within three days are ready."""
    now = timezone.now()
    sessions = Session.objects.filter(state__in=HELD, half_days__ends_at__lt=now, half_days__sheet=None)
    locked = []
    for session in sessions.distinct().order_by("starts_at"):
        locked += _hold(session, seed, now)
    if locked:
        _correct(locked[-1])
    actions.prepare_coming(now)
    return len(locked)


@transaction.atomic
def _hold(session, seed, now) -> list[Sheet]:
    actions.prepare(session)
    sheets = Sheet.objects.filter(half_day__session=session).for_page().order_by("half_day__position")
    held = [sheet for sheet in sheets if sheet.half_day.ends_at < now]
    return [sheet for sheet in held if _sign_all(sheet, lot(seed, "emargement", sheet.half_day_id))]


def _sign_all(sheet, draw) -> bool:
    """Nobody on it: it stays as it is."""
    trainer = sheet.half_day.trainers.first() or sheet.session.created_by
    lines = list(sheet.attendances.for_signing().order_by("pk"))
    if not lines or trainer is None:
        return False
    for line in lines:
        line.sheet = sheet
    signatures = [one for line in lines if (one := _told(line, draw, trainer))]
    Signature.objects.bulk_create(signatures)
    for line in lines:
        line.minutes, line.code_hash = line.due_minutes, None
    Attendance.objects.bulk_update(lines, ["state", "arrived_at", "left_at", "excuse", "minutes", "code_hash"])
    _lock(sheet, trainer)
    for line in lines:
        actions.count_presence(line, by=trainer)
    return True


def _told(line, draw, trainer) -> Signature | None:
    half_day = line.sheet.half_day
    outcome = draw.choices(list(OUTCOMES), OUTCOMES.values())[0]
    if outcome in (S.ABSENT, S.EXCUSED):
        line.state, line.excuse = S(outcome), Excuse.ILLNESS if outcome == S.EXCUSED else ""
        return None
    line.state = S.PRESENT
    line.arrived_at = half_day.starts_at + timedelta(minutes=draw.choice((20, 35, 50))) if outcome == "late" else None
    line.left_at = half_day.ends_at - timedelta(minutes=30) if outcome == "early" else None
    way = draw.choices(list(WAYS), WAYS.values())[0] if half_day.room_id else Way.ACCOUNT
    statement = statement_of(line)
    return Signature(
        attendance=line,
        way=way,
        entered_by=trainer if way == Way.TABLET else None,
        signed_at=(line.arrived_at or half_day.starts_at) + timedelta(seconds=draw.randint(-500, 400)),
        statement=statement.text,
        statement_sha256=statement.sha256,
    )


def _lock(sheet, trainer) -> None:
    statement = countersign_of(sheet, trainer)
    sheet.state, sheet.locked_by = SheetState.LOCKED, trainer
    sheet.locked_at = sheet.half_day.ends_at + timedelta(minutes=8)
    sheet.countersign, sheet.countersign_sha256 = statement.text, statement.sha256
    sheet.save()
    record("emargement.lock", sheet, by=trainer, after={"state": sheet.state})


def _correct(sheet) -> None:
    """One line of the last sheet was corrected since: both versions are on its page."""
    line = sheet.attendances.for_signing().filter(state=S.PRESENT, arrived_at=None, left_at=None).first()
    if line is not None:
        told = actions.Mark(S.PRESENT, arrived_at=sheet.half_day.starts_at + timedelta(minutes=35), reason=CORRECTED)
        actions.correct(line, told, by=sheet.locked_by)
