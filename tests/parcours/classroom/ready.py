"""Drafts that may be published at once: an edition with live half-days, a room, a trainer of the organisme."""

from lms.organisations.models import Role
from parcours.classroom import actions
from parcours.classroom.engine.slots import Slot, proposed
from tests.accounts.factories import PersonFactory
from tests.catalogue.factories import EditionFactory, ParcoursPageFactory, somebody_who_answers
from tests.organisations.factories import DepartementFactory, MembershipFactory, OrganisationFactory, RegionFactory
from tests.parcours.classroom.factories import RoomFactory, in_days

MINUTES = 210


def seances(count=2):
    """What an edition says of its live half-days."""
    return [
        {
            "id": f"00000000-0000-4000-8000-00000000000{rank}",
            "title": f"Demi-journée {rank}",
            "summary": "Ce que la demi-journée fait travailler.",
            "minutes": MINUTES,
            "objectives": ["Distinguer deux situations"],
            "competences": [],
            "modules": [],
        }
        for rank in range(1, count + 1)
    ]


def live_edition(count=2, **values):
    parcours = ParcoursPageFactory(organisation=somebody_who_answers(), **values)
    content = parcours.description(str) | {"modules": [], "seances": seances(count)}
    return EditionFactory(parcours=parcours, content=content)


def organisme(**values):
    return OrganisationFactory(training=True, **values)


def trainer_of(organisation, role=Role.TRAINER, **values):
    person = PersonFactory(**values)
    MembershipFactory(person=person, organisation=organisation, role=role)
    return person


def manager_of(organisation):
    return trainer_of(organisation, Role.TRAINING_MANAGER)


def mayotte():
    return DepartementFactory(code="976", region=RegionFactory(code="06"), time_zone="Indian/Mayotte")


def guadeloupe():
    return DepartementFactory(code="971", region=RegionFactory(code="01"), time_zone="America/Guadeloupe")


def slots(room=None, trainers=(), *, count=2, first_day=None, zone="Europe/Paris", link="", rhythm="journees"):
    first_day = first_day or in_days(40, zone)
    found = proposed(first_day, [MINUTES] * count, rhythm, zone)
    return [Slot(start, end, room and room.pk, link, tuple(one.pk for one in trainers)) for start, end in found]


def prepared(organisation=None, *, count=2, zone="Europe/Paris", edition=None, **values):
    """A draft of `organisation`, settled, with a room and a trainer of its own."""
    organisation = organisation or organisme()
    manager = manager_of(organisation)
    edition = edition or live_edition(count)
    session = actions.create_session(edition.parcours, organisation=organisation, modality="onsite", by=manager)
    room = values.pop("room", None) or RoomFactory(organisation=organisation)
    trainers = values.pop("trainers", None) or [trainer_of(organisation)]
    session = actions.set_half_days(
        session, slots(room, trainers, count=count, zone=zone, **values), zone=zone, by=manager
    )
    return actions.settle(session, price=450, capacity=12, by=manager)


def published(organisation=None, **values):
    session = prepared(organisation, **values)
    return actions.publish(session, by=session.created_by)
