import pytest

from lms.accounts.models import Person
from lms.kernel.models import JournalEntry
from tests.accounts.doors import last_mail, person_signed_in, sign_in
from tests.accounts.factories import PersonFactory

pytestmark = pytest.mark.django_db
PASSWORD = "quatre mots pour entrer"
DOOR, CHANGE = "/connexion/mot-de-passe/", "/espace/securite/mot-de-passe/"


def type_password(client, email, password=PASSWORD, **extra):
    return client.post(DOOR, {"login": email, "password": password, **extra})


def test_a_password_is_another_way_in(client):
    person = PersonFactory(password=PASSWORD)
    assert client.get(DOOR).status_code == 200
    assert type_password(client, f" {person.email.upper()}", next="/espace/profil/").url == "/espace/profil/"
    assert person_signed_in(client) == person


@pytest.mark.parametrize("known", [True, False])
def test_a_wrong_password_and_an_unknown_address_read_the_same(client, known):
    email = PersonFactory(password=PASSWORD).email if known else "stranger@ville-exemple.fr"
    page = type_password(client, email, "faux").content.decode()
    assert "L’adresse ou le mot de passe ne correspond pas" in page


def test_who_never_chose_a_password_does_not_enter_with_an_empty_or_unusable_one(client):
    person = PersonFactory()
    for password in ("", "!", person.password):
        type_password(client, person.email, password)
        assert person_signed_in(client) is None


def test_five_wrong_passwords_lock_the_door_for_a_while(client):
    person = PersonFactory(password=PASSWORD)
    for _ in range(5):
        type_password(client, person.email, "faux")
    page = type_password(client, person.email).content.decode()
    assert "Trop d’essais" in page
    assert person_signed_in(client) is None


def test_an_address_never_verified_is_verified_before_a_password_opens(client):
    person = PersonFactory(password=PASSWORD, verified=False)
    assert type_password(client, person.email).url == "/connexion/adresse/"
    assert client.get("/connexion/adresse/").status_code == 200
    code = last_mail().body.split("\n    ")[1].split()[0]
    client.post("/connexion/adresse/", {"code": code, "action": "verify"})
    assert person_signed_in(client) == person


def test_choosing_a_password_needs_no_other_than_a_fresh_sign_in(client):
    person = PersonFactory()
    sign_in(client, person)
    assert client.post(CHANGE, {"password": PASSWORD}).url == "/espace/securite/"
    person.refresh_from_db()
    assert person.check_password(PASSWORD)
    assert person_signed_in(client) == person
    assert last_mail().subject.startswith("Le mot de passe")
    assert JournalEntry.objects.filter(verb="accounts.change_password", by=person).exists()


@pytest.mark.parametrize("password", ["", "court", "password1234", "claire.durand@ville-exemple"])
def test_a_weak_password_is_refused(client, password):
    person = PersonFactory(email="claire.durand@ville-exemple.fr")
    sign_in(client, person)
    assert 'aria-invalid="true"' in client.post(CHANGE, {"password": password}).content.decode()
    assert not Person.objects.get().has_usable_password()


def test_changing_a_password_ends_the_other_sign_ins(client):
    from django.test import Client

    person, other = PersonFactory(), Client()
    sign_in(other, person)
    sign_in(client, person)
    client.post(CHANGE, {"password": PASSWORD})
    assert other.get("/espace/profil/").status_code == 302
    assert client.get("/espace/profil/").status_code == 200
