from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser

from lms.organisations.models import Kind, Membership, Organisation, Role
from lms.organisations.queries import today
from tests.accounts.factories import PersonFactory
from tests.organisations.factories import DepartementFactory, MembershipFactory, OrganisationFactory
from tests.organisations.situations import HOME_OF_ROLE, World

pytestmark = pytest.mark.django_db

EVERYTHING = {Role.PILOT, Role.ADMIN, "superuser"}


def names(queryset, world):
    known = {organisation.pk: name for name, organisation in world.organisations().items()}
    return {known[pk] for pk in queryset.values_list("pk", flat=True)}


def expected_organisations(actor, world):
    if actor in EVERYTHING:
        return set(world.organisations())
    if actor == Role.TERRITORIAL_PILOT:
        return {"structure", "neighbour", "hub"}
    if actor in {"stranger", "former"}:
        return set()
    return {str(HOME_OF_ROLE.get(actor, Kind.STRUCTURE))}


def test_each_role_sees_the_organisations_of_its_scope():
    world = World()
    for actor, person in world.people.items():
        seen = names(Organisation.objects.visible_to(person), world)
        assert seen == expected_organisations(actor, world), actor


def test_each_role_sees_the_people_of_its_scope():
    world = World()
    everyone = set(Membership.objects.values_list("pk", flat=True))
    at = {kind: set(Membership.objects.filter(organisation__kind=kind).values_list("pk", flat=True)) for kind in Kind}
    referents = set(Membership.objects.filter(role=Role.STRUCTURE_REFERENT).values_list("pk", flat=True))
    for actor, person in world.people.items():
        own = set(person.memberships.values_list("pk", flat=True))
        expected = {
            Role.STRUCTURE_REFERENT: at[Kind.STRUCTURE],
            Role.TRAINING_MANAGER: at[Kind.TRAINING],
            Role.TERRITORIAL_PILOT: own | referents,
        }.get(actor, everyone if actor in EVERYTHING else own)
        assert set(Membership.objects.visible_to(person).values_list("pk", flat=True)) == expected, actor


@pytest.mark.parametrize("manager", [Organisation.objects, Membership.objects])
def test_nobody_outside_sees_anything(manager):
    World()
    assert not manager.visible_to(AnonymousUser()).exists()
    assert not manager.visible_to(PersonFactory(staff=True, is_active=False)).exists()


def test_what_one_sees_is_the_union_of_ones_memberships():
    world = World()
    person = world.people[Role.OPCO_OFFICER]
    MembershipFactory(person=person, organisation=world.far, role=Role.STRUCTURE_REFERENT)
    assert names(Organisation.objects.visible_to(person), world) == {"opco", "far"}


def test_a_mandate_opens_on_its_first_day_and_closes_after_its_last():
    structure = OrganisationFactory()
    tomorrow, yesterday = today() + timedelta(days=1), today() - timedelta(days=1)
    cases = {(tomorrow, None): False, (yesterday, yesterday): False, (today(), today()): True, (yesterday, None): True}
    for (starts_on, ends_on), seen in cases.items():
        person = MembershipFactory(organisation=structure, starts_on=starts_on, ends_on=ends_on).person
        assert Organisation.objects.visible_to(person).exists() is seen


def test_a_perimeter_may_be_made_of_departements():
    world = World()
    membership = world.membership(Role.TERRITORIAL_PILOT)
    membership.perimeter_regions.clear()
    membership.perimeter_departements.add(DepartementFactory(code="976"))
    assert names(Organisation.objects.visible_to(membership.person), world) == {"far", "hub"}


def test_an_organisation_without_departement_is_outside_every_perimeter():
    world = World()
    OrganisationFactory(departement=None)
    membership = world.membership(Role.TERRITORIAL_PILOT)
    membership.perimeter_regions.clear()
    assert names(Organisation.objects.visible_to(membership.person), world) == {"hub"}


def test_scope_costs_two_queries_and_lists_follow_their_ceiling(django_assert_max_num_queries):
    world = World()
    with django_assert_max_num_queries(2):
        for organisation in Organisation.objects.visible_to(world.people[Role.STRUCTURE_REFERENT]).for_list():
            assert organisation.departement.region.name
