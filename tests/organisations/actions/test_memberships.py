from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from django.db import connection

from lms.kernel.lifecycle import TransitionRefused
from lms.kernel.models import JournalEntry
from lms.organisations.actions import add_member, confirm_organisation, declare_employer, end_membership
from lms.organisations.events import membership_changed
from lms.organisations.lifecycle import BY_LINK, KINDS_OF_ROLE
from lms.organisations.models import Kind, Membership, Organisation, Role
from lms.organisations.queries import today
from tests.accounts.factories import PersonFactory
from tests.organisations.factories import DepartementFactory, MembershipFactory, OrganisationFactory, RegionFactory

SIRET = "73282932000074"


@pytest.mark.django_db
def test_a_role_is_given_from_a_day_on_and_written_in_the_journal():
    person, structure, by = PersonFactory(), OrganisationFactory(), PersonFactory()
    membership = add_member(person, structure, role=Role.STRUCTURE_REFERENT, by=by)
    assert membership.is_active()
    entry = JournalEntry.objects.get(verb="membership.opened")
    assert entry.by == by
    assert entry.after["role"] == "structure_referent"
    assert entry.after["person"] == person.pk


@pytest.mark.django_db
@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize("role", list(Role))
def test_a_role_is_exercised_only_where_it_has_a_meaning(kind, role):
    organisation, person = OrganisationFactory(kind=kind), PersonFactory()
    if kind in KINDS_OF_ROLE[role] and role not in BY_LINK:
        assert add_member(person, organisation, role=role, by=person).role == role
    else:
        with pytest.raises(TransitionRefused) as refused:
            add_member(person, organisation, role=role, by=person)
        assert role.label in refused.value.sentences[0]
        assert not Membership.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("starts_on", "ends_on", "accepted"),
    [
        (date(2026, 1, 1), None, False),
        (date(2024, 1, 1), date(2025, 1, 31), False),
        (date(2025, 12, 31), None, False),
        (date(2025, 3, 1), date(2025, 3, 2), False),
        (date(2024, 1, 1), date(2024, 12, 31), True),
        (date(2026, 1, 1), date(2025, 12, 31), False),
    ],
)
def test_the_same_role_is_never_held_twice_on_one_day(starts_on, ends_on, accepted):
    held = MembershipFactory(starts_on=date(2025, 1, 1), ends_on=date(2025, 12, 31))
    MembershipFactory(person=held.person, organisation=held.organisation, starts_on=date(2026, 1, 1))
    args = {"role": Role.LEARNER, "by": held.person, "starts_on": starts_on, "ends_on": ends_on}
    if accepted:
        add_member(held.person, held.organisation, **args)
    else:
        with pytest.raises(TransitionRefused):
            add_member(held.person, held.organisation, **args)


@pytest.mark.django_db
def test_a_pilot_follows_a_perimeter():
    hub, region, departement = OrganisationFactory(hub=True), RegionFactory(), DepartementFactory()
    membership = add_member(
        PersonFactory(), hub, role=Role.TERRITORIAL_PILOT, by=None, regions=[region], departements=[departement]
    )
    assert list(membership.perimeter_regions.all()) == [region]
    assert list(membership.perimeter_departements.all()) == [departement]


@pytest.mark.django_db
def test_the_last_day_of_a_membership_is_included():
    membership = MembershipFactory(starts_on=date(2026, 1, 1))
    end_membership(membership, by=membership.person, on=today())
    assert Membership.objects.active().filter(pk=membership.pk).exists()
    assert not Membership.objects.active(today() + timedelta(days=1)).exists()
    with pytest.raises(TransitionRefused, match="déjà enregistré"):
        end_membership(membership, by=membership.person)


@pytest.mark.django_db
def test_a_membership_does_not_end_before_it_started():
    membership = MembershipFactory(starts_on=date(2026, 6, 1))
    with pytest.raises(TransitionRefused, match="précède"):
        end_membership(membership, by=membership.person, on=date(2026, 5, 31))
    membership.refresh_from_db()
    assert membership.ends_on is None


