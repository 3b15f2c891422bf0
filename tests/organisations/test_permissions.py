import pytest
from django.contrib.auth.models import AnonymousUser

from lms.accounts.second_factor import Level, level_of
from lms.organisations import permissions
from lms.organisations.models import Role
from tests.accounts.factories import PersonFactory
from tests.organisations.factories import MembershipFactory
from tests.organisations.situations import World

pytestmark = pytest.mark.django_db

NATIONAL = {Role.PILOT, Role.ADMIN, "superuser"}


def allowed(world, predicate):
    return {actor for actor, person in world.people.items() if predicate(person)}


def test_has_role_looks_at_today_and_at_the_organisation():
    world = World()
    referent = world.people[Role.STRUCTURE_REFERENT]
    assert permissions.has_role(referent, Role.STRUCTURE_REFERENT)
    assert permissions.has_role(referent, Role.LEARNER, Role.STRUCTURE_REFERENT, organisation=world.structure)
    assert not permissions.has_role(referent, Role.STRUCTURE_REFERENT, organisation=world.neighbour)
    assert not permissions.has_role(world.people["former"], Role.STRUCTURE_REFERENT)
    assert not permissions.has_role(AnonymousUser(), Role.LEARNER)


def test_a_closed_account_holds_no_role():
    membership = MembershipFactory(role=Role.PILOT, organisation__anct=True, person__is_active=False)
    assert not permissions.is_national(membership.person)


def test_roles_are_read_once_per_request(django_assert_num_queries):
    person = PersonFactory()
    with django_assert_num_queries(1):
        assert not any(permissions.has_role(person, role) for role in Role)


def test_who_stands_for_the_nation():
    assert allowed(World(), permissions.is_national) == NATIONAL


def test_who_sees_the_members_of_a_structure():
    world = World()
    seen_by = allowed(world, lambda person: permissions.can_see_members(person, world.structure))
    assert seen_by == NATIONAL | {Role.STRUCTURE_REFERENT}
    assert allowed(world, lambda person: permissions.can_see_members(person, world.far)) == NATIONAL


def test_who_lists_organisations():
    assert allowed(World(), permissions.can_list_organisations) == NATIONAL | {Role.TERRITORIAL_PILOT}


def test_one_declares_ones_own_employer_only():
    world = World()
    learner = world.people[Role.LEARNER]
    assert allowed(world, lambda person: permissions.can_declare_employer(person, learner)) == {Role.LEARNER}
    assert not permissions.can_declare_employer(AnonymousUser(), learner)


GIVERS_AT_HOME = {
    Role.STRUCTURE_REFERENT: {Role.LEARNER, Role.STRUCTURE_REFERENT},
    Role.TRAINING_MANAGER: {
        Role.LEARNER,
        Role.TRAINER,
        Role.TRAINING_MANAGER,
        Role.REVIEWER,
        Role.DISABILITY_REFERENT,
        Role.VAE_ADVISOR,
    },
    Role.CERTIFIER: {Role.JURY_MEMBER},
    Role.PILOT: set(Role) - {Role.ADMIN},
    Role.ADMIN: set(Role),
    "superuser": set(Role),
}


def test_who_gives_which_role_at_home_and_elsewhere():
    world = World()
    for actor, person in world.people.items():
        home = world.home(actor) if isinstance(actor, Role) else world.structure
        elsewhere = world.far
        at_home = {role for role in Role if permissions.can_give_role(person, home, role)}
        away = {role for role in Role if permissions.can_give_role(person, elsewhere, role)}
        assert at_home == GIVERS_AT_HOME.get(actor, set()), actor
        assert away == (GIVERS_AT_HOME[actor] if actor in NATIONAL else set()), actor


def test_who_ends_a_membership():
    world = World()
    learner, referent = world.membership(Role.LEARNER), world.membership(Role.STRUCTURE_REFERENT)
    ended_by = allowed(world, lambda person: permissions.can_end_membership(person, learner))
    assert ended_by == NATIONAL | {Role.STRUCTURE_REFERENT, Role.LEARNER}
    assert allowed(world, lambda person: permissions.can_end_membership(person, referent)) == NATIONAL | {
        Role.STRUCTURE_REFERENT
    }
    admin = world.membership(Role.ADMIN)
    assert allowed(world, lambda person: permissions.can_end_membership(person, admin)) == {Role.ADMIN, "superuser"}


def test_the_second_factor_follows_the_risk_of_the_role():
    world = World()
    levels = {actor: level_of(person) for actor, person in world.people.items()}
    none = {Role.LEARNER, "stranger", "former"}
    device = {Role.STRUCTURE_REFERENT, Role.JURY_MEMBER, Role.VAE_ADVISOR}
    assert {actor for actor, level in levels.items() if level == Level.NONE} == none
    assert {actor for actor, level in levels.items() if level == Level.DEVICE} == device
    assert {actor for actor, level in levels.items() if level == Level.ALWAYS} == set(levels) - none - device


def test_the_riskiest_role_decides():
    membership = MembershipFactory(role=Role.LEARNER)
    MembershipFactory(person=membership.person, organisation__opco=True, role=Role.OPCO_OFFICER)
    assert level_of(membership.person) == Level.ALWAYS
