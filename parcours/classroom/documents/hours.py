"""When a session is held, in words: the hours of the place, or the reader's own first when one joins from afar."""

from zoneinfo import ZoneInfo

from lms.kernel.formats import NBSP, ZONES, date_long, time_short


def hours_lines(session, reader_zone: str = "") -> list[str]:
    """One line for each half-day; two zones, both named, only for what is joined from another one."""
    return [half_day_line(one, session, reader_zone) for one in session.half_days.all()]


def half_day_line(half_day, session, reader_zone: str = "") -> str:
    own = _span(half_day, session.zone)
    remote = not half_day.room_id
    if not remote or not reader_zone or _same_hour(half_day, reader_zone, session.zone):
        return f"{own} ({ZONES.get(session.zone, session.zone)})" if _is_far(session.zone) or remote else own
    there = f"{_hours(half_day, session.zone)}, {ZONES.get(session.zone, session.zone)}"
    return f"{_span(half_day, reader_zone)} ({ZONES.get(reader_zone, reader_zone)}), soit {there}"


def place_line(half_day) -> str:
    return f"{half_day.room.name}, {half_day.room.full_address}" if half_day.room_id else "à distance"


def _span(half_day, zone) -> str:
    return f"{date_long(half_day.starts_at.astimezone(ZoneInfo(zone)))}, {_hours(half_day, zone)}"


def _hours(half_day, zone) -> str:
    start, end = (at.astimezone(ZoneInfo(zone)) for at in (half_day.starts_at, half_day.ends_at))
    return f"de {time_short(start)} à {time_short(end)}".replace("à ", f"à{NBSP}")


def _same_hour(half_day, one, other) -> bool:
    at = half_day.starts_at
    return at.astimezone(ZoneInfo(one)).utcoffset() == at.astimezone(ZoneInfo(other)).utcoffset()


def _is_far(zone) -> bool:
    return zone != "Europe/Paris"
