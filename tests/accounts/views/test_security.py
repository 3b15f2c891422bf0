import pytest
from allauth.usersessions.models import UserSession
from django.test import Client

from lms.kernel.models import JournalEntry
from tests.accounts.doors import give_printed_codes, last_mail, later, mailed_code, person_signed_in, sign_in
from tests.accounts.factories import PersonFactory

pytestmark = pytest.mark.django_db
SECURITY, CLOSE, PROVE = "/espace/securite/", "/espace/securite/fermer/", "/espace/securite/prouver/"
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; rv:128.0) Gecko/20100101 Firefox/128.0"


def entered(person, **headers):
    client = Client(headers=headers)
    sign_in(client, person)
    return client


def test_the_list_says_the_device_and_the_day_and_keeps_no_place(client):
    person = PersonFactory()
    client = entered(person, user_agent=FIREFOX)
    page = client.get(SECURITY).content.decode()
    assert "Firefox sur Windows" in page
    assert "Cet appareil" in page
    row = UserSession.objects.get()
    assert (row.ip, row.user_agent) == ("0.0.0.0", "Firefox sur Windows")


def test_one_sign_in_is_closed_and_only_that_one():
    person = PersonFactory()
    here, lost, other = entered(person), entered(person), entered(person)
    row = UserSession.objects.get(session_key=lost.session.session_key)
    here.post(CLOSE, {"which": row.pk})
    assert [client.get(SECURITY).status_code for client in (here, lost, other)] == [200, 302, 200]
    assert JournalEntry.objects.filter(verb="accounts.end_sign_ins", by=person).count() == 1


def test_all_the_others_are_closed_at_once():
    person = PersonFactory()
    here, lost, other = entered(person), entered(person), entered(person)
    here.post(CLOSE, {"which": "others"})
    assert [client.get(SECURITY).status_code for client in (here, lost, other)] == [200, 302, 302]


def test_signing_out_everywhere_includes_here():
    person = PersonFactory()
    here, other = entered(person), entered(person)
    assert here.post(CLOSE, {"which": "all"}).url == "/connexion/"
    assert [client.get(SECURITY).status_code for client in (here, other)] == [302, 302]


@pytest.mark.parametrize("which", ["", "abc", "999999", "-1"])
def test_what_names_no_sign_in_closes_nothing(client, which):
    sign_in(client, PersonFactory())
    client.post(CLOSE, {"which": which})
    assert client.get(SECURITY).status_code == 200


def test_the_sign_in_of_somebody_else_cannot_be_closed():
    mine, theirs = entered(PersonFactory()), entered(PersonFactory())
    row = UserSession.objects.get(session_key=theirs.session.session_key)
    mine.post(CLOSE, {"which": row.pk})
    assert theirs.get(SECURITY).status_code == 200
    assert mine.get(CLOSE).status_code == 405


@pytest.mark.parametrize(
    "path", ["/espace/profil/adresse/", "/espace/securite/mot-de-passe/", "/espace/donnees/export/"]
)
def test_touching_the_account_long_after_the_sign_in_asks_for_a_new_proof(client, path):
    person = PersonFactory()
    sign_in(client, person)
    with later(16):
        asked = client.get(path).url
        assert asked.startswith(PROVE)
        assert person.email in client.get(asked).content.decode()
        client.post(asked, {"send": "1", "next": path})
        assert last_mail().subject.startswith("Votre code de confirmation")
        assert client.post(asked, {"code": "0000-0000", "next": path}).status_code == 200
        assert client.post(asked, {"code": mailed_code(), "next": path}).url == path
        assert client.get(path).status_code == 200


def test_who_has_a_password_may_prove_with_it(client):
    person = PersonFactory(password="quatre mots pour entrer")
    sign_in(client, person)
    with later(16):
        asked = client.get("/espace/profil/adresse/").url
        assert asked.startswith("/espace/securite/confirmer/")
        page = client.get(asked).content.decode()
        assert "Avec un code reçu par courriel" in page
        assert "n’est pas le bon" in client.post(asked, {"password": "faux"}).content.decode()
        answer = client.post(asked, {"password": "quatre mots pour entrer", "next": "/espace/profil/adresse/"})
        assert answer.url == "/espace/profil/adresse/"


def test_three_wrong_proofs_or_an_old_one_start_again(client):
    sign_in(client, PersonFactory())
    client.post(PROVE, {"send": "1"})
    code = mailed_code()
    for _ in range(2):
        client.post(PROVE, {"code": "0000-0000"})
    assert client.post(PROVE, {"code": "0000-0000"}).status_code == 302
    client.post(PROVE, {"code": code})
    assert "Trois codes erronés" in client.get(PROVE).content.decode()
    client.post(PROVE, {"send": "1"})
    with later(16):
        client.post(PROVE, {"code": mailed_code()})
        assert "plus de 15 minutes" in client.get(PROVE).content.decode()


def test_who_has_a_second_factor_cannot_prove_with_the_mailbox_alone(client):
    person = PersonFactory()
    sign_in(client, person)
    give_printed_codes(person)
    answer = client.post(PROVE, {"send": "1", "next": "/espace/profil/adresse/"})
    assert answer.url == "/espace/securite/second-facteur/confirmer/?next=%2Fespace%2Fprofil%2Fadresse%2F"


def test_the_page_costs_the_same_for_one_device_or_ten(client, django_assert_max_num_queries):
    person = PersonFactory()
    for _ in range(10):
        client = entered(person)
    with django_assert_max_num_queries(9):
        assert client.get(SECURITY).content.decode().count("Chrome") == 0


def test_no_other_site_is_reached_through_a_proof(client):
    sign_in(client, PersonFactory())
    client.post(PROVE, {"send": "1"})
    assert client.post(PROVE, {"code": mailed_code(), "next": "https://mechant.example/"}).url == "/espace/"


def test_a_sign_in_ends_with_its_session(client):
    person = PersonFactory()
    sign_in(client, person)
    assert person_signed_in(client) == person
    client.post("/deconnexion/")
    assert UserSession.objects.purge_and_list(person) == []
