"""When half-days are held, for whoever runs them: the clock of the place, named when it is not the reader's."""

from django.utils import timezone

from lms.kernel.formats import NBSP, ZONES, date_long, time_short


def hours_line(half_day) -> str:
    """« mardi 24 novembre 2026, de 9 h à 12 h 30 (heure de Mayotte) »"""
    start, end = half_day.local_start, half_day.local_end
    line = f"{date_long(start)}, de {time_short(start)} à{NBSP}{time_short(end)}"
    return f"{line}{zone_named(half_day.session.zone)}"


def zone_named(zone: str) -> str:
    """« (heure de Mayotte) », after a space; nothing for a reader who lives by it."""
    return "" if zone == str(timezone.get_current_timezone()) else f" ({ZONES.get(zone, zone)})"
