"""How the product writes numbers, amounts, durations, dates and times in French, with the spaces that never break."""

import datetime
import re
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.utils import timezone

NBSP = "\u00a0"
MINUS = "\u2212"
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
    """Make unbreakable the spaces that French typography wants so: before : ; ! ? % ·, inside « », in numbers."""
    text = re.sub(r"[ \u202f]+(?=[:;!?%€»·])|(?<=«)[ \u202f]+", NBSP, text)
    text = re.sub(r"(?<=\d)[ \u202f](?=\d{3}(?!\d))", NBSP, text)
    return re.sub(r"(?<=\d) (?=(?:h|min)\b)|(?<=\d[ \u00a0]h) (?=\d\d\b)", NBSP, text)


def number(value, decimals: int = 0) -> str:
    return f"{value:,.{decimals}f}".replace(",", NBSP).replace(".", ",").replace("-", MINUS)


def counted(count: int, one: str, many: str) -> str:
    """« 1 étape », « 0 étape », « 2 étapes »: in French the plural begins at two."""
    return f"{number(count)}{NBSP}{many if count > 1 else one}"


def plural(count: int, one: str, many: str) -> str:
    """The same inside a sentence, where the line may break: « 2 personnes ont une place »."""
    return f"{number(count)} {many if count > 1 else one}"


def money(cents: int) -> str:
    return f"{number(Decimal(cents) / 100, 2)}{NBSP}€"


def duration(minutes: int) -> str:
    sign = MINUS if minutes < 0 else ""
    hours, rest = divmod(abs(int(minutes)), 60)
    if not hours:
        return f"{sign}{rest}{NBSP}min"
    return f"{sign}{hours}{NBSP}h{NBSP}{rest:02d}" if rest else f"{sign}{hours}{NBSP}h"


def weight(size: int) -> str:
    """What a file of so many bytes costs to receive: « 34 ko », « 1,2 Mo »."""
    if size < 999_500:
        return f"{max(1, round(size / 1000))}{NBSP}ko"
    return f"{number(size / 1_000_000, 1)}{NBSP}Mo"


def percent(part: int, whole: int) -> str:
    """Rounded to the unit, with the count beside; 0 % means none and 100 % means all."""
    count = f"({number(part)}{NBSP}sur{NBSP}{number(whole)})"
    if not whole:
        return f"– {count}"
    share = (200 * part + whole) // (2 * whole)
    if 0 < part < whole:
        share = min(max(share, 1), 99)
    return f"{share}{NBSP}% {count}"


def date_long(day: datetime.date) -> str:
    rank = "1er" if day.day == 1 else day.day
    return f"{DAYS[day.weekday()]} {rank}{NBSP}{MONTHS[day.month - 1]} {day.year}"


def date_span(first: datetime.date, last: datetime.date) -> str:
    """« du mardi 24 au mercredi 25 novembre 2026 »: what both days share is said once."""
    if (first.year, first.month, first.day) == (last.year, last.month, last.day):
        return date_long(first)
    begun = date_long(first)
    if first.year == last.year:
        begun = begun.removesuffix(f" {first.year}")
        if first.month == last.month:
            begun = begun.removesuffix(f"{NBSP}{MONTHS[first.month - 1]}")
    return f"du {begun} au {date_long(last)}"


def date_short(day: datetime.date) -> str:
    return f"{day:%d/%m/%Y}"


def time_short(moment: datetime.time | datetime.datetime) -> str:
    return f"{moment.hour}{NBSP}h{NBSP}{moment.minute:02d}" if moment.minute else f"{moment.hour}{NBSP}h"


def instant(moment: datetime.datetime, tz: str | datetime.tzinfo | None = None) -> str:
    """In the reader's zone; or in the zone of a place, named when it is not the reader's.

    The hour that comes twice on an October night says which one it is.
    """
    zone = ZoneInfo(tz) if isinstance(tz, str) else tz or timezone.get_current_timezone()
    local = moment.astimezone(zone)
    written = f"{date_long(local)} à{NBSP}{time_short(local)}"
    if local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset():
        written += ", heure d’été" if local.fold == 0 else ", heure d’hiver"
    if str(zone) == str(timezone.get_current_timezone()):
        return written
    return f"{written} ({ZONES.get(str(zone), str(zone))})"
