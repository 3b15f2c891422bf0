"""How the product writes numbers, durations, dates and times in French; every space inside one is unbreakable."""

import datetime
import re
from zoneinfo import ZoneInfo

from django.utils import timezone

NBSP = "\u00a0"
DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
MONTHS = (
    *("janvier", "février", "mars", "avril", "mai", "juin"),
    *("juillet", "août", "septembre", "octobre", "novembre", "décembre"),
)
ZONES = {
    "Europe/Paris": "heure de Paris",
    "America/Guadeloupe": "heure de la Guadeloupe",
    "America/Martinique": "heure de la Martinique",
    "America/Cayenne": "heure de la Guyane",
    "America/Miquelon": "heure de Saint-Pierre-et-Miquelon",
    "Indian/Reunion": "heure de La Réunion",
    "Indian/Mayotte": "heure de Mayotte",
    "Pacific/Noumea": "heure de la Nouvelle-Calédonie",
    "Pacific/Tahiti": "heure de Tahiti",
    "Pacific/Marquesas": "heure des Marquises",
    "Pacific/Gambier": "heure des Gambier",
    "Pacific/Wallis": "heure de Wallis-et-Futuna",
}


def nbsp(text: str) -> str:
    """Make unbreakable the spaces that French typography wants so: before : ; ! ? %, inside « », in numbers."""
    text = re.sub(r"[ \u202f](?=[:;!?%€»])|(?<=«)[ \u202f]", NBSP, text)
    return re.sub(r"(?<=\d)[ \u202f](?=\d{3}(?!\d))", NBSP, text)


def number(value, decimals: int = 0) -> str:
    return f"{value:,.{decimals}f}".replace(",", NBSP).replace(".", ",")


def money(cents: int) -> str:
    return f"{number(cents / 100, 2)}{NBSP}€"


def duration(minutes: int) -> str:
    hours, rest = divmod(int(minutes), 60)
    if not hours:
        return f"{rest}{NBSP}min"
    return f"{hours}{NBSP}h{NBSP}{rest:02d}" if rest else f"{hours}{NBSP}h"


def percent(part: int, whole: int) -> str:
    """Rounded to the unit, with the count beside; 0 % means none and 100 % means all."""
    count = f"({number(part)} sur{NBSP}{number(whole)})"
    if not whole:
        return f"– {count}"
    share = (200 * part + whole) // (2 * whole)
    if 0 < part < whole:
        share = min(max(share, 1), 99)
    return f"{share}{NBSP}% {count}"


def date_long(day: datetime.date) -> str:
    number_of_day = "1er" if day.day == 1 else day.day
    return NBSP.join((DAYS[day.weekday()], str(number_of_day), MONTHS[day.month - 1], str(day.year)))


def date_short(day: datetime.date) -> str:
    return f"{day:%d/%m/%Y}"


def time_short(moment: datetime.time | datetime.datetime) -> str:
    return f"{moment.hour}{NBSP}h{NBSP}{moment.minute:02d}" if moment.minute else f"{moment.hour}{NBSP}h"


def instant(moment: datetime.datetime, tz: str | ZoneInfo | None = None) -> str:
    """In the reader's zone, or in the zone of a place, which is then named when it is not the reader's."""
    zone = ZoneInfo(tz) if isinstance(tz, str) else tz or timezone.get_current_timezone()
    local = moment.astimezone(zone)
    written = f"{date_long(local)} à{NBSP}{time_short(local)}"
    if str(zone) == str(timezone.get_current_timezone()):
        return written
    return f"{written} ({ZONES.get(str(zone), str(zone))})"
