"""Whether the seat that somebody had in a session is theirs no more: the registration stays a fact, not the seat."""

from django.db.models import BooleanField, Case, Exists, OuterRef, Q, Value, When

from parcours.classroom.lifecycle import ACTIVE, RegistrationState
from parcours.classroom.models import Registration

GIVEN_BACK = (RegistrationState.WITHDRAWN, RegistrationState.CANCELLED, RegistrationState.REPLACED)


def with_lost_seats(habilitations):
    """Annotates `lost_seat`: a seat was given back or cancelled, and no other is held."""
    seats = Registration.objects.filter(
        person=OuterRef("person"), employer=OuterRef("organisation"), session__parcours__is_habilitation=True
    )
    lost = Q(Exists(seats.filter(state__in=GIVEN_BACK))) & ~Q(Exists(seats.filter(state__in=ACTIVE)))
    found = Case(When(lost, then=Value(True)), default=Value(False), output_field=BooleanField())
    return habilitations.annotate(lost_seat=found)


def has_lost_seat(habilitation) -> bool:
    """Read with the others in a list, asked for otherwise."""
    if not hasattr(habilitation, "lost_seat"):
        found = with_lost_seats(type(habilitation).objects.filter(pk=habilitation.pk))
        habilitation.lost_seat = found.values_list("lost_seat", flat=True).get()
    return habilitation.lost_seat
