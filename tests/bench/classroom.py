"""Five hundred sessions of one organisme, and three hundred people in one of them."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from lms.accounts.models import Person
from lms.organisations.models import Departement, Kind, Membership, Organisation, Role
from parcours.catalogue.models import Edition
from parcours.classroom.models import HalfDay, Registration, Session
from parcours.emargement.actions import prepare

SESSIONS, TRAINEES = 500, 300
HALF_DAY = timedelta(minutes=210)


@dataclass(frozen=True)
class Classroom:
    """`session`: the one that everybody attends; `sessions`: all of them."""

    session: Session
    sessions: list
    manager: Person


def build() -> Classroom:
    organisation = Organisation.objects.filter(kind=Kind.TRAINING).exclude(nda="").order_by("pk").first()
    manager = Person.objects.create_person("responsable@bench.example", "Inès", "Roux", verified=True)
    Membership.objects.create(
        person=manager, organisation=organisation, role=Role.TRAINING_MANAGER, starts_on=timezone.localdate()
    )
    edition = Edition.objects.offered().filter(content__seances__1__isnull=False).order_by("slug").first()
    sessions = _sessions(organisation, edition, manager)
    _seats(sessions[0], manager)
    prepare(sessions[0], by=manager)
    return Classroom(sessions[0], sessions, manager)


def _sessions(organisation, edition, manager) -> list[Session]:
    """One a day, everywhere in turn; their half-days follow one another."""
    departements = list(Departement.objects.order_by("pk"))
    first = timezone.now() + timedelta(days=2)
    seances = edition.content["seances"]
    sessions = [
        Session(
            organisation=organisation,
            parcours_id=edition.parcours_id,
            edition=edition,
            state=Session.State.PUBLISHED,
            departement=departements[rank % len(departements)],
            capacity=TRAINEES,
            starts_at=first + timedelta(days=rank),
            ends_at=first + timedelta(days=rank) + HALF_DAY * len(seances),
            published_at=timezone.now(),
            created_by=manager,
        )
        for rank in range(SESSIONS)
    ]
    sessions = Session.objects.bulk_create(sessions)
    HalfDay.objects.bulk_create(
        HalfDay(
            session=session,
            position=rank + 1,
            starts_at=session.starts_at + HALF_DAY * rank,
            ends_at=session.starts_at + HALF_DAY * (rank + 1),
            seance_id=seance["id"],
        )
        for session in sessions
        for rank, seance in enumerate(seances)
    )
    return sessions


def _seats(session, manager):
    people = Membership.objects.filter(role=Role.LEARNER).order_by("person_id").distinct("person_id")[:TRAINEES]
    Registration.objects.bulk_create(
        Registration(
            session=session,
            person_id=one.person_id,
            employer_id=one.organisation_id,
            state=Registration.State.REGISTERED,
            registered_by=manager,
        )
        for one in people
    )
    session.seats_taken = session.registrations.count()
    session.save(update_fields=["seats_taken"])
