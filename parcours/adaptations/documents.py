"""What adaptations change, for the rooms that time, show or organise something."""

from collections.abc import Iterable

from django.core.cache import cache
from django.db.models import Exists
from django.utils import timezone

from lms.kernel.definitions import define
from lms.organisations.lifecycle import Kind, Role
from lms.organisations.models import Membership, Organisation
from parcours.adaptations.engine.measures import Granted, granted
from parcours.adaptations.lifecycle import State
from parcours.adaptations.models import AdaptationRequest, Measure

REMEMBERED, REMEMBERED_SECONDS = "adaptations.in_force:", 300
USUAL_EXTRA_TIME = define(
    "adaptations.usual_extra_time",
    "temps ajouté proposé par défaut, en % (le tiers temps)",
    "integer",
    default=33,
)


def granted_to(person, *, occasion, fresh=False) -> Granted:
    """The measures in force today for a person on one `Occasion`, whichever organisme granted them.

    Remembered for a few minutes; `fresh` asks again.
    """
    if fresh:
        forget_granted(person)
    held = cache.get_or_set(f"{REMEMBERED}{person.pk}", lambda: _in_force(person), REMEMBERED_SECONDS)
    return granted((kind, percent) for kind, percent, occasions in held if occasion in occasions)


def time_allowed(person, seconds, *, occasion) -> int:
    """Seconds a person has for what is limited to `seconds`: the one way to time anything.

    Ask once, when the thing begins, and keep the instant it ends: what is granted or taken back meanwhile changes
    nothing in what is under way. Call `actions.note_use` where the time is given.
    """
    return granted_to(person, occasion=occasion).time_allowed(seconds)


def measures_of(people: Iterable, *, occasion, on=None) -> dict[int, list[str]]:
    """What is to be arranged for these people on an occasion, in words, by primary key; in one query for them all.

    What a trainer is shown beside a name: the measure, never the request. Who needs nothing is absent. `on`: that day.
    """
    found = Measure.objects.of(*people).in_force(on or timezone.localdate(), occasion)
    told: dict[int, dict[str, None]] = {}
    for measure in found.select_related("request").only("kind", "percent", "request__person"):
        told.setdefault(measure.request.person_id, {})[measure.label] = None
    return {person: list(labels) for person, labels in told.items()}


def was_granted(person):
    """For a query to know, without asking apart, that a person may have measures in force."""
    return Exists(AdaptationRequest.objects.filter(person=person, state=State.GRANTED))


def _in_force(person):
    found = Measure.objects.of(person).in_force(timezone.localdate())
    return list(found.values_list("kind", "percent", "request__occasions"))


def forget_granted(person) -> None:
    cache.delete(f"{REMEMBERED}{person.pk}")


def organisations_that_answer():
    """The organismes with a référent handicap today: whom a request may be sent to."""
    referents = Membership.objects.active().filter(role=Role.DISABILITY_REFERENT)
    kinds = (Kind.TRAINING, Kind.CERTIFIER)
    return Organisation.objects.filter(kind__in=kinds, memberships__in=referents).distinct().order_by("name")
