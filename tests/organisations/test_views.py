from datetime import date

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from lms.organisations.actions import load_reference
from lms.organisations.models import Membership, Organisation, Role
from tests.accounts.factories import PersonFactory
from tests.organisations.factories import CampagneFactory, MembershipFactory, OrganisationFactory, WaveFactory
from tests.organisations.situations import World
from tests.permissions.matrix import signed_in

pytestmark = pytest.mark.django_db

SIRET = "73282932000074"
DECLARE = "/espace/employeurs/declarer/"


@pytest.fixture
def _reference():
    load_reference()


def declared(client, **values):
    return client.post(DECLARE, {"siret": SIRET, "name": "Mairie de Dol", "departement": "35"} | values)


def test_someone_without_employer_is_told_what_to_do():
    response = signed_in(PersonFactory()).get("/espace/employeurs/")
    assertContains(response, "Aucun employeur n’est encore déclaré")
    assertContains(response, DECLARE)


@pytest.mark.usefixtures("_reference")
def test_an_employer_is_declared_once_by_two_clicks():
    client = signed_in(PersonFactory())
    for _ in range(2):
        assertRedirects(declared(client, siret="732 829 320 00074"), "/espace/employeurs/")
    assert Organisation.objects.get().siret == SIRET
    assertContains(client.get("/espace/employeurs/"), "Mairie de Dol", count=1)


