"""Sessions whose sheets are prepared, at a half-day of one’s choice in time."""

from datetime import timedelta
from itertools import count
from zoneinfo import ZoneInfo

import time_machine
from django.utils import timezone

from lms.organisations.models import Role
from parcours.emargement import actions
from parcours.emargement.lifecycle import Way
from parcours.learning import actions as learning
from tests.catalogue.factories import EditionFactory
from tests.organisations.factories import MembershipFactory
from tests.parcours.classroom.factories import RegistrationFactory, RoomFactory, SessionFactory
from tests.parcours.learning.actions.test_attend import SEANCES

NUMBERS = count(1)


def hybrid_edition(**values):
    known = EditionFactory(**values)
    content = known.content | {"seances": SEANCES, "minutes": 450}
    return EditionFactory(parcours=known.parcours, content=content, minutes=450, **values)


def session_with_sheets(people=2, *, half_days=2, days=0, remote=False, enrolled=True, **values):
    """A session held in `days` days in a room, with so many people and their sheets."""
    zone = ZoneInfo(values.get("zone", "Europe/Paris"))
    first_day = (timezone.now().astimezone(zone) + timedelta(days=days)).date()
    session = SessionFactory(
        edition=values.pop("edition", None) or hybrid_edition(),
        half_days=half_days,
        first_day=first_day,
        capacity=max(14, people),
        **values,
    )
    room = None if remote else RoomFactory(organisation=session.organisation)
    for half_day, seance in zip(session.half_days.all(), SEANCES * 2, strict=False):
        half_day.room, half_day.seance_id = room, seance["id"]
        half_day.link = "https://visio.exemple.test/salle" if remote else ""
        half_day.save()
    for _ in range(people):
        seat(session, enrolled=enrolled)
    actions.prepare(session)
    return session


def seat(session, *, enrolled=True):
    registration = RegistrationFactory(session=session)
    if enrolled:
        registration.enrolment = learning.enrol(
            registration.person, session.edition, employer=registration.employer, by=registration.person
        )
        registration.save()
    return registration


def trainer_of(session, role=Role.TRAINER):
    return MembershipFactory(organisation=session.organisation, role=role).person


def sheet_of(session, rank=0):
    return session.half_days.order_by("position")[rank].sheet


def lines(session, rank=0):
    return list(sheet_of(session, rank).attendances.for_signing().order_by("pk"))


def during(session, rank=0, *, minutes=10):
    """The clock at so many minutes after the beginning of a half-day."""
    half_day = session.half_days.order_by("position")[rank]
    return time_machine.travel(half_day.starts_at + timedelta(minutes=minutes), tick=False)


def after(session, rank=0, *, minutes=5):
    half_day = session.half_days.order_by("position")[rank]
    return time_machine.travel(half_day.ends_at + timedelta(minutes=minutes), tick=False)


def sign(line, way=Way.CODE, **values):
    return actions.sign(line, actions.Entry(way, **values))


def locked(session, rank=0, *, absent=(), by=None):
    """Everybody signs but those `absent`; then the trainer locks."""
    by = by or trainer_of(session)
    with during(session, rank):
        for line in lines(session, rank):
            if line.registration_id in {one.pk for one in absent}:
                actions.mark(line, actions.Mark(line.State.ABSENT), by=by)
            else:
                sign(line)
    with after(session, rank):
        return actions.lock(sheet_of(session, rank), by=by)
