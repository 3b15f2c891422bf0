import re
from unittest import mock

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from lms.accounts.models import Person
from lms.kernel.models import JournalEntry, OutgoingMail
from tests.accounts.doors import (
    CODE,
    SIGN_IN,
    ask_code,
    last_mail,
    later,
    mailed_code,
    person_signed_in,
    sign_in,
    type_code,
)
from tests.accounts.factories import PersonFactory

pytestmark = pytest.mark.django_db
SENTENCE_OF_ACCENT = "ne porte pas d’accent avant le signe @"


def texts(response):
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", response.content.decode())


def test_an_address_and_the_code_it_receives_lead_to_the_space(client):
    person = PersonFactory()
    assert ask_code(client, person.email).url == CODE
    assert person.email in client.get(CODE).content.decode()
    assert type_code(client).url == "/espace/"
    assert person_signed_in(client) == person


@pytest.mark.parametrize(
    "typed", ["  CLAIRE@Ville-Exemple.FR ", "claire@ville-exemple．fr", "ｃlaire@ville-exemple.fr"]
)
def test_the_spelling_of_the_address_does_not_matter(client, typed):
    person = PersonFactory(email="claire@ville-exemple.fr")
    ask_code(client, typed)
    type_code(client)
    assert person_signed_in(client) == person


@pytest.mark.parametrize("typed", ["1234 5678", "12345678", " 1234-5678 "])
def test_spaces_and_dashes_of_the_code_do_not_matter(client, typed):
    person = PersonFactory()
    with mock.patch("lms.accounts.adapters.account.generate_user_code", return_value="1234-5678"):
        ask_code(client, person.email)
    type_code(client, typed)
    assert person_signed_in(client) == person


def test_an_accent_before_the_at_is_refused_in_a_sentence(client):
    response = ask_code(client, "hélène@ville-exemple.fr")
    assert SENTENCE_OF_ACCENT in response.content.decode()
    assert not OutgoingMail.objects.exists()


@pytest.mark.parametrize("typed", ["", "claire", "claire@", "@ville.fr", "a b@ville.fr", "x" * 250 + "@ville.fr"])
def test_what_is_no_address_is_refused_without_sending_anything(client, typed):
    response = ask_code(client, typed)
    assert response.status_code == 200
    assert 'aria-invalid="true"' in response.content.decode()
    assert not OutgoingMail.objects.exists()


def test_a_domain_whose_mailboxes_are_closed_is_said_so(client):
    response = ask_code(client, "paul@conseiller-numerique.fr")
    assert "n’existent plus" in response.content.decode()


def measured(email):
    """What an outsider can see of asking a code: answer, next page, queries, mail."""
    cache.clear()
    client = Client()
    with CaptureQueriesContext(connection) as queries:
        answer = ask_code(client, email)
    page = client.get(answer.url)
    wrong = type_code(client, "0000-0000")
    seen = [answer.status_code, answer.url, texts(page).replace(email, ""), texts(wrong).replace(email, "")]
    return seen, len(queries)


def test_nothing_tells_whether_an_address_is_known():
    for email in ("known", "closed"):
        PersonFactory(email=f"{email}@ville-exemple.fr", is_active=email == "known")
    measured("warm@ville-exemple.fr")
    outcomes = {}
    for email in ("known@ville-exemple.fr", "closed@ville-exemple.fr", "stranger@ville-exemple.fr"):
        before = OutgoingMail.objects.count()
        outcomes[email], queries = measured(email)
        outcomes[email].append(OutgoingMail.objects.count() - before)
        outcomes[f"{email} queries"] = queries
    known, closed, stranger = (outcomes[f"{name}@ville-exemple.fr"] for name in ("known", "closed", "stranger"))
    assert known == closed == stranger
    assert known[-1] == 1
    counts = {value for key, value in outcomes.items() if key.endswith("queries")}
    assert len(counts) == 1


def test_who_has_no_account_is_told_so_in_their_mailbox_only(client):
    ask_code(client, "stranger@ville-exemple.fr")
    assert last_mail().subject.startswith("Aucun compte")
    assert "/inscription/" in last_mail().body
    assert not re.search(r"\d{4}-\d{4}", last_mail().body)


def test_the_mail_of_the_code_stands_alone(client):
    ask_code(client, PersonFactory().email)
    mail = last_mail()
    assert mail.subject == "Votre code de connexion à Parcours Aidants"
    assert mail.reason.startswith("Vous recevez ce message parce que")
    assert "15 minutes" in mail.body
    assert "http" not in mail.body
    assert "&" not in mail.body


def test_three_wrong_codes_start_again(client):
    person = PersonFactory()
    ask_code(client, person.email)
    code = mailed_code()
    for _ in range(2):
        assert "n’est pas le bon" in type_code(client, "0000-0000").content.decode()
    assert type_code(client, "0000-0000").url == SIGN_IN
    assert "Trois codes erronés" in client.get(SIGN_IN).content.decode()
    assert type_code(client, code).url == SIGN_IN
    assert person_signed_in(client) is None


def test_an_expired_code_is_said_expired(client):
    ask_code(client, PersonFactory().email)
    with later(16):
        assert type_code(client).url == SIGN_IN
        assert "plus de 15 minutes" in client.get(SIGN_IN).content.decode()
    assert person_signed_in(client) is None


