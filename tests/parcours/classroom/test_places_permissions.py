"""Who may on the registering side: the truth table of each predicate over the roles."""

import pytest

from lms.organisations.models import Role
from parcours.classroom import permissions
from parcours.classroom.models import Survey
from tests.organisations.situations import World
from tests.parcours.classroom.factories import RegistrationFactory, SessionFactory

pytestmark = pytest.mark.django_db
REFERENT = {Role.STRUCTURE_REFERENT}
RUN = {Role.TRAINER, Role.TRAINING_MANAGER}


@pytest.fixture
def world():
    return World()


@pytest.fixture
def registration(world):
    session = SessionFactory(organisation=world.home(Role.TRAINER))
    person = world.people[Role.LEARNER]
    return RegistrationFactory(session=session, person=person, employer=world.structure)


def allowed(world, predicate, obj):
    return {who for who, person in world.people.items() if predicate(person, obj)}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("can_answer_offer", {Role.LEARNER}),
        ("can_leave", {Role.LEARNER} | REFERENT | RUN),
        ("can_replace", REFERENT | RUN),
        ("can_move", RUN),
    ],
)
def test_who_may_change_a_registration(world, registration, name, expected):
    assert allowed(world, getattr(permissions, name), registration) == expected


def test_only_whoever_answers_for_a_structure_registers_its_people(world):
    assert allowed(world, permissions.can_register_colleagues, world.structure) == REFERENT


@pytest.mark.parametrize(("registrar", "somebody"), [("anyone", True), ("referent", False)])
def test_one_registers_oneself_where_the_session_says_so(world, registrar, somebody):
    session = SessionFactory(registrar=registrar)
    assert (allowed(world, permissions.can_register_oneself, session) == set(world.people)) == somebody


@pytest.mark.parametrize(("audience", "expected"), [("learner", {Role.LEARNER}), ("employer", REFERENT)])
def test_each_answers_what_they_are_asked(world, registration, audience, expected):
    of_one = {"registration": registration, "person": registration.person} if audience == "learner" else {}
    values = {"session": registration.session, "employer": world.structure, "email": "a@exemple.fr", "version": "1"}
    survey = Survey.objects.create(audience=audience, **values, **of_one)
    assert allowed(world, permissions.can_answer_survey, survey) == expected
    assert {who for who, one in world.people.items() if survey in Survey.objects.visible_to(one)} == expected