@pytest.mark.usefixtures("_reference")
@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"siret": "7328293200007"}, "Le SIRET comporte 13 chiffres\u00a0; il en faut 14."),
        ({"siret": "73282932000075"}, "faute de frappe"),
        ({"siret": ""}, "Indiquez le SIRET de la structure qui vous emploie."),
        ({"name": " "}, "Indiquez le nom de la structure"),
        ({"departement": "2C"}, "departement"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_written(values, sentence):
    assertContains(declared(signed_in(PersonFactory()), **values), sentence)
    assert not Organisation.objects.exists()


@pytest.mark.usefixtures("_reference")
def test_structures_of_the_same_siret_are_offered_before_a_new_one_is_made():
    north = OrganisationFactory(name="CCAS de Dol", antenne="Nord", siret=SIRET)
    client = signed_in(person := PersonFactory())
    response = declared(client, name="Centre d’action sociale")
    assertContains(response, "CCAS de Dol – Nord")
    assert Organisation.objects.count() == 1
    assertRedirects(declared(client, name="Centre d’action sociale", known=str(north.pk)), "/espace/employeurs/")
    assert list(Organisation.objects.employers_of(person)) == [north]
    declared(client, name="Mairie de Dol", known="nouvelle")
    assert Organisation.objects.filter(siret=SIRET).count() == 2


@pytest.mark.usefixtures("_reference")
@pytest.mark.parametrize("name", ["<script>alert(1)</script>", "L’Haÿ-les-Roses", "دار الشباب", "🏠" * 100])
def test_any_name_of_structure_is_kept_and_escaped(name):
    client = signed_in(PersonFactory())
    declared(client, name=name)
    assert Organisation.objects.get().name == name
    assertNotContains(client.get("/espace/employeurs/"), "<script>alert")


def leave(membership):
    return reverse("organisations:end_membership", args=[membership.pk])


def test_one_leaves_an_employer_by_oneself():
    membership = MembershipFactory()
    client = signed_in(membership.person)
    assertContains(client.get(leave(membership)), "Déclarer mon départ")
    assertContains(client.post(leave(membership), {"ends_on": "2026-12-31"}, follow=True), "jeudi")
    membership.refresh_from_db()
    assert membership.ends_on == date(2026, 12, 31)
    assertContains(client.post(leave(membership), {"ends_on": "2027-01-31"}, follow=True), "déjà enregistré")


@pytest.mark.parametrize(
    ("day", "sentence"), [("", "Indiquez le dernier jour"), ("2025-01-01", "précède"), ("hier", "date")]
)
def test_a_departure_that_cannot_be_is_explained(day, sentence):
    membership = MembershipFactory(starts_on=date(2026, 1, 1))
    assertContains(signed_in(membership.person).post(leave(membership), {"ends_on": day}, follow=True), sentence)
    membership.refresh_from_db()
    assert membership.ends_on is None


def test_a_referent_of_one_structure_goes_straight_to_it():
    world = World()
    client = signed_in(world.people[Role.STRUCTURE_REFERENT])
    arrived = client.get("/structure/", follow=True)
    assertContains(arrived, "Où en sont mes collègues")
    people = reverse("organisations:members", args=[world.structure.public_id])
    assertContains(arrived, f'href="{people}"')
    response = client.get(people)
    assertContains(response, world.people[Role.LEARNER].full_name)
    assertContains(response, "Personnes (3)")
    assertNotContains(response, world.people[Role.OPCO_OFFICER].full_name)


def test_a_referent_of_two_structures_chooses():
    world = World()
    referent = world.people[Role.STRUCTURE_REFERENT]
    MembershipFactory(person=referent, organisation=world.far, role=Role.STRUCTURE_REFERENT)
    response = signed_in(referent).get("/structure/")
    assertContains(response, "Mairie de Dol")
    assertContains(response, "Commune de Sada")


def test_people_are_searched_by_any_word():
    world = World()
    MembershipFactory(organisation=world.structure, person__first_name="Zoé", person__last_name="Le Goff")
    client = signed_in(world.people[Role.STRUCTURE_REFERENT])
    url = reverse("organisations:members", args=[world.structure.public_id])
    assertContains(client.get(url, {"q": "goff zoé"}), "Zoé Le Goff")
    assertContains(client.get(url, {"q": "introuvable"}), "Personne ne correspond")


def test_the_list_of_people_costs_the_same_for_three_or_thirty(django_assert_max_num_queries):
    world = World()
    MembershipFactory.create_batch(30, organisation=world.structure)
    client = signed_in(world.people[Role.STRUCTURE_REFERENT])
    url = reverse("organisations:members", args=[world.structure.public_id])
    client.get(url)
    with django_assert_max_num_queries(12):
        assert client.get(url, {"par_page": "50"}).status_code == 200


@pytest.fixture
def pilotage():
    load_reference()
    campagne = CampagneFactory()
    for number, region in ((1, "53"), (2, "06")):
        wave = WaveFactory(campagne=campagne, number=number)
        wave.regions.add(region, through_defaults={"campagne": campagne})
    return World()


def test_a_national_pilot_filters_structures_by_wave_and_territory(pilotage):
    client = signed_in(pilotage.people[Role.PILOT])
    everything = client.get("/pilotage/structures/")
    assertContains(everything, "Structures (3)")
    far = client.get("/pilotage/structures/", {"vague": "2"})
    assertContains(far, "Commune de Sada")
    assertContains(far, "Structures (1)")
    assertContains(client.get("/pilotage/structures/", {"region": "53"}), "Structures (2)")
    assertContains(client.get("/pilotage/structures/", {"departement": "976"}), "Structures (1)")
    assertContains(client.get("/pilotage/structures/", {"q": "vitré"}), "CCAS de Vitré")
    assertContains(client.get("/pilotage/structures/", {"q": "rien de tel"}), "Aucune structure ne correspond")


@pytest.mark.parametrize("query", [{"vague": "9"}, {"region": "x"}, {"page": "0"}, {"page": "zz"}, {"par_page": "7"}])
def test_a_filter_that_means_nothing_does_not_break_the_list(pilotage, query):
    assert signed_in(pilotage.people[Role.PILOT]).get("/pilotage/structures/", query).status_code == 200


def test_a_territorial_pilot_sees_the_perimeter_only(pilotage):
    response = signed_in(pilotage.people[Role.TERRITORIAL_PILOT]).get("/pilotage/structures/")
    assertContains(response, "CCAS de Vitré")
    assertNotContains(response, "Commune de Sada")


def test_the_list_of_structures_costs_the_same_for_three_or_a_hundred(pilotage, django_assert_max_num_queries):
    OrganisationFactory.create_batch(100)
    client = signed_in(pilotage.people[Role.PILOT])
    client.get("/pilotage/structures/")
    with django_assert_max_num_queries(15):
        assert client.get("/pilotage/structures/", {"par_page": "100"}).status_code == 200


def test_the_departure_of_a_colleague_is_declared_by_the_referent():
    world = World()
    membership = world.membership(Role.LEARNER)
    client = signed_in(world.people[Role.STRUCTURE_REFERENT])
    assertContains(client.get(leave(membership)), membership.person.full_name)
    client.post(leave(membership), {"ends_on": "2026-12-31"})
    assert Membership.objects.get(pk=membership.pk).ends_on is not None