@pytest.mark.django_db
def test_an_unknown_employer_is_created_and_waits_for_confirmation():
    person = PersonFactory()
    organisation = declare_employer(
        person, siret="732 829 320 00074", name=" Mairie de Dol ", departement=DepartementFactory()
    )
    assert (organisation.siret, organisation.name, organisation.is_confirmed) == (SIRET, "Mairie de Dol", False)
    assert list(Organisation.objects.employers_of(person)) == [organisation]
    confirm_organisation(organisation, by=person)
    with pytest.raises(TransitionRefused, match="déjà confirmée"):
        confirm_organisation(organisation, by=person)
    assert list(JournalEntry.objects.order_by("pk").values_list("verb", flat=True)) == [
        "organisation.declared",
        "membership.opened",
        "organisation.confirmed",
    ]


@pytest.mark.django_db
def test_a_known_employer_is_found_by_siret_and_name():
    known = OrganisationFactory(name="Mairie de Dol-de-Bretagne", siret=SIRET)
    OrganisationFactory(name="CCAS de Dol-de-Bretagne", siret=SIRET)
    person = PersonFactory()
    assert declare_employer(person, siret=SIRET, name="mairie de dol de bretagne") == known
    assert declare_employer(person, siret=SIRET, name="Mairie de Dol-de-Bretagne") == known
    assert person.memberships.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("siret", ["73282932000075", "0" * 14, "", "123"])
def test_a_wrong_siret_leaves_nothing_behind(siret):
    person = PersonFactory()
    with pytest.raises(TransitionRefused, match="SIRET"):
        declare_employer(person, siret=siret, name="Mairie")
    assert not Organisation.objects.exists()
    assert not person.memberships.exists()


@pytest.mark.django_db
def test_a_person_has_several_employers_and_may_leave_one():
    person = PersonFactory()
    dol = declare_employer(person, siret=SIRET, name="Mairie de Dol")
    brest = declare_employer(person, siret="35600000000048", name="La Poste")
    assert set(Organisation.objects.employers_of(person)) == {dol, brest}
    end_membership(person.memberships.get(organisation=dol), by=person)
    assert set(Organisation.objects.employers_of(person, on=today() + timedelta(days=1))) == {brest}


@pytest.mark.django_db
def test_declaring_again_an_employer_left_the_same_day_takes_the_departure_back():
    person = PersonFactory()
    dol = declare_employer(person, siret=SIRET, name="Mairie de Dol")
    end_membership(person.memberships.get(), by=person)
    declare_employer(person, siret=SIRET, name="Mairie de Dol")
    assert person.memberships.get().ends_on is None
    assert list(Organisation.objects.employers_of(person, on=today() + timedelta(days=9))) == [dol]


@pytest.mark.django_db
@pytest.mark.parametrize("role", [Role.AUDITOR, Role.JURY_MEMBER])
def test_a_visitor_is_not_employed(role):
    membership = MembershipFactory(role=role, organisation__certifier=True)
    assert not Organisation.objects.employers_of(membership.person).exists()


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_once_declare_one_employer():
    person = PersonFactory()

    def declare(_):
        try:
            return declare_employer(person, siret=SIRET, name="Mairie de Dol").pk
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        found = set(pool.map(declare, range(8)))
    assert len(found) == Organisation.objects.count() == Membership.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_colleagues_who_declare_the_same_employer_at_once_share_it():
    people = [PersonFactory() for _ in range(6)]

    def declare(person):
        try:
            return declare_employer(person, siret=SIRET, name="Mairie de Dol").pk
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        found = set(pool.map(declare, people))
    assert len(found) == Organisation.objects.count() == 1
    assert Membership.objects.count() == 6


@pytest.fixture
def announced():
    heard = []

    def hear(membership, by, **kwargs):
        heard.append((membership.role, membership.ends_on, by))

    membership_changed.connect(hear)
    yield heard
    membership_changed.disconnect(hear)


@pytest.mark.django_db
def test_a_role_given_and_ended_is_announced_with_who_decided(announced):
    person, by = PersonFactory(), PersonFactory()
    membership = add_member(person, OrganisationFactory(training=True), role=Role.TRAINER, by=by)
    end_membership(membership, by=by)
    assert announced == [(Role.TRAINER, None, by), (Role.TRAINER, today(), by)]


@pytest.mark.django_db
def test_an_employer_found_again_is_announced(announced):
    person = PersonFactory()
    structure = declare_employer(person, siret=SIRET, name="Mairie de Dol")
    end_membership(person.memberships.get(), by=person)
    declare_employer(person, siret=SIRET, name=structure.name)
    assert [ends_on for _, ends_on, _ in announced] == [None, today(), None]
