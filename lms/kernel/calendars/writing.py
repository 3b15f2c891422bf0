"""The iCalendar text of some events (RFC 5545): lines of 75 bytes at most, ended as in a mail."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from .events import Event

LONGEST = 75
WEEK = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
SUMMER = {  # zone: (month, which Sunday, hour) at which summer time begins, then ends, by the clock of before
    "Europe/Paris": ((3, "-1SU", 2), (10, "-1SU", 3)),
    "America/Miquelon": ((3, "2SU", 2), (11, "1SU", 2)),
}
WINTER_DAY, SUMMER_DAY = date(2026, 1, 15), date(2026, 7, 15)


def written(name: str, events: Iterable[Event]) -> bytes:
    """A whole calendar; `name` is what calendar programs show."""
    events = list(events)
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Parcours Aidants//FR", "CALSCALE:GREGORIAN", "METHOD:PUBLISH"]
    lines += [f"X-WR-CALNAME:{escaped(name)}", "REFRESH-INTERVAL;VALUE=DURATION:PT12H", "X-PUBLISHED-TTL:PT12H"]
    for zone in sorted({event.zone for event in events if event.weekly}):
        lines += zone_lines(zone)
    for event in events:
        lines += event_lines(event)
    lines.append("END:VCALENDAR")
    return b"".join(folded(line) for line in lines)


def event_lines(event: Event) -> list[str]:
    lines = ["BEGIN:VEVENT", f"UID:{escaped(event.uid)}", f"DTSTAMP:{in_utc(event.stamped_at)}"]
    lines += starting(event)
    if event.minutes:
        lines.append(f"DURATION:PT{event.minutes}M")
    lines.append(f"SUMMARY:{escaped(event.title)}")
    if event.note:
        lines.append(f"DESCRIPTION:{escaped(event.note)}")
    if event.url:
        lines.append(f"URL:{event.url}")
    if event.is_whole_day:
        lines.append("TRANSP:TRANSPARENT")
    return [*lines, "END:VEVENT"]


def starting(event: Event) -> list[str]:
    if event.is_whole_day:
        return [f"DTSTART;VALUE=DATE:{event.starts:%Y%m%d}"]
    if not event.weekly:
        return [f"DTSTART:{in_utc(event.starts)}"]
    local = event.starts.astimezone(ZoneInfo(event.zone))
    day = WEEK[local.weekday()]
    return [f"DTSTART;TZID={event.zone}:{local:%Y%m%dT%H%M%S}", f"RRULE:FREQ=WEEKLY;BYDAY={day}"]


def zone_lines(zone: str) -> list[str]:
    """How the hours of a zone are kept: without it a calendar would guess."""
    winter, summer = offset(zone, WINTER_DAY), offset(zone, SUMMER_DAY)
    lines = ["BEGIN:VTIMEZONE", f"TZID:{zone}"]
    if zone in SUMMER:
        begins, ends = SUMMER[zone]
        lines += shift_lines("DAYLIGHT", winter, summer, begins)
        lines += shift_lines("STANDARD", summer, winter, ends)
    else:
        lines += ["BEGIN:STANDARD", "DTSTART:19700101T000000", f"TZOFFSETFROM:{winter}", f"TZOFFSETTO:{winter}"]
        lines.append("END:STANDARD")
    return [*lines, "END:VTIMEZONE"]


def shift_lines(kind: str, before: str, after: str, rule: tuple[int, str, int]) -> list[str]:
    month, sunday, hour = rule
    first = sunday_of(2007, month, int(sunday[:-2]))
    return [
        f"BEGIN:{kind}",
        f"DTSTART:{first:%Y%m%d}T{hour:02d}0000",
        f"RRULE:FREQ=YEARLY;BYMONTH={month};BYDAY={sunday}",
        f"TZOFFSETFROM:{before}",
        f"TZOFFSETTO:{after}",
        f"END:{kind}",
    ]


def sunday_of(year: int, month: int, rank: int) -> date:
    """The Sunday of this rank in a month; -1 is the last one."""
    day = date(year, month, 1) if rank > 0 else date(year, month + 1, 1) - timedelta(days=7)
    day += timedelta(days=(6 - day.weekday()) % 7)
    return day + timedelta(weeks=max(rank - 1, 0))


def offset(zone: str, day: date) -> str:
    minutes = int(datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(zone)).utcoffset().total_seconds() // 60)
    sign, minutes = ("-" if minutes < 0 else "+"), abs(minutes)
    return f"{sign}{minutes // 60:02d}{minutes % 60:02d}"


def in_utc(instant: datetime) -> str:
    return f"{instant.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def escaped(text: str) -> str:
    text = text.replace("\\", "\\\\").replace(";", r"\;").replace(",", r"\,")
    return "\\n".join(text.splitlines())


def folded(line: str) -> bytes:
    """One content line; what is too long goes on after a line end and a space, never inside a letter."""
    pieces, size = [""], 0
    for letter in line:
        weight = len(letter.encode())
        if size + weight > LONGEST - (len(pieces) > 1):
            pieces.append("")
            size = 0
        pieces[-1] += letter
        size += weight
    return "\r\n ".join(pieces).encode() + b"\r\n"
