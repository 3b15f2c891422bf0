"""When and where the séances of a course are held for somebody who has a seat."""

from django.urls import reverse
from django.utils import timezone

from lms.kernel.formats import NBSP, date_long, time_short
from parcours.classroom.lifecycle import RegistrationState, SessionState
from parcours.classroom.models import HalfDay
from parcours.learning.engine.live import Held

STANDING = (SessionState.PUBLISHED, SessionState.CLOSED)


def held_of(enrolment) -> dict[str, Held]:
    """By séance; of two sessions the later one counts."""
    seats = enrolment.registrations.filter(state=RegistrationState.REGISTERED, session__state__in=STANDING)
    seats = dict(seats.values_list("session", "public_id"))
    pages = {session: reverse("classroom:my_session", args=[pk]) for session, pk in seats.items()}
    half_days = HalfDay.objects.filter(session__in=pages).exclude(seance_id="").select_related("session", "room")
    return {one.seance_id: _held(one, pages[one.session_id]) for one in half_days.order_by("starts_at")}


def mine_of(registration) -> str:
    """Where the half-days of a seat are signed and read, once their sheets are ready."""
    if not registration.attendances.exists():
        return ""
    return reverse("emargement:mine")


def _held(half_day, url) -> Held:
    hours = f"{time_short(half_day.local_start)} – {time_short(half_day.local_end)}"
    return Held(
        when=f"{date_long(half_day.day)}, {hours}",
        where=str(half_day.room) if half_day.room else f"à distance{NBSP}: le lien est dans votre convocation",
        url=url,
        is_over=timezone.now() > half_day.ends_at,
    )
