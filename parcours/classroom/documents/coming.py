"""The one thing to do now about a session."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst

from parcours.classroom.documents.dates import hours_line
from parcours.classroom.lifecycle import SessionState


@dataclass(frozen=True)
class Step:
    title: str
    text: str = ""
    url: str = ""
    label: str = ""


def next_step(session) -> Step | None:
    """Read from half-days loaded with `for_page`; None once a session is cancelled or closed."""
    if session.state == SessionState.DRAFT:
        return _preparing(session)
    if session.state != SessionState.PUBLISHED:
        return None
    now = timezone.now()
    half_days = session.half_days.all()
    coming = next((one for one in half_days if one.ends_at > now), None)
    if coming is None:
        return Step("La session est passée", "Quand tout est signé, terminez-la.")
    where = coming.room.full_address if coming.room_id else "À distance"
    text = f"{where}. {_seats(session)}"
    deroule = reverse("classroom:deroule", args=[session.public_id, coming.position])
    today = timezone.localdate(now, session.tzinfo)
    title = f"Aujourd’hui : {hours_line(coming)}" if coming.day == today else capfirst(hours_line(coming))
    return Step(title, text, deroule, "Ouvrir le déroulé")


def _preparing(session):
    if session.starts_at is None:
        page, missing = "classroom:prepare_place", "Il reste à choisir le lieu et les dates."
    elif not session.is_settled:
        page, missing = "classroom:prepare_seats", "Il reste à dire les places et le tarif."
    else:
        page, missing = "classroom:prepare_review", "Relisez, puis publiez : les inscriptions pourront commencer."
    return Step(
        "Ce brouillon n’est vu que de votre organisme", missing, reverse(page, args=[session.public_id]), "Continuer"
    )


def _seats(session):
    return f"{session.seats_taken} places prises sur {session.capacity}."
