import re

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from lms.accounts.models import Person
from lms.kernel.models import JournalEntry, OutgoingMail
from tests.accounts.doors import (
    CODE,
    SIGN_UP,
    ask_code,
    last_mail,
    mailed_code,
    person_signed_in,
    sign_up,
    type_code,
)
from tests.accounts.factories import PersonFactory
from tests.kernel.threads import together

pytestmark = pytest.mark.django_db
HOSTILE_NAMES = [
    ("D’Artagnan", "O'Connor"),
    ("محمد", "بن علي"),
    ("Zoé 🦊", "Le Goff-Núñez"),
    ("x" * 120, "y" * 120),
    ("<b>Ana</b>", "'; DROP TABLE accounts_person; --"),
]


def test_three_answers_and_a_code_open_an_account(client):
    assert sign_up(client, "Nadia.Benali@Ville-Exemple.fr").url == CODE
    assert not Person.objects.exists()
    assert type_code(client).url == "/espace/"
    person = person_signed_in(client)
    assert (person.full_name, person.email) == ("Nadia Benali", "nadia.benali@ville-exemple.fr")
    assert person.emailaddress_set.get().verified
    assert JournalEntry.objects.filter(verb="accounts.open_account", by=person).count() == 1


def test_nothing_is_kept_of_an_address_mistyped(client):
    sign_up(client)
    assert not Person.objects.exists()


@pytest.mark.parametrize(("first", "last"), HOSTILE_NAMES)
def test_any_name_is_kept_and_shown_as_it_is_written(client, first, last):
    sign_up(client, first_name=first, last_name=last)
    type_code(client)
    person = person_signed_in(client)
    assert (person.first_name, person.last_name) == (first, last)
    page = client.get("/espace/profil/").content.decode()
    assert "<b>Ana</b>" not in page


@pytest.mark.parametrize("field", ["first_name", "last_name", "email"])
def test_each_answer_is_asked_for(client, field):
    page = sign_up(client, **{field: " "}).content.decode()
    assert page.count('aria-invalid="true"') == 1
    assert not OutgoingMail.objects.exists()


def test_a_name_too_long_or_without_a_letter_is_refused(client):
    page = sign_up(client, first_name="x" * 121, last_name="--").content.decode()
    assert page.count('aria-invalid="true"') == 2


def seen_from_outside(email):
    cache.clear()
    client, before = Client(), OutgoingMail.objects.count()
    with CaptureQueriesContext(connection) as queries:
        answer = sign_up(client, email)
    page = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", client.get(answer.url).content.decode())
    mail = last_mail()
    return {
        "answer": (answer.status_code, answer.url),
        "page": page.replace(email, ""),
        "queries": len(queries),
        "mails": OutgoingMail.objects.count() - before,
        "mail": (mail.subject, re.sub(r"\d{4}-\d{4}", "", mail.body)),
    }


def test_signing_up_never_tells_whether_an_address_is_known():
    PersonFactory(email="known@ville-exemple.fr")
    PersonFactory(email="closed@ville-exemple.fr", is_active=False)
    seen_from_outside("warm@ville-exemple.fr")
    known, closed, stranger = (
        seen_from_outside(f"{name}@ville-exemple.fr") for name in ("known", "closed", "stranger")
    )
    assert known == closed == stranger
    assert known["mails"] == 1


def test_who_signs_up_with_a_known_address_enters_the_account_they_have(client):
    person = PersonFactory(first_name="Claire", last_name="Martin")
    sign_up(client, person.email.upper(), first_name="Autre", last_name="Nom")
    type_code(client)
    assert person_signed_in(client) == person
    person.refresh_from_db()
    assert person.full_name == "Claire Martin"


def test_signing_up_does_not_reopen_a_closed_account(client):
    person = PersonFactory(is_active=False)
    sign_up(client, person.email)
    assert type_code(client).url == "/connexion/compte-ferme/"
    assert person_signed_in(client) is None
    assert Person.objects.count() == 1


def test_a_shared_mailbox_may_learn_once_it_is_known_why_it_is_not_enough(client):
    page = sign_up(client, "mairie@saint-exemple.fr").content.decode()
    assert "ne pourra pas servir à votre habilitation" in page
    assert not OutgoingMail.objects.exists()
    cache.clear()
    assert sign_up(client, "mairie@saint-exemple.fr", shared_is_known="on").url == CODE
    type_code(client)
    assert person_signed_in(client).pix_email is None


def test_a_nominative_address_also_serves_for_pix(client):
    sign_up(client)
    type_code(client)
    person = person_signed_in(client)
    assert person.pix_email == person.email
    assert person.pix_email_confirmed_at


def test_the_box_about_shared_mailboxes_is_not_shown_to_others(client):
    assert "shared_is_known" not in client.get(SIGN_UP).content.decode()
    assert "shared_is_known" not in sign_up(client, "hélène@ville.fr").content.decode()


def test_a_new_code_can_be_asked_while_signing_up(client):
    sign_up(client)
    first = mailed_code()
    client.post(CODE, {"action": "resend"})
    assert mailed_code() != first
    type_code(client)
    assert person_signed_in(client).first_name == "Nadia"


def test_who_was_told_by_mail_that_no_account_exists_can_sign_up_at_once(client):
    ask_code(client, "nadia.benali@ville-exemple.fr")
    assert client.get(SIGN_UP).status_code == 200
    sign_up(client)
    type_code(client)
    assert person_signed_in(client).first_name == "Nadia"


def test_the_page_asked_for_is_kept_through_the_sign_up(client):
    answer = client.post(
        "/inscription/?next=/espace/donnees/",
        {"email": "nadia@ville-exemple.fr", "first_name": "Nadia", "last_name": "B", "next": "/espace/donnees/"},
    )
    assert client.post(answer.url, {"code": mailed_code()}).url == "/espace/donnees/"


@pytest.mark.django_db(transaction=True)
def test_two_sign_ups_at_the_same_moment_end_in_one_account():
    clients = [Client(), Client()]
    codes = []
    for client, email in zip(clients, ["nadia@ville-exemple.fr", "NADIA@ville-exemple.fr"], strict=True):
        sign_up(client, email)
        codes.append(mailed_code())
    answers = together(2, lambda index: type_code(clients[index], codes[index]).url)
    assert answers == ["/espace/", "/espace/"]
    person = Person.objects.get()
    assert [person_signed_in(client) for client in clients] == [person, person]
    assert person.emailaddress_set.count() == 1
