"""The hours of each person of a session: half-days signed and locked, and étapes finished at a distance."""

from collections import defaultdict
from dataclasses import dataclass, field

from parcours.classroom.models import HalfDay
from parcours.emargement.lifecycle import AttendanceState
from parcours.emargement.models import Attendance
from parcours.learning.documents import distance_of

NOT_PREPARED = "feuille à venir"
NOT_LOCKED = "feuille non verrouillée"
NOT_ON_IT = "hors de la feuille"


@dataclass(frozen=True)
class HalfDayHours:
    """One half-day of one person; `minutes` are credited, and none before the sheet is locked."""

    half_day: HalfDay
    state: str
    label: str
    minutes: int
    locked: bool

    @property
    def planned(self) -> int:
        return self.half_day.minutes

    def __iter__(self):
        """`half_day, state_label, minutes = …`"""
        return iter((self.half_day, self.label, self.minutes))


@dataclass
class Hours:
    """In minutes. `distance_minutes`: declared average durations of the étapes finished; `distance_seen_minutes`: the
    time really seen beside them, which never counts."""

    half_days: list[HalfDayHours] = field(default_factory=list)
    distance_planned_minutes: int = 0
    distance_minutes: int = 0
    distance_seen_minutes: int = 0

    @property
    def live_planned_minutes(self) -> int:
        return sum(one.planned for one in self.half_days)

    @property
    def planned_minutes(self) -> int:
        return self.live_planned_minutes + self.distance_planned_minutes

    @property
    def signed_minutes(self) -> int:
        return sum(one.minutes for one in self.half_days)

    @property
    def total_minutes(self) -> int:
        return self.signed_minutes + self.distance_minutes

    @property
    def all_locked(self) -> bool:
        return all(one.locked for one in self.half_days)


def hours_of(registrations) -> dict[int, Hours]:
    """By registration, in a number of queries that does not depend on how many they are."""
    registrations = list(registrations)
    half_days = _half_days(registrations)
    lines = _lines(registrations)
    distances = distance_of({one.enrolment_id for one in registrations if one.enrolment_id})
    return {one.pk: _hours(one, half_days[one.session_id], lines, distances) for one in registrations}


def _half_days(registrations) -> dict[int, list[HalfDay]]:
    found = defaultdict(list)
    sessions = {one.session_id for one in registrations}
    half_days = HalfDay.objects.filter(session__in=sessions).select_related("session", "sheet")
    for half_day in half_days.order_by("position"):
        found[half_day.session_id].append(half_day)
    return found


def _lines(registrations) -> dict[tuple[int, int], Attendance]:
    found = Attendance.objects.filter(registration__in=[one.pk for one in registrations])
    found = found.select_related("sheet__half_day__session")
    return {(one.registration_id, one.sheet.half_day_id): one for one in found}


def _hours(registration, half_days, lines, distances) -> Hours:
    hours = Hours([_half_day(half_day, lines.get((registration.pk, half_day.pk))) for half_day in half_days])
    if distance := distances.get(registration.enrolment_id):
        hours.distance_planned_minutes = distance.planned_minutes
        hours.distance_minutes = distance.done_minutes
        hours.distance_seen_minutes = distance.seen_minutes
    return hours


def _half_day(half_day, line) -> HalfDayHours:
    if line is None:
        return _without_line(half_day)
    locked = line.sheet.is_locked
    label = line.state_words if locked else f"{line.state_words} ({NOT_LOCKED})"
    return HalfDayHours(half_day, line.state, label, (line.minutes or 0) if locked else 0, locked)


def _without_line(half_day) -> HalfDayHours:
    """Of who had no seat any more, or not yet, when it was signed."""
    sheet = getattr(half_day, "sheet", None)
    locked = sheet is not None and sheet.is_locked
    return HalfDayHours(half_day, AttendanceState.EXPECTED, NOT_ON_IT if locked else NOT_PREPARED, 0, locked)
