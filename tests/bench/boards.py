"""What everybody counts for, and who reads it: the nation, one région, everything at once."""

import time
from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from lms.accounts.models import Person
from lms.demo.population.pilotage import populate_stock
from lms.organisations.models import Kind, Membership, Organisation, Region, Role
from lms.pilotage.actions import fold

REGION = "84"


@dataclass(frozen=True)
class Boards:
    """`seconds`: to record the facts of everybody and count them, then to fold what was counted."""

    pilot: Person
    territorial: Person
    seconds: dict


def build() -> Boards:
    started = time.perf_counter()
    populate_stock(seed=1)
    recorded = time.perf_counter()
    fold()
    seconds = {"faits d’habilitation": recorded - started, "repli des comptes": time.perf_counter() - recorded}
    anct = Organisation.objects.filter(kind=Kind.ANCT).order_by("pk").first()
    hub = Organisation.objects.filter(kind=Kind.HUB).order_by("pk").first()
    pilot, territorial = _reader("pilote", anct, Role.PILOT), _reader("hub", hub, Role.TERRITORIAL_PILOT)
    territorial.memberships.get().perimeter_regions.add(Region.objects.get(pk=REGION))
    return Boards(pilot, territorial, seconds)


def _reader(name, organisation, role):
    person = Person.objects.create_person(f"{name}.pilotage@bench.example", "Julien", "Moreau", verified=True)
    since = timezone.localdate() - timedelta(days=1)
    Membership.objects.create(person=person, organisation=organisation, role=role, starts_on=since)
    return person
