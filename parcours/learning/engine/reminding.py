"""When somebody who stopped is reminded: rarely, at a fit hour where they are, at a moment they chose. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from lms.kernel.quiet import next_quiet_end

MOST = 3
EVERY_DAYS = 7
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Slot:
    """A weekly moment by the clock of where somebody lives; Monday is 0."""

    weekday: int
    starts_at: time

    def next(self, after: datetime, zone: str) -> datetime:
        """The first one from `after` on."""
        local = after.astimezone(ZoneInfo(zone))
        day = local.date() + timedelta(days=(self.weekday - local.weekday()) % 7)
        found = datetime.combine(day, self.starts_at, tzinfo=ZoneInfo(zone))
        if found < local:
            found = datetime.combine(day + timedelta(days=7), self.starts_at, tzinfo=ZoneInfo(zone))
        return found


def may_remind(now: datetime, zone: str, *, sent: int, last_at: datetime, reminded_at: datetime | None) -> bool:
    """Whether a week has passed, by the calendar of where they are, since anything was done and anything was sent."""
    if sent >= MOST:
        return False
    return _days(last_at, now, zone) >= EVERY_DAYS and (
        reminded_at is None or _days(reminded_at, now, zone) >= EVERY_DAYS
    )


def reminder_at(now: datetime, zone: str, slots: Sequence[Slot] = ()) -> datetime | None:
    """When to write in the day that begins now; None: another day will do better.

    At the first of the moments chosen, when one of them falls in the hours when one may write; without any, at the
    first such hour.
    """
    chosen = [slot.next(now, zone) for slot in slots]
    fit = [moment for moment in chosen if next_quiet_end(moment, zone) == moment]
    at = min(fit) if fit else next_quiet_end(now, zone)
    return at if at - now < DAY else None


def _days(since: datetime, now: datetime, zone: str) -> int:
    return (now.astimezone(ZoneInfo(zone)).date() - since.astimezone(ZoneInfo(zone)).date()).days
