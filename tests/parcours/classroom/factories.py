"""Sessions of two half-days in a month, with their seats; registrations as rows, for the rooms that only read them."""

import datetime
from zoneinfo import ZoneInfo

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from parcours.classroom.models import HalfDay, Registration, Room, Session
from tests.accounts.factories import PersonFactory
from tests.catalogue.factories import EditionFactory
from tests.organisations.factories import DepartementFactory, OrganisationFactory

HOURS = ((9, 0), (12, 30)), ((13, 30), (17, 0))


def in_days(days, zone="Europe/Paris") -> datetime.date:
    return (timezone.now().astimezone(ZoneInfo(zone)) + datetime.timedelta(days=days)).date()


class RoomFactory(DjangoModelFactory):
    class Meta:
        model = Room

    organisation = factory.SubFactory(OrganisationFactory, training=True)
    name = factory.Sequence(lambda n: f"Salle {n}")
    address = "12 rue des Lices"
    postcode = "35000"
    city = "Rennes"
    departement = factory.SubFactory(DepartementFactory)
    capacity = 14


class SessionFactory(DjangoModelFactory):
    """`half_days=2`: morning and afternoon, two a day, from `first_day` on, in the session's zone."""

    class Meta:
        model = Session

    organisation = factory.SubFactory(OrganisationFactory, training=True)
    edition = factory.SubFactory(EditionFactory)
    parcours = factory.SelfAttribute("edition.parcours")
    departement = factory.SubFactory(DepartementFactory)
    state = Session.State.PUBLISHED
    published_at = factory.LazyFunction(timezone.now)

    @classmethod
    def _create(cls, model_class, *args, half_days=2, first_day=None, trainers=(), **values):
        zone = ZoneInfo(values.get("zone", "Europe/Paris"))
        first_day = first_day or in_days(40, zone.key)
        slots = []
        for rank in range(half_days):
            day = first_day + datetime.timedelta(days=rank // 2)
            slots.append([datetime.datetime.combine(day, datetime.time(*at), zone) for at in HOURS[rank % 2]])
        if slots:
            values = {"starts_at": slots[0][0], "ends_at": slots[-1][1]} | values
        session = super()._create(model_class, *args, **values)
        for rank, (starts_at, ends_at) in enumerate(slots):
            half_day = HalfDay.objects.create(session=session, position=rank + 1, starts_at=starts_at, ends_at=ends_at)
            half_day.trainers.set(trainers)
        return session


class RegistrationFactory(DjangoModelFactory):
    class Meta:
        model = Registration

    session = factory.SubFactory(SessionFactory)
    person = factory.SubFactory(PersonFactory)
    employer = factory.SubFactory(OrganisationFactory)
    registered_by = factory.SelfAttribute("person")
    state = Registration.State.REGISTERED

    @classmethod
    def _create(cls, model_class, *args, **values):
        registration = super()._create(model_class, *args, **values)
        session = registration.session
        session.seats_taken = session.registrations.seated().count()
        session.save(update_fields=["seats_taken"])
        return registration
