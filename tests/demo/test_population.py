import pytest
from django.core.management import call_command
from django.db.models import Count

from lms.accounts.models import Person
from lms.demo.population.draw import siret
from lms.demo.population.people import draw_people
from lms.demo.population.personas import COLLEAGUES, PERSONAS
from lms.demo.population.structures import Country
from lms.organisations.actions import load_reference
from lms.organisations.engine.identifiers import siret_refusal
from lms.organisations.models import Campagne, Membership, Organisation, Region, Role
from tests.worlds import made_once


def load(*args):
    call_command("load_demo", *args, verbosity=0)


@made_once
def country():
    load()


def everything():
    return (
        list(Person.objects.order_by("pk").values_list("public_id", "email", "first_name", "last_name", "time_zone")),
        list(Organisation.objects.order_by("pk").values_list("public_id", "name", "siret", "data_pass_id")),
        list(Membership.objects.order_by("pk").values_list("person", "organisation", "role", "starts_on", "ends_on")),
        list(Campagne.objects.order_by("pk").values_list("code", "name")),
    )


@pytest.mark.django_db
def test_the_default_population_covers_the_country_and_is_loaded_once(country):
    first = everything()
    load()
    assert everything() == first
    assert len(first[0]) == 400 + len(PERSONAS) + len(COLLEAGUES)
    structures = Organisation.objects.structures()
    assert structures.values("departement__region").distinct().count() == Region.objects.count() == 18
    assert structures.values("structure_type").distinct().count() >= 8
    assert not Organisation.objects.filter(fictional=False).exists()
    assert [one.siret for one in Organisation.objects.all() if siret_refusal(one.siret)] == []


@pytest.mark.django_db
def test_the_population_keeps_the_rules_of_the_house(country):
    for organisation in Organisation.objects.all():
        organisation.full_clean()
    active = Membership.objects.active()
    several = active.values("person").annotate(homes=Count("organisation", distinct=True)).filter(homes__gt=1)
    assert several.count() > 20
    assert Membership.objects.exclude(pk__in=active).exists()
    assert active.filter(role=Role.STRUCTURE_REFERENT).count() > 50
    assert not Person.objects.exclude(email__endswith=".example").exists()
    assert not Person.objects.filter(emailaddress=None).exists()
    mahorais = active.filter(organisation__departement="976", organisation__kind="structure").values(
        "person__time_zone"
    )
    assert {one["person__time_zone"] for one in mahorais} == {"Indian/Mayotte"}


@pytest.mark.django_db
def test_more_people_are_added_to_those_already_there():
    load("--people", "30")
    some = set(Person.objects.values_list("email", flat=True))
    load("--people", "60")
    assert some < set(Person.objects.values_list("email", flat=True))
    assert Person.objects.count() == 60 + len(PERSONAS) + len(COLLEAGUES)


@pytest.mark.django_db
def test_the_same_seed_draws_the_same_people_and_another_seed_others():
    load_reference()

    def drawn(seed, people=50):
        return [(one.person.public_id, one.person.email) for one in draw_people(Country(), people, seed)]

    assert drawn(1) == drawn(1) == drawn(1, people=80)[:50]
    assert not set(drawn(1)) & set(drawn(2))


@pytest.mark.django_db
def test_two_seeds_may_live_together():
    load("--people", "30")
    load("--people", "30", "--seed", "2")
    assert Person.objects.count() == 60 + len(PERSONAS) + len(COLLEAGUES)


@pytest.mark.django_db
def test_what_a_visitor_changed_is_not_undone():
    load("--people", "10")
    Person.objects.filter(email="sophie.lebris@mairie-ploumar.example").update(first_name="Sofia")
    Organisation.objects.structures().update(city="Ailleurs")
    load("--people", "10")
    assert Person.objects.filter(first_name="Sofia").exists()
    assert not Organisation.objects.structures().exclude(city="Ailleurs").exists()


def test_fictional_sirets_are_all_different_and_right():
    found = {siret(rank) for rank in range(5000)}
    assert len(found) == 5000
    assert not any(siret_refusal(one) for one in found)


@pytest.mark.django_db
def test_the_fictional_campagne_shares_out_the_country():
    load("--people", "0")
    campagne = Campagne.objects.get(fictional=True)
    assert Region.objects.filter(waves__campagne=campagne).distinct().count() == 18
    assert campagne.waves.count() == 3


def test_the_accounts_are_said(capsys):
    call_command("show_accounts")
    assert "sophie.lebris@mairie-ploumar.example" in capsys.readouterr().out
