"""A seat taken or given back: the session is locked, the database counts, and refuses one too many."""

from django.db.models import F
from django.utils import timezone

from lms.kernel.jobs import post
from parcours.classroom.events import registered, seat_lost
from parcours.classroom.models import Registration, Session
from parcours.learning.actions import enrol_by_session, leave_session


def hold(session) -> Session:
    """The session, locked until the end of the transaction: seats and queue change one after the other."""
    return Session.objects.select_for_update(of=("self",), no_key=True).get(pk=session.pk)


def shift(session, seats: int) -> None:
    """So many seats more, or less; a constraint refuses what passes the capacity."""
    Session.objects.filter(pk=session.pk).update(seats_taken=F("seats_taken") + seats)
    session.seats_taken += seats


def seat(registration, *, by, what="registered") -> Registration:
    """What follows from holding a seat for good: a course to follow, messages, a convocation when its day has come.

    `what` says how the seat was come by, for the messages.
    """
    session = registration.session
    registration.enrolment = enrol_by_session(
        registration.person, session.edition, employer=registration.employer, by=by
    )
    registration.save(update_fields=["enrolment"])
    registered.send(sender=Registration, registration=registration)
    tell(registration, what)
    post("classroom.ask_needs", registration.pk, key=f"classroom.ask_needs:{registration.pk}")
    post("classroom.convoke", registration.pk, key=f"classroom.convoke:{registration.pk}:seated")
    return registration


def unseat(registration, session, *, by, stays=False) -> None:
    """Give a seat back. `stays`: the course goes on in another session."""
    shift(session, -1)
    enrolment = registration.enrolment
    if enrolment and not stays and enrolment.enrolled_at >= registration.registered_at:
        leave_session(enrolment, by=by)
    seat_lost.send(sender=Registration, registration=registration)


def tell(registration, what: str) -> None:
    """Have the person and whoever answers for them written to, once for each thing that happens."""
    post("classroom.tell", registration.pk, what, key=f"classroom.tell:{what}:{registration.pk}")


def leave(locked, reason: str) -> None:
    locked.left_at, locked.left_reason = timezone.now(), reason.strip()[:300]