def test_a_slow_mailbox_has_fifteen_minutes(client):
    person = PersonFactory()
    ask_code(client, person.email)
    with later(14):
        type_code(client)
    assert person_signed_in(client) == person


def test_a_code_serves_once(client):
    person = PersonFactory()
    sign_in(client, person)
    code = mailed_code()
    client.post("/deconnexion/")
    ask_code(client, person.email)
    type_code(client, code)
    assert person_signed_in(client) is None


def test_the_code_of_somebody_else_opens_nothing(client):
    mine, theirs = PersonFactory(), PersonFactory()
    ask_code(Client(), theirs.email)
    code = mailed_code()
    ask_code(client, mine.email)
    type_code(client, code)
    assert person_signed_in(client) is None


def test_a_code_typed_in_another_browser_opens_nothing(client):
    ask_code(client, PersonFactory().email)
    stranger = Client()
    assert type_code(stranger, mailed_code()).url == SIGN_IN
    assert person_signed_in(stranger) is None


def test_another_code_can_be_asked_and_replaces_the_first(client):
    person = PersonFactory()
    ask_code(client, person.email)
    first = mailed_code()
    client.post(CODE, {"action": "resend"})
    assert OutgoingMail.objects.count() == 2
    type_code(client, first)
    assert person_signed_in(client) is None
    type_code(client)
    assert person_signed_in(client) == person


def test_the_page_asked_for_is_reached_after_the_code(client):
    person = PersonFactory()
    asked = client.get("/espace/profil/").url
    assert asked == "/connexion/?next=%2Fespace%2Fprofil%2F"
    answer = client.post(asked, {"email": person.email, "next": "/espace/profil/"})
    assert answer.url == "/connexion/code/?next=%2Fespace%2Fprofil%2F"
    assert client.post(answer.url, {"code": mailed_code()}).url == "/espace/profil/"


@pytest.mark.parametrize(
    "evil",
    [
        "https://mechant.example/",
        "//mechant.example",
        "\\\\mechant.example",
        "javascript:alert(1)",
        "https:/mechant.example",
    ],
)
def test_no_other_site_can_be_reached_through_the_sign_in(client, evil):
    person = PersonFactory()
    ask_code(client, person.email, next=evil)
    assert type_code(client, next=evil).url == "/espace/"


def test_signing_in_gives_a_new_session(client):
    """A session planted in the browser beforehand opens nothing afterwards."""
    person = PersonFactory()
    ask_code(client, person.email)
    planted = client.cookies["session"].value
    type_code(client)
    assert client.cookies["session"].value != planted
    attacker = Client()
    attacker.cookies["session"] = planted
    assert attacker.get("/espace/profil/").status_code == 302


def test_asking_too_often_for_one_address_is_refused_whoever_it_is(client):
    PersonFactory(email="known@ville-exemple.fr")
    for email in ("known@ville-exemple.fr", "stranger@ville-exemple.fr"):
        cache.clear()
        answers = [ask_code(Client(), email) for _ in range(4)]
        assert [answer.status_code for answer in answers] == [302, 302, 302, 200]
        assert "Trop d’essais" in answers[-1].content.decode()


def test_too_many_requests_from_one_place_get_a_french_page(client, settings):
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"login": "2/m/ip"}
    for number in range(2):
        ask_code(client, f"n{number}@ville-exemple.fr")
    answer = ask_code(Client(), "n3@ville-exemple.fr")
    assert answer.status_code == 429
    assert "Trop de demandes en peu de temps" in answer.content.decode()


def test_a_closed_account_opens_nothing(client):
    person = PersonFactory()
    ask_code(client, person.email)
    Person.objects.filter(pk=person.pk).update(is_active=False)
    assert type_code(client).url == "/connexion/compte-ferme/"
    assert client.get("/connexion/compte-ferme/").status_code == 200
    assert person_signed_in(client) is None


def test_the_address_of_somebody_imported_is_verified_by_the_first_code(client):
    person = PersonFactory(verified=False)
    sign_in(client, person)
    assert person_signed_in(client) == person
    assert person.emailaddress_set.get().verified


def test_people_made_without_the_row_of_their_address_enter_with_one_code(client):
    person = Person.objects.create(email="made.elsewhere@ville-exemple.fr", password="!")
    sign_in(client, person)
    assert person_signed_in(client) == person
    assert OutgoingMail.objects.count() == 1
    assert person.emailaddress_set.get().verified


def test_the_address_can_be_changed_while_waiting_for_the_code(client):
    ask_code(client, "mistyped@ville-exemple.fr")
    assert client.get(SIGN_IN).url == CODE
    assert client.post("/deconnexion/", {"next": "/connexion/?next=/espace/"}).url == "/connexion/?next=/espace/"
    assert client.get(SIGN_IN).status_code == 200


def test_signed_in_people_have_nothing_to_do_at_the_door(client):
    sign_in(client, PersonFactory())
    for path in (SIGN_IN, "/inscription/", "/connexion/mot-de-passe/", CODE):
        assert client.get(path).url == "/espace/"


def test_sign_out_asks_then_ends_the_session(client):
    sign_in(client, PersonFactory())
    assert client.get("/deconnexion/").status_code == 200
    assert client.post("/deconnexion/").url == "/"
    assert client.get("/espace/profil/").status_code == 302
    assert JournalEntry.objects.filter(verb="accounts.open_account").count() == 0
