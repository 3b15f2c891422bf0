"""Who comes to a session, and what is to be arranged for them: the measure, never the request nor its reason."""

from dataclasses import dataclass, field

from parcours.adaptations.documents import measures_of
from parcours.adaptations.models import Occasion
from parcours.classroom.lifecycle import RegistrationState


@dataclass(frozen=True)
class Attending:
    registered: int = 0
    offered: int = 0
    waiting: int = 0
    arranged: list = field(default_factory=list)
    """Pairs of a name and the measures in words."""


def attending(session) -> Attending:
    """In two queries, however many they are."""
    found = list(session.registrations.active().select_related("person").order_by("person__last_name", "pk"))
    seated = [one.person for one in found if one.state == RegistrationState.REGISTERED]
    day = session.starts_at and session.starts_at.astimezone(session.tzinfo).date()
    measures = measures_of([one.pk for one in seated], occasion=Occasion.SESSIONS, on=day) if seated else {}
    return Attending(
        registered=len(seated),
        offered=sum(one.state == RegistrationState.OFFERED for one in found),
        waiting=sum(one.state == RegistrationState.WAITING for one in found),
        arranged=[(one.full_name, ", ".join(measures[one.pk])) for one in seated if one.pk in measures],
    )
