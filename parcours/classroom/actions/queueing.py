"""The waiting list: a freed seat goes to the first who asked, for a time; then to the next."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from lms.kernel.quiet import next_quiet_end
from lms.kernel.rules import current
from parcours.classroom.actions.seating import hold, leave, seat, shift, tell, unseat
from parcours.classroom.engine.queue import offer_until
from parcours.classroom.events import seat_offered
from parcours.classroom.lifecycle import REGISTRATION, SessionState
from parcours.classroom.models import Registration, Session
from parcours.classroom.models.roads import OFFER

DECLINED = "A laissé la place proposée."


def promote(session) -> list[Registration]:
    """Offer every free seat to the first who wait, in the order of their registration; `session` is held."""
    offered = []
    while session.state == SessionState.PUBLISHED and session.seats_left > 0:
        first = session.registrations.queued().select_related("person").first()
        until = first and _deadline(session, first.person)
        if not until:
            break
        offered.append(_offer(first, session, until))
    return offered


@transaction.atomic
def offer_free_seats(session) -> list[Registration]:
    """The same for a session that may have gained seats: whose capacity changed, or whose clock strikes."""
    return promote(hold(session))


@transaction.atomic
def accept_offer(registration, *, by) -> Registration:
    """The person takes the seat kept for them. Raises TransitionRefused once the delay has passed."""
    hold(registration.session)
    with REGISTRATION.moving(registration, "accept_seat", by=by) as locked:
        pass
    return seat(locked, by=by, what="accepted")


@transaction.atomic
def decline_offer(registration, *, by) -> Registration:
    """The person leaves the seat: it goes to the next."""
    session = hold(registration.session)
    with REGISTRATION.moving(registration, "decline_seat", by=by) as locked:
        leave(locked, DECLINED)
    unseat(locked, session, by=by)
    tell(locked, "declined")
    promote(session)
    return locked


@transaction.atomic
def expire_offer(registration) -> bool:
    """Nobody answered in time: the seat goes to the next; whether it did. Done twice, it changes nothing."""
    session = hold(registration.session)
    registration = Registration.objects.get(pk=registration.pk)
    if registration.state != Registration.State.OFFERED or registration.offer_until > timezone.now():
        return False
    with REGISTRATION.moving(registration, "expire_offer", by=None) as locked:
        locked.left_at = timezone.now()
    unseat(locked, session, by=None)
    tell(locked, "expired")
    promote(session)
    return True


def late_offers():
    """Seats kept past their delay, the oldest first."""
    late = Registration.objects.filter(state=Registration.State.OFFERED, offer_until__lte=timezone.now())
    return late.select_related("session").order_by("offer_until", "pk")


def sessions_with_a_queue():
    """Sessions to come where somebody waits though a seat is free."""
    waiting = Session.objects.filter(state=SessionState.PUBLISHED, starts_at__gt=timezone.now())
    return waiting.filter(registrations__in=Registration.objects.queued()).distinct()


def _deadline(session, person) -> datetime | None:
    told_at = next_quiet_end(timezone.now(), person.time_zone)
    return offer_until(told_at, session.starts_at, current(OFFER.code), session.organisation.answer_due_at)


def _offer(registration, session, until):
    with REGISTRATION.moving(registration, "offer_seat", by=None, after={"until": until.isoformat()}) as locked:
        locked.offered_at, locked.offer_until = timezone.now(), until
    shift(session, 1)
    seat_offered.send(sender=Registration, registration=locked)
    tell(locked, "offered")
    return locked
