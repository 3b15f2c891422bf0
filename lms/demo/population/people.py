"""The fictional people and where they work, by batches: a batch is whole or absent, and is never written twice."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import timedelta

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils import timezone

from lms.accounts.models import Person
from lms.demo.population.draw import identity, lot, plain
from lms.demo.population.structures import Country, drawn_structure, staff_of
from lms.organisations.models import Membership, Organisation, Role
from lms.organisations.queries import today

BATCH = 1000


@dataclass
class Drawn:
    """A person not written yet, and what they are where: structure, role, first and last day counted from today."""

    person: Person
    memberships: list = field(default_factory=list)


def populate_people(people, *, seed) -> int:
    country, batch, created = Country(), [], 0
    for drawn in draw_people(country, people, seed):
        batch.append(drawn)
        if len(batch) == BATCH:
            created += write(batch)
            batch = []
    return created + write(batch)


def draw_people(country, people, seed):
    """The first `people` of the population, structure after structure."""
    by_region, drawn, rank = defaultdict(list), 0, 0
    while drawn < people:
        structure = drawn_structure(country, seed, rank)
        neighbours = by_region[structure.departement.region_id]
        for position, names in enumerate(staff_of(seed, rank)[: people - drawn]):
            yield draw_person(
                lot(seed, "person", drawn), identity(seed, "person", drawn), names, position, structure, neighbours
            )
            drawn += 1
        neighbours.append(structure)
        rank += 1


def draw_person(draw, public_id, names, position, structure, neighbours):
    first_name, last_name = names
    person = Person(
        public_id=public_id,
        first_name=first_name,
        last_name=last_name,
        email=f"{plain(first_name)}.{plain(last_name)}@{structure.email.partition('@')[2]}",
        time_zone=structure.departement.time_zone,
        created_at=timezone.now() - timedelta(days=draw.randint(1, 80)),
    )
    person.set_unusable_password()
    hired = draw.randint(120, 2500)
    drawn = Drawn(person, [(structure, Role.LEARNER, hired, None)])
    if position == 0:
        drawn.memberships.append((structure, Role.STRUCTURE_REFERENT, draw.randint(1, hired), None))
    luck = draw.random()
    if neighbours and luck < 0.12:
        drawn.memberships.append((draw.choice(neighbours), Role.LEARNER, draw.randint(90, 1500), None))
    elif neighbours and luck > 0.95:
        drawn.memberships.append((draw.choice(neighbours), Role.LEARNER, hired + 900, hired + 1))
    return drawn


@transaction.atomic
def write(batch) -> int:
    known = set(
        Person.objects.filter(public_id__in=[one.person.public_id for one in batch]).values_list("public_id", flat=True)
    )
    new = [one for one in batch if one.person.public_id not in known]
    if not new:
        return 0
    structures = write_structures({place.public_id: place for one in new for place, *_ in one.memberships})
    Person.objects.bulk_create([one.person for one in new])
    EmailAddress.objects.bulk_create(
        EmailAddress(user=one.person, email=one.person.email, primary=True, verified=True) for one in new
    )
    day = today()
    Membership.objects.bulk_create(
        Membership(
            person=one.person,
            organisation_id=structures[place.public_id],
            role=role,
            starts_on=day - timedelta(days=since),
            ends_on=until and day - timedelta(days=until),
        )
        for one in new
        for place, role, since, until in one.memberships
    )
    return len(new)


def write_structures(wanted) -> dict:
    """The key of each structure in the database, those that were missing written on the way."""
    rows = Organisation.objects.filter(public_id__in=wanted)
    known = dict(rows.values_list("public_id", "pk"))
    missing = [one for public_id, one in wanted.items() if public_id not in known]
    numbers = [one.data_pass_id for one in missing if one.data_pass_id]
    taken = set(Organisation.objects.filter(data_pass_id__in=numbers).values_list("data_pass_id", flat=True))
    for one in missing:
        if one.data_pass_id in taken:
            one.data_pass_id = None
        taken.add(one.data_pass_id)
    Organisation.objects.bulk_create(missing)
    return known | dict(rows.values_list("public_id", "pk"))
