"""The register of a session: each sheet with its lines, as the page and the sealed paper show it."""

from collections import defaultdict
from dataclasses import dataclass

from parcours.classroom.models import HalfDay
from parcours.emargement.models import Attendance, Sheet


@dataclass(frozen=True)
class Line:
    """One person on one sheet, in words."""

    attendance: Attendance
    name: str
    employer: str
    state: str
    minutes: int | None
    way: str
    signed_at: object
    entered_by: str
    reason: str
    statement: str
    statement_sha256: str
    corrections: tuple


@dataclass(frozen=True)
class SheetRows:
    """One half-day; `sheet` is None while it is not prepared."""

    half_day: HalfDay
    sheet: Sheet | None
    trainers: tuple[str, ...]
    lines: tuple[Line, ...]

    @property
    def locked_by(self) -> str:
        return self.sheet.locked_by.full_name if self.sheet and self.sheet.is_locked else ""


def sheets_of(session) -> list[Sheet]:
    """In the order of the half-days."""
    return list(Sheet.objects.filter(half_day__session=session).for_register().order_by("half_day__position"))


def attendance_rows(session) -> list[SheetRows]:
    """All that was signed in a session, half-day by half-day; at the price of five queries."""
    half_days = HalfDay.objects.filter(session=session).prefetch_related("trainers").order_by("position")
    sheets = {sheet.half_day_id: sheet for sheet in sheets_of(session)}
    lines = defaultdict(list)
    for one in Attendance.objects.filter(sheet__half_day__session=session).for_sheet():
        one.sheet = next(sheet for sheet in sheets.values() if sheet.pk == one.sheet_id)
        lines[one.sheet_id].append(line_of(one))
    return [_rows(half_day, sheets.get(half_day.pk), lines) for half_day in half_days]


def _rows(half_day, sheet, lines) -> SheetRows:
    trainers = tuple(one.full_name for one in half_day.trainers.all())
    return SheetRows(half_day, sheet, trainers, tuple(lines[sheet.pk]) if sheet else ())


def line_of(attendance) -> Line:
    signature = attendance.signature if attendance.is_signed else None
    return Line(
        attendance=attendance,
        name=attendance.person.full_name,
        employer=str(attendance.registration.employer),
        state=attendance.state_words,
        minutes=attendance.minutes,
        way=signature.get_way_display() if signature else "",
        signed_at=attendance.sheet.local(signature.said_at) if signature else None,
        entered_by=signature.entered_by.full_name if signature and signature.entered_by else "",
        reason=signature.reason if signature else "",
        statement=signature.statement if signature else "",
        statement_sha256=signature.statement_sha256 if signature else "",
        corrections=tuple(attendance.corrections.all()),
    )
