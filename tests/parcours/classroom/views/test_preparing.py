import pytest
from django.urls import reverse

from parcours.classroom.models import Session
from tests.organisations.factories import OrganisationFactory
from tests.parcours.classroom.factories import RoomFactory, in_days
from tests.parcours.classroom.ready import (
    guadeloupe,
    live_edition,
    manager_of,
    organisme,
    prepared,
    published,
    trainer_of,
)
from tests.permissions.matrix import signed_in


def plain(response):
    return response.content.decode().replace("\u00a0", " ")


@pytest.fixture
def home(db):
    return organisme(name="Formation Armor")


@pytest.fixture
def manager(home):
    return signed_in(manager_of(home))


@pytest.fixture
def room(home):
    return RoomFactory(organisation=home, name="Salle des Lices")


def page(name, session, *args):
    return reverse(f"classroom:{name}", args=[session.public_id, *args])


def created(manager, home, count=2, modality="onsite"):
    values = {"organisation": home.pk, "parcours": live_edition(count).parcours_id, "modality": modality}
    manager.post(reverse("classroom:create"), values)
    return Session.objects.get()


def place(room=None, trainers=(), **values):
    values = {"first_day": in_days(45).isoformat(), "rhythm": "journees"} | values
    return values | {"room": room.pk if room else "", "trainers": [one.pk for one in trainers]}


SEATS = {"capacity": 12, "intra": "public", "registrar": "referent", "price": "450,50", "contact": "Claire Fontaine"}


@pytest.mark.django_db
def test_a_session_goes_from_a_parcours_to_the_public_in_five_steps(manager, home, room):
    trainer = trainer_of(home)
    session = created(manager, home)
    manager.post(page("prepare_place", session), place(room, [trainer]))
    assert "3 h 30" in plain(manager.get(page("prepare_place", session)))
    assert "Étape 3 sur 5" in plain(manager.get(page("prepare_half_days", session)))
    manager.post(page("prepare_seats", session), SEATS)
    shown = plain(manager.get(page("prepare_review", session)))
    assert "de 9 h à 12 h 30" in shown
    assert "450,50 €" in shown
    response = manager.post(page("publish", session))
    session.refresh_from_db()
    assert session.state == "published"
    assert response.headers["Location"] == session.get_absolute_url()


@pytest.mark.django_db
@pytest.mark.parametrize("count", [2, 3, 4])
def test_as_many_half_days_are_proposed_as_the_edition_describes(manager, home, room, count):
    session = created(manager, home, count)
    manager.post(page("prepare_place", session), place(room))
    assert session.half_days.count() == count


@pytest.mark.django_db
def test_each_step_is_kept_and_one_comes_back_to_it_later(manager, home, room):
    session = created(manager, home)
    manager.post(page("prepare_place", session), place(room))
    assert f'<option value="{room.pk}" selected>' in plain(manager.get(page("prepare_place", session)))
    assert "Il reste à dire les places et le tarif." in plain(manager.get(session.get_absolute_url()))


@pytest.mark.django_db
def test_what_is_missing_is_said_instead_of_the_button(manager, home, room):
    session = created(manager, home)
    manager.post(page("prepare_place", session), place(room))
    shown = plain(manager.get(page("prepare_review", session)))
    assert "Publier la session : pas encore possible." in shown
    assert "La demi-journée 1 n’a pas de formateur" in shown
    assert "Le tarif n’est pas dit" in shown
    manager.post(page("publish", session))
    session.refresh_from_db()
    assert session.state == "draft"


@pytest.mark.django_db
def test_half_days_come_after_their_place(manager, home):
    session = created(manager, home)
    assert manager.get(page("prepare_half_days", session)).headers["Location"] == page("prepare_place", session)


@pytest.mark.django_db
def test_the_room_gives_its_zone_and_the_page_names_it(manager, home):
    room = RoomFactory(organisation=home, departement=guadeloupe())
    session = created(manager, home)
    manager.post(page("prepare_place", session), place(room))
    session.refresh_from_db()
    assert session.zone == "America/Guadeloupe"
    assert session.half_days.first().local_start.hour == 9
    assert "(heure de la Guadeloupe)" in plain(manager.get(page("prepare_half_days", session)))


