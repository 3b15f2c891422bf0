"""What everybody counts for, and who reads it: the nation, one région, everything at once."""

import time
from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from certification.habilitation import actions
from certification.habilitation.lifecycle import FactKind, Origin, Standing
from certification.habilitation.models import Habilitation
from lms.accounts.models import Person
from lms.demo.population.pilotage import populate_stock
from lms.kernel.words import match_key
from lms.organisations.models import Kind, Membership, Organisation, Region, Role
from lms.pilotage.actions import fold

REGION = "84"
DECLARED, FOLLOWED = 2_000, 5_000  # test Pix that wait to be confirmed, people followed for one structure


@dataclass(frozen=True)
class Boards:
    """`seconds`: to record the facts of everybody and count them, then to fold what was counted."""

    pilot: Person
    territorial: Person
    seconds: dict


def build(structure) -> Boards:
    started = time.perf_counter()
    populate_stock(seed=1)
    recorded = time.perf_counter()
    fold()
    seconds = {"faits d’habilitation": recorded - started, "repli des comptes": time.perf_counter() - recorded}
    anct = Organisation.objects.filter(kind=Kind.ANCT).order_by("pk").first()
    hub = Organisation.objects.filter(kind=Kind.HUB).order_by("pk").first()
    pilot, territorial = _reader("pilote", anct, Role.PILOT), _reader("hub", hub, Role.TERRITORIAL_PILOT)
    territorial.memberships.get().perimeter_regions.add(Region.objects.get(pk=REGION))
    declare(pilot)
    follow(structure)
    double()
    return Boards(pilot, territorial, seconds)


def declare(by):
    """Those whose training is known say that they have sent their test Pix."""
    waiting = Habilitation.objects.filter(trained_on__isnull=False, pix_on=None).order_by("pk")[:DECLARED]
    on = timezone.localdate()
    actions.record_facts(
        [actions.Draft(one.person_id, FactKind.PIX, on, Standing.DECLARED, Origin.PERSON) for one in waiting], by=by
    )


def follow(structure):
    """The longest list of people on their way that a référent may have."""
    people = structure.memberships.filter(role=Role.LEARNER).exclude(person__habilitations__organisation=structure)
    keys = people.order_by("person").values_list("person", flat=True)[:FOLLOWED]
    Habilitation.objects.bulk_create(
        [Habilitation(person_id=key, organisation=structure) for key in keys], batch_size=500
    )


def double():
    """One structure out of thirty is known twice, by the same SIRET."""
    known = Organisation.objects.structures().exclude(siret="").order_by("pk")[::30]
    named = [(one, f"{one.name} (bis)") for one in known]
    Organisation.objects.bulk_create(
        Organisation(
            kind=Kind.STRUCTURE,
            name=name,
            match_key=match_key(name),
            siret=one.siret,
            departement_id=one.departement_id,
            structure_type_id=one.structure_type_id,
            fictional=True,
        )
        for one, name in named
    )


def _reader(name, organisation, role):
    person = Person.objects.create_person(f"{name}.pilotage@bench.example", "Julien", "Moreau", verified=True)
    since = timezone.localdate() - timedelta(days=1)
    Membership.objects.create(person=person, organisation=organisation, role=role, starts_on=since)
    return person
