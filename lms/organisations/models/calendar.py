"""The public holidays of the country and of each département, as dated rules."""

from datetime import datetime
from zoneinfo import ZoneInfo

from lms.kernel.rules import current, define
from lms.organisations.engine.working_days import deadline

ALSACE_MOSELLE = ["pâques-2", "12-26"]
PUBLIC_HOLIDAYS = define(
    "organisations.public_holidays",
    "les jours fériés, partout (« * ») et par département : « 05-01 », ou « pâques+1 » pour le lendemain de Pâques",
    "json",
    # Code du travail, art. L3133-1 (everywhere), L3134-13 (Alsace-Moselle), L3422-2 (overseas).
    default={
        "*": [
            *("01-01", "pâques+1", "05-01", "05-08", "pâques+39", "pâques+50"),
            *("07-14", "08-15", "11-01", "11-11", "12-25"),
        ],
        **dict.fromkeys(("57", "67", "68"), ALSACE_MOSELLE),
        "971": ["05-27"],
        "972": ["05-22"],
        "973": ["06-10"],
        "974": ["12-20"],
        "976": ["04-27"],
        "977": ["10-09"],
        "978": ["05-28"],
        "988": ["09-24"],
    },
)


def due_at(asked_at: datetime, days: int, *, zone: str, departement: str) -> datetime:
    """When an answer announced in `days` working days is due, by the rule in force on the day it was asked."""
    rule = current(PUBLIC_HOLIDAYS.code, asked_at.astimezone(ZoneInfo(zone)).date())
    return deadline(asked_at, days, zone, [*rule["*"], *rule.get(departement, ())])
