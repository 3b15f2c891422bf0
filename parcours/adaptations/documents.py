"""What adaptations change, for the rooms that time, show or organise something."""

from django.core.cache import cache
from django.utils import timezone

from lms.kernel.definitions import define
from lms.organisations.lifecycle import Kind, Role
from lms.organisations.models import Membership, Organisation
from parcours.adaptations.engine.measures import Granted, granted
from parcours.adaptations.models import Measure

REMEMBERED, REMEMBERED_SECONDS = "adaptations.granted:", 300
USUAL_EXTRA_TIME = define(
    "adaptations.usual_extra_time",
    "temps ajouté proposé par défaut, en % (le tiers temps)",
    "integer",
    default=33,
)


def granted_to(person) -> Granted:
    """The measures in force today for a person, whichever organisme granted them; remembered for a few minutes."""
    return granted(cache.get_or_set(f"{REMEMBERED}{person.pk}", lambda: _in_force(person), REMEMBERED_SECONDS))


def _in_force(person):
    return list(Measure.objects.of(person).in_force(timezone.localdate()).values_list("kind", "percent"))


def forget_granted(person) -> None:
    cache.delete(f"{REMEMBERED}{person.pk}")


def organisations_that_answer():
    """The organismes with a référent handicap today: whom a request may be sent to."""
    referents = Membership.objects.active().filter(role=Role.DISABILITY_REFERENT)
    kinds = (Kind.TRAINING, Kind.CERTIFIER)
    return Organisation.objects.filter(kind__in=kinds, memberships__in=referents).distinct().order_by("name")
