import pytest
from django.urls import reverse

from parcours.classroom.models import Room
from tests.parcours.classroom.factories import RoomFactory
from tests.parcours.classroom.ready import manager_of, mayotte, organisme, published, trainer_of
from tests.permissions.matrix import signed_in

LIST = reverse("classroom:rooms")


def plain(response):
    return response.content.decode().replace("\u00a0", " ")


@pytest.fixture
def home(db):
    return organisme()


@pytest.fixture
def manager(home):
    return signed_in(manager_of(home))


def values(home, **changes):
    found = {"organisation": home.pk, "name": "Salle des Lices", "address": "2 rue de l’Exemple", "postcode": "35000"}
    found |= {"city": "Rennes", "departement": home.departement_id, "capacity": "12", "is_accessible": "on"}
    return found | {"access": "Ascenseur, boucle magnétique."} | changes


@pytest.mark.django_db
def test_a_room_is_added_with_its_access_and_found_in_the_list(manager, home):
    manager.post(reverse("classroom:add_room"), values(home))
    shown = plain(manager.get(LIST, {"q": "lices rennes"}))
    assert "Salle des Lices" in shown
    assert "Accessible en fauteuil roulant" in shown
    assert "boucle magnétique" in shown


@pytest.mark.django_db
def test_an_empty_list_and_a_search_without_answer_say_what_to_do(manager, home):
    assert "Aucune salle n’est enregistrée." in plain(manager.get(LIST))
    assert "Aucune salle ne porte ces mots." in plain(manager.get(LIST, {"q": "Brest"}))
    assert "Aucune salle n’est retirée." in plain(manager.get(LIST, {"voir": "retirees"}))


@pytest.mark.django_db
def test_a_room_is_kept_once_and_its_postcode_has_five_digits(manager, home):
    address = reverse("classroom:add_room")
    manager.post(address, values(home))
    assert "déjà enregistrée" in plain(manager.post(address, values(home)))
    assert "cinq chiffres" in plain(manager.post(address, values(home, postcode="3500")))
    assert Room.objects.count() == 1


@pytest.mark.django_db
def test_a_room_is_not_given_to_another_organisme(manager, home):
    assert manager.post(reverse("classroom:add_room"), values(organisme())).status_code == 422


@pytest.mark.django_db
def test_a_room_where_people_are_expected_is_not_taken_away(manager, home):
    room = RoomFactory(organisation=home)
    session = published(home, room=room)
    address = reverse("classroom:archive_room", args=[room.public_id])
    assert "changez-les de salle d’abord" in plain(manager.post(address, follow=True))
    page = reverse("classroom:room", args=[room.public_id])
    known = values(home, name=room.name, postcode=room.postcode)
    assert f"attend {session.capacity} personnes" in plain(manager.post(page, known | {"capacity": "4"}))
    assert "ne change plus de fuseau" in plain(manager.post(page, known | {"departement": mayotte().pk}))


@pytest.mark.django_db
def test_a_room_taken_away_is_no_longer_proposed_and_comes_back(manager, home):
    room = RoomFactory(organisation=home, name="Salle du Port")
    manager.post(reverse("classroom:archive_room", args=[room.public_id]))
    manager.get(LIST)  # says once what was done
    assert "Salle du Port" not in plain(manager.get(LIST))
    assert "Salle du Port" in plain(manager.get(LIST, {"voir": "retirees"}))
    manager.post(reverse("classroom:restore_room", args=[room.public_id]))
    room.refresh_from_db()
    assert room.archived_at is None


@pytest.mark.django_db
def test_the_list_costs_the_same_for_one_room_or_thirty(home, django_assert_max_num_queries):
    RoomFactory.create_batch(30, organisation=home)
    trainer = signed_in(trainer_of(home))
    with django_assert_max_num_queries(12):
        trainer.get(LIST, {"par_page": "50"})
