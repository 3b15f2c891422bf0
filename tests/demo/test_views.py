import pytest
from django.core import mail
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from lms.demo.mailbox import MailboxBackend
from lms.demo.models import SentMail
from lms.demo.population import PERSONAS, populate_institutions, populate_personas
from tests.worlds import made_once

pytestmark = pytest.mark.django_db

SIGN_IN = "/_demonstration/connexion/"


@made_once
def _personas():
    populate_institutions()
    populate_personas()


@pytest.mark.usefixtures("_personas")
@pytest.mark.parametrize("persona", PERSONAS, ids=lambda persona: persona.code)
def test_a_persona_is_entered_in_one_click_without_second_factor(client, persona):
    response = client.post(SIGN_IN, {"persona": persona.code})
    assertRedirects(response, persona.lands, fetch_redirect_response=False)
    assert client.get("/espace/employeurs/").status_code == 200
    assert client.session["_auth_user_id"]


@pytest.mark.usefixtures("_personas")
@pytest.mark.parametrize("code", ["referente", "pilote-anct", "administratrice"])
def test_the_first_screen_of_a_persona_opens(client, code):
    response = client.post(SIGN_IN, {"persona": code}, follow=True)
    assert response.status_code == 200


@pytest.mark.usefixtures("_personas")
def test_the_sign_in_page_offers_each_persona(client):
    page = client.get(reverse("account_login"), {"next": "/espace/employeurs/"})
    for persona in PERSONAS:
        assertContains(page, persona.full_name)
    assertContains(page, "/_courriels/")
    response = client.post(SIGN_IN, {"persona": "apprenante", "next": "/espace/employeurs/"})
    assertRedirects(response, "/espace/employeurs/")


@pytest.mark.usefixtures("_personas")
def test_a_persona_finds_the_devices_signed_in_and_may_close_the_others(client):
    client.post(SIGN_IN, {"persona": "apprenante"}, headers={"user-agent": "Firefox/140.0 Linux"})
    assertContains(client.get("/espace/securite/"), "Appareils connectés (3)")
    page = client.post("/espace/securite/fermer/", {"which": "others"}, follow=True)
    assertContains(page, "Appareils connectés (1)")
    assertContains(page, "Firefox sur Linux")


@pytest.mark.usefixtures("_personas")
def test_one_click_never_leads_outside(client):
    response = client.post(SIGN_IN, {"persona": "apprenante", "next": "https://ailleurs.example/"})
    assert response.headers["Location"] == "/espace/"


@pytest.mark.usefixtures("_personas")
def test_another_persona_takes_the_place_of_the_first(client):
    client.post(SIGN_IN, {"persona": "administratrice"})
    first = client.session["_auth_user_id"]
    client.post(SIGN_IN, {"persona": "apprenante"})
    assert client.session["_auth_user_id"] != first
    assert client.get("/pilotage/structures/").status_code == 403


@pytest.mark.parametrize("code", ["", "inconnue", "apprenante"])
def test_a_persona_that_does_not_exist_opens_nothing(client, code):
    assert client.post(SIGN_IN, {"persona": code}).status_code == 404


@pytest.mark.usefixtures("_personas")
def test_one_click_is_a_form_with_its_token():
    from django.test import Client

    strict = Client(enforce_csrf_checks=True)
    assert strict.post(SIGN_IN, {"persona": "apprenante"}).status_code == 403
    assert strict.get(SIGN_IN).status_code == 405


def sent(**values):
    body = "Bonjour,\n\n    482913\n\nIl est valable 15 minutes : https://exemple.test/espace/"
    defaults = {"recipient": "a@exemple.test", "sender": "s@exemple.test", "subject": "Votre code", "body": body}
    return SentMail.objects.create(**defaults | values)


def test_messages_are_read_without_signing_in_the_newest_first(client):
    sent(subject="Premier")
    sent(subject="Deuxième")
    page = client.get("/_courriels/")
    text = page.content.decode()
    assert text.index("Deuxième") < text.index("Premier")
    assertContains(page, "Courriels envoyés (2)")
    assertContains(page, '<strong class="ui-copy__value" data-copy-value>482913</strong>')
    assertContains(page, 'href="https://exemple.test/espace/"')


def test_messages_are_searched_and_cut_in_pages(client):
    for rank in range(30):
        sent(subject=f"Message {rank}", recipient=f"personne{rank}@exemple.test")
    assertContains(client.get("/_courriels/"), "Page suivante")
    found = client.get("/_courriels/", {"q": "personne7 message"})
    assertContains(found, "Message 7")
    assertNotContains(found, "Message 8")
    assertContains(client.get("/_courriels/", {"q": "introuvable"}), "Aucun message")


def test_a_message_is_shown_never_run(client):
    sent(subject="<script>alert(1)</script>", body="<img src=x onerror=alert(1)>")
    assertNotContains(client.get("/_courriels/"), "<script>alert")
    assertNotContains(client.get("/_courriels/"), "<img src=x")


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("Voici :\n\n    4386-4639\n\nAdieu", "4386-4639"),
        ("Voici :\n\n    482913\n", "482913"),
        ("Le 482913 dans une phrase.", ""),
        ("01 23 45 67 89", ""),
    ],
)
def test_a_code_is_found_on_a_line_of_its_own(body, code):
    assert sent(body=body).code == code


def test_the_page_that_waits_for_a_code_says_where_to_read_it(client):
    response = client.post(reverse("account_login"), {"login": "a@exemple.test"}, follow=True)
    assertContains(response, "Courriels envoyés")


def test_the_list_of_messages_costs_the_same_for_one_or_a_hundred(client, django_assert_max_num_queries):
    for rank in range(100):
        sent(subject=f"Message {rank}")
    client.get("/_courriels/")
    with django_assert_max_num_queries(6):
        client.get("/_courriels/", {"par_page": "100"})


def test_what_is_sent_is_kept_and_nothing_leaves():
    message = mail.EmailMessage("Objet", "Texte", "s@exemple.test", ["a@exemple.test"], headers={"Message-ID": "<1@x>"})
    empty = mail.EmailMessage("Sans destinataire", "Texte", "s@exemple.test", [])
    assert MailboxBackend().send_messages([message, empty]) == 1
    kept = SentMail.objects.get()
    assert (kept.subject, kept.recipient, kept.message_id) == ("Objet", "a@exemple.test", "<1@x>")
