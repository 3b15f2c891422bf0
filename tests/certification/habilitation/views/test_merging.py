import pytest
from django.urls import reverse

from certification.habilitation.lifecycle import Step
from certification.habilitation.models import Habilitation, Merge
from tests.accounts.factories import PersonFactory
from tests.certification.habilitation.factories import DAY, HabilitationFactory
from tests.organisations.factories import OrganisationFactory, luhn_siret
from tests.permissions.matrix import signed_in

pytestmark = pytest.mark.django_db
SIRET = luhn_siret(7)


@pytest.fixture
def twins():
    return (
        OrganisationFactory(siret=SIRET, name="CCAS de Vitré"),
        OrganisationFactory(siret=SIRET, name="C.C.A.S. de Vitré (antenne)"),
    )


def address_of(kind, *members):
    return reverse("habilitation:merge", args=[kind]) + "?" + "&".join(f"fiche={one.public_id}" for one in members)


def shown(response):
    return " ".join(response.content.decode().replace("\u00a0", " ").split())


def test_two_structures_are_compared_previewed_merged_and_taken_apart(pilot, twins):
    kept, merged = twins
    one = HabilitationFactory(organisation=merged, facts=["eligibility"])
    client = signed_in(pilot)
    listed = shown(client.get(reverse("habilitation:duplicates")))
    assert "CCAS de Vitré" in listed
    assert "antennes ?" in listed
    address = address_of("structures", *twins)
    choice = {"kept": str(kept.public_id), "merged": str(merged.public_id)}
    preview = shown(client.post(address, choice | {"faire": "voir"}))
    assert "1 habilitation suivie" in preview
    assert Merge.objects.count() == 0
    other = {"kept": choice["merged"], "merged": choice["kept"], "vu": f"{kept.public_id} {merged.public_id}"}
    assert "Votre choix a changé" in shown(client.post(address, other | {"faire": "fusionner"}))
    assert Merge.objects.count() == 0
    seen = {"vu": f"{kept.public_id} {merged.public_id}"}
    client.post(address, choice | seen | {"faire": "fusionner"})
    one.refresh_from_db()
    assert one.organisation == kept
    assert "déjà plus qu’une" in shown(client.post(address, choice | seen | {"faire": "fusionner"}, follow=True))
    merge = Merge.objects.get()
    for _ in range(2):
        client.post(reverse("habilitation:undo_merge", args=[merge.public_id]))
    one.refresh_from_db()
    assert one.organisation == merged
    assert "défaite" in shown(client.get(reverse("habilitation:duplicates")))


def test_two_records_are_read_side_by_side_before_anything_is_chosen(pilot, twins):
    HabilitationFactory(organisation=twins[1], facts=["eligibility"])
    said = shown(signed_in(pilot).get(address_of("structures", *twins)))
    assert "Ce que dit chaque fiche" in said
    assert f"<bdi>{twins[0].spaced_siret}</bdi>".replace("\u00a0", " ") in said
    assert '<th scope="row">Personnes suivies</th><td><bdi>0</bdi></td><td><bdi>1</bdi></td>' in said
    people = [HabilitationFactory(organisation=twins[0], facts=["eligibility"]).person for _ in range(2)]
    said = shown(signed_in(pilot).get(address_of("personnes", *people)))
    assert all(one.email in said for one in people)
    assert "CCAS de Vitré (invité)" in said


def test_the_same_record_twice_or_none_is_refused(pilot, twins):
    client, address = signed_in(pilot), address_of("structures", *twins)
    same = str(twins[0].public_id)
    response = client.post(address, {"kept": same, "merged": same, "faire": "fusionner"})
    assert response.status_code == 422
    assert "deux fiches différentes" in shown(response)
    assert client.post(address, {"faire": "fusionner"}).status_code == 422
    assert Merge.objects.count() == 0


@pytest.mark.parametrize("tail", ["", "?fiche=rien&fiche=12", "?fiche=00000000-0000-0000-0000-00000000000z&fiche=x"])
def test_an_address_without_two_records_is_not_found(pilot, tail):
    assert signed_in(pilot).get(reverse("habilitation:merge", args=["structures"]) + tail).status_code == 404


def test_a_person_changes_structure_and_keeps_the_training(pilot):
    one = HabilitationFactory(facts=["eligibility", "training", "pix"])
    arrival = OrganisationFactory(name="France services de Sada")
    client, address = signed_in(pilot), reverse("habilitation:move", args=[one.public_id])
    assert client.get(address).status_code == 200
    assert "France services de Sada" in shown(client.post(address, {"q": "Sada", "faire": "chercher"}))
    assert "Aucune autre structure" in shown(client.post(address, {"q": "Nulle-part", "faire": "chercher"}))
    asked = {"q": "Sada", "organisation": str(arrival.public_id), "faire": "transferer"}
    assert client.post(address, asked | {"on": "2999-01-01"}).status_code == 422
    client.post(address, asked | {"on": str(DAY)})
    one.refresh_from_db()
    assert (one.step, Habilitation.objects.get(organisation=arrival).trained_on) == (Step.LEFT, DAY)


def test_nobody_moves_oneself(pilot):
    one = HabilitationFactory(person=pilot)
    assert signed_in(pilot).get(reverse("habilitation:move", args=[one.public_id])).status_code == 403


def test_the_list_of_duplicates_stays_bounded_in_queries(pilot, django_assert_max_num_queries):
    for rank in range(1, 30):
        for name in ("Mairie", "Mairie, antenne"):
            OrganisationFactory(siret=luhn_siret(rank), name=name)
    client = signed_in(pilot)
    with django_assert_max_num_queries(15):
        client.get(reverse("habilitation:duplicates"))


def test_people_of_one_name_in_one_structure_are_listed_as_they_come_and_go(pilot):
    client, home = signed_in(pilot), OrganisationFactory(name="Mairie de Dol")
    page = reverse("habilitation:duplicates") + "?nature=personnes"
    first, second, third = (PersonFactory(first_name="Ana", last_name="Le Goff") for _ in range(3))
    for person in (first, second):
        assert "Mairie de Dol" not in shown(client.get(page))
        HabilitationFactory(person=person, organisation=home)
    listed = shown(client.get(page))
    assert str(first.public_id) in listed
    assert str(second.public_id) in listed
    HabilitationFactory(person=third, organisation=home)
    assert str(third.public_id) in shown(client.get(page))
    for person in (second, third):
        person.is_active = False
        person.save()
    assert str(first.public_id) not in shown(client.get(page))