@pytest.mark.django_db
def test_the_organiser_says_the_hour_of_a_remote_session(manager, home):
    session = created(manager, home, modality="remote")
    values = place(zone="Indian/Mayotte", link="https://visio.example/a", rhythm="matins")
    manager.post(page("prepare_place", session), values)
    session.refresh_from_db()
    assert session.zone == "Indian/Mayotte"
    assert session.departement is None
    assert [one.local_start.hour for one in session.half_days.all()] == [9, 9]
    assert session.half_days.last().day > session.half_days.first().day


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"first_day": "2020-01-06"}, "Cette date est passée"),
        ({"first_day": "bientôt"}, "Écrivez la date ainsi"),
        ({"room": ""}, "Choisissez une salle."),
        ({"first_day": ""}, "Choisissez une date."),
    ],
)
def test_a_step_says_what_is_to_correct(manager, home, room, values, sentence):
    session = created(manager, home)
    response = manager.post(page("prepare_place", session), place(room) | values)
    assert response.status_code == 422
    assert sentence in plain(response)


@pytest.mark.django_db
def test_a_room_already_taken_is_named_on_the_step(manager, home, room):
    published(home, room=room, first_day=in_days(45))
    values = {"organisation": home.pk, "parcours": live_edition().parcours_id, "modality": "onsite"}
    manager.post(reverse("classroom:create"), values)
    session = Session.objects.get(state="draft")
    response = manager.post(page("prepare_place", session), place(room))
    assert response.status_code == 422
    assert "La salle « Salle des Lices, Rennes » est prise" in plain(response)


@pytest.mark.django_db
def test_a_room_or_a_trainer_of_another_organisme_is_not_a_choice(manager, home, room):
    session = created(manager, home)
    foreign, stranger = RoomFactory(), trainer_of(organisme())
    assert manager.post(page("prepare_place", session), place(foreign)).status_code == 422
    assert manager.post(page("prepare_place", session), place(room, [stranger])).status_code == 422


@pytest.mark.django_db
def test_hours_are_corrected_one_half_day_at_a_time(manager, home):
    session = prepared(home)
    values = {}
    for one in session.half_days.all():
        rank = one.position
        values |= {f"day_{rank}": one.day.isoformat(), f"start_{rank}": "08:30", f"end_{rank}": "12:00"}
        values |= {f"room_{rank}": one.room_id, f"trainers_{rank}": [trainer.pk for trainer in one.trainers.all()]}
    values |= {"start_2": "14:00", "end_2": "17:30"}
    response = manager.post(page("prepare_half_days", session), values)
    assert response.headers["Location"] == page("prepare_seats", session)
    assert [one.local_start.strftime("%H:%M") for one in session.half_days.all()] == ["08:30", "14:00"]
    refused = manager.post(page("prepare_half_days", session), values | {"end_1": "08:00"})
    assert "finit avant de commencer" in plain(refused)


@pytest.mark.django_db
def test_a_session_kept_for_a_structure_asks_which(manager, home):
    session = prepared(home)
    structure = OrganisationFactory(name="CCAS de Val-d’Exemple", siret="73282932000074")
    address, values = page("prepare_seats", session), SEATS | {"intra": "intra"}
    assert "Dites à quelle structure" in plain(manager.post(address, values))
    assert "Aucune structure ne porte" in plain(manager.post(address, values | {"structure": "Inconnue"}))
    manager.post(address, values | {"structure": "732 829 320 00074"})
    session.refresh_from_db()
    assert (session.intra, session.intra_for) == (True, structure)


@pytest.mark.django_db
def test_two_structures_of_one_name_are_told_apart_by_their_siret(manager, home):
    OrganisationFactory.create_batch(2, name="Mairie de Dol")
    session = prepared(home)
    values = SEATS | {"intra": "intra", "structure": "Mairie de Dol"}
    assert "Plusieurs structures portent ce nom" in plain(manager.post(page("prepare_seats", session), values))


@pytest.mark.django_db
def test_a_free_session_says_who_pays(manager, home):
    session = prepared(home)
    response = manager.post(page("prepare_seats", session), SEATS | {"price": "0"})
    assert "Dites pourquoi la session est gratuite" in plain(response)


@pytest.mark.django_db
def test_only_parcours_one_may_teach_are_proposed(manager, home):
    live_edition(title="Aidants Connect, 10 h 30")
    assert "Aidants Connect, 10 h 30 (2 demi-journées en direct)" in plain(manager.get(reverse("classroom:create")))


@pytest.mark.django_db
def test_without_any_live_half_day_one_is_told_what_to_do(manager):
    assert "Aucun parcours publié n’a de demi-journée en direct." in plain(manager.get(reverse("classroom:create")))


@pytest.mark.django_db
def test_the_seats_proposed_are_those_of_a_small_room(manager, home):
    session = created(manager, home)
    response = manager.post(page("prepare_place", session), place(RoomFactory(organisation=home, capacity=8)))
    assert response.status_code == 302
    assert 'value="8"' in plain(manager.get(page("prepare_seats", session)))
