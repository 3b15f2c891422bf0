import pytest

from lms.organisations.models import Role
from parcours.classroom.permissions import can_create, can_list_sessions, can_manage, can_manage_room, can_run
from tests.accounts.factories import PersonFactory
from tests.organisations.factories import MembershipFactory, OrganisationFactory
from tests.parcours.classroom.factories import RoomFactory, SessionFactory

READS, ORGANISES = {Role.TRAINER, Role.TRAINING_MANAGER}, {Role.TRAINING_MANAGER}
TRUTH = [
    (can_run, READS, SessionFactory),
    (can_manage, ORGANISES, SessionFactory),
    (can_manage_room, ORGANISES, RoomFactory),
]


@pytest.mark.django_db
@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize(("may", "roles", "make"), TRUTH, ids=lambda one: getattr(one, "__name__", ""))
def test_who_runs_and_who_organises_in_their_own_organisme_only(may, roles, make, role):
    found = make()
    here = MembershipFactory(organisation=found.organisation, role=role).person
    elsewhere = MembershipFactory(organisation=OrganisationFactory(training=True), role=role).person
    assert may(here, found) == (role in roles)
    assert not may(elsewhere, found)
    assert not may(PersonFactory(), found)


@pytest.mark.django_db
@pytest.mark.parametrize("role", list(Role))
def test_who_sees_the_sessions_of_the_training_space_and_who_creates_them(role):
    person = MembershipFactory(organisation=OrganisationFactory(training=True), role=role).person
    assert can_list_sessions(person) == (role in READS)
    assert can_create(person) == (role in ORGANISES)


@pytest.mark.django_db
def test_a_former_trainer_runs_nothing():
    session = SessionFactory()
    former = MembershipFactory(organisation=session.organisation, role=Role.TRAINER, ended=True).person
    assert not can_run(former, session)
