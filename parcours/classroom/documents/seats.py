"""How many seats are left in a session, until when one registers, in the words of every page."""

import datetime
from dataclasses import dataclass

from django.utils import timezone

from lms.kernel.formats import NBSP, date_long, date_short, number
from lms.kernel.rules import current
from parcours.classroom.engine.opening import closes_on
from parcours.classroom.lifecycle import SessionState
from parcours.classroom.models.roads import OPENING


@dataclass(frozen=True)
class Seats:
    """`kind`: that of its badge. `detail`: a sentence beside it, or nothing."""

    label: str
    kind: str
    detail: str = ""
    can_register: bool = False
    can_wait: bool = False


def seats_of(session, now=None) -> Seats:
    now = now or timezone.now()
    if session.state == SessionState.CANCELLED:
        return Seats("Session annulée", "error", session.cancel_reason)
    if session.state == SessionState.CLOSED or session.ends_at <= now:
        return Seats("Session passée", "neutral")
    if session.starts_at <= now:
        return Seats("Session commencée", "neutral")
    last_day = closing_day(session)
    if last_day and timezone.localdate(now) > last_day:
        return Seats(f"Inscriptions closes le {date_short(last_day)}", "neutral")
    until = f"Inscription jusqu’au {date_long(last_day)}" if last_day else ""
    if session.is_full:
        return Seats(f"Complet{NBSP}: liste d’attente", "warning", until, can_wait=True)
    left = session.seats_left
    return Seats(f"{number(left)}{NBSP}place{'s' if left > 1 else ''}", "success", until, can_register=True)


def closing_day(session) -> datetime.date | None:
    """The last day of registration; none for a session arranged with one structure, or opened by exception."""
    if session.intra or session.starts_at is None or is_overridden(session):
        return None
    first_day = session.starts_at.astimezone(session.tzinfo).date()
    return closes_on(first_day, session.seats_taken, current(OPENING.code))


def is_overridden(session) -> bool:
    return hasattr(session, "opening_override")


def price_of(session) -> str:
    """« 322 € par personne », « gratuite »."""
    if not session.price:
        return "gratuite"
    cents = 2 if session.price % 1 else 0
    return f"{number(session.price, cents)}{NBSP}€ par personne"


def seated_of(session) -> str:
    """What stands beside the tab: « 14 », or nothing."""
    return str(session.seats_taken) if session.seats_taken else ""
