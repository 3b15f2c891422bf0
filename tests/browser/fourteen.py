"""A session of 10 h 30 for fourteen people of one structure: two half-days in a room, and étapes worth as much."""

import datetime
from zoneinfo import ZoneInfo

from django.utils import timezone

from lms.kernel.formats import ZONES
from lms.kernel.jobs import run_due
from lms.organisations.models import Role
from parcours.classroom import actions as classroom
from parcours.classroom.engine.funding import Answers
from parcours.classroom.models import HalfDay, Session
from parcours.emargement import actions as emargement
from parcours.emargement.lifecycle import Way
from parcours.emargement.models import Attendance
from tests.accounts.factories import PersonFactory
from tests.catalogue.factories import READING, EditionFactory, ParcoursPageFactory, series
from tests.kernel.threads import together
from tests.organisations.factories import MembershipFactory, OrganisationFactory
from tests.parcours.classroom.factories import RoomFactory, SessionFactory
from tests.parcours.classroom.ready import MINUTES, seances
from tests.parcours.learning.factories import finish
from tests.parcours.paperwork.factories import organisme

SEATS = 14
ETAPES = (
    {"title": "Lire", "minutes": 90, "rule": {"kind": "read"}, "nodes": lambda: [READING]},
    {"title": "Décider", "minutes": 120, "rule": {"kind": "answered"}, "nodes": lambda: [READING, series()]},
)
NAMES = (
    "Awa Traoré",
    "Bruno Le Guen",
    "Chloé Marchand",
    "Dominique Roussel",
    "Élise Nguyen",
    "Farid Benali",
    "Gaëlle Riou",
    "Hugo Perrin",
    "Inès Carpentier",
    "Jonas Weber",
    "Katell Quéméneur",
    "Loïc Garnier",
    "Maëlle Dubois",
    "Nadia Haddad",
    "Olivier Tanguy",
)


def afternoon_zone() -> str:
    """Where it is the afternoon: a morning and a half-day that has just ended are both of today."""
    now = timezone.now()
    return next(zone for zone in ZONES if 13 <= now.astimezone(ZoneInfo(zone)).hour < 22)


def member(organisation, role, name="Claire Fontaine"):
    first, _, last = name.partition(" ")
    return MembershipFactory(
        organisation=organisation, role=role, person=PersonFactory(first_name=first, last_name=last)
    ).person


class Group:
    """The people of `structure` in the `session` of `organisation`, which `trainer` leads."""

    def registration(self, person):
        return self.session.registrations.get(person=person)

    def line(self, person, rank) -> Attendance:
        lines = Attendance.objects.filter(sheet__half_day__position=rank).for_signing()
        return lines.get(registration__session=self.session, registration__person=person)

    def days_pass(self):
        """The day has come: the second half-day ended a minute ago, and the first an hour before it."""
        ends_at = timezone.now().replace(second=0, microsecond=0) - datetime.timedelta(minutes=1)
        lasts, pause = datetime.timedelta(minutes=MINUTES), datetime.timedelta(minutes=60)
        second = {"starts_at": ends_at - lasts, "ends_at": ends_at}
        first = {name: at - lasts - pause for name, at in second.items()}
        for position, held in ((1, first), (2, second)):
            HalfDay.objects.filter(session=self.session, position=position).update(**held)
        Session.objects.filter(pk=self.session.pk).update(starts_at=first["starts_at"], ends_at=ends_at)
        self.session = Session.objects.get(pk=self.session.pk)
        first, _ = emargement.prepare(self.session)
        emargement.set_window(
            first, opens_at=first.opens_at, closes_at=timezone.now() + datetime.timedelta(hours=1), by=self.trainer
        )

    def sign(self, people, rank):
        for person in people:
            emargement.sign(self.line(person, rank), emargement.Entry(Way.CODE))


class Fourteen(Group):
    """Registered for a session in forty days; `people` are the fourteen, `colleague` the one who has no seat."""

    def __init__(self):
        self.organisation = organisme(name="Formation Armor")
        self.structure = OrganisationFactory(name="Commune de Dol")
        self.trainer = member(self.organisation, Role.TRAINER)
        self.manager = member(self.organisation, Role.TRAINING_MANAGER, "Yann Kerbrat")
        self.referent = member(self.structure, Role.STRUCTURE_REFERENT, "Solène Martin")
        *self.people, self.colleague = [member(self.structure, Role.LEARNER, name) for name in NAMES]
        self.session = self._session()
        answers = Answers("public")
        for person in self.people:
            classroom.register(self.session, person, employer=self.structure, by=self.referent, answers=answers)

    def _session(self) -> Session:
        parcours = ParcoursPageFactory(
            organisation=self.organisation, title="Aidants Connect, 10 h 30", minutes=3 * MINUTES
        )
        content = parcours.description(str) | {"modules": [], "seances": seances()}
        edition = EditionFactory(parcours=parcours, content=content, activities=ETAPES)
        session = SessionFactory(
            organisation=self.organisation,
            edition=edition,
            parcours=parcours,
            capacity=SEATS,
            zone=afternoon_zone(),
            trainers=[self.trainer],
        )
        room = RoomFactory(organisation=self.organisation, name="Salle des Lices")
        for half_day, seance in zip(session.half_days.all(), content["seances"], strict=True):
            HalfDay.objects.filter(pk=half_day.pk).update(room=room, seance_id=seance["id"])
        return session

    def follows_the_etapes(self, person):
        enrolment = self.registration(person).enrolment
        for one in enrolment.edition.outline:
            finish(enrolment, enrolment.edition.activity(one.slug))


def jobs():
    """Apart from Playwright’s event loop: sealing has its own."""
    together(1, lambda _: run_due())
