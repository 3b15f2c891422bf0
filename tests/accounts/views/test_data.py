import datetime
import json

import pytest
import time_machine
from django.utils import timezone

from lms.accounts.models import DataRequest
from lms.accounts.views.data import written
from lms.kernel.formats import instant
from lms.kernel.models import JournalEntry
from tests.accounts.doors import last_mail, sign_in
from tests.accounts.factories import PersonFactory

pytestmark = pytest.mark.django_db
DATA, EXPORT, FILE, ASK = (
    "/espace/donnees/",
    "/espace/donnees/export/",
    "/espace/donnees/export/fichier/",
    "/espace/donnees/demande/",
)


def test_the_page_says_what_is_held_why_and_on_what_basis(client):
    sign_in(client, PersonFactory())
    page = client.get(DATA).content.decode()
    for words in ("Base légale", "Reconnaître la personne", "appareils connectés", "CNIL"):
        assert words.casefold() in page.casefold()


def test_the_export_is_readable(client):
    person = PersonFactory(first_name="Zoé", last_name="O’Connor")
    sign_in(client, person)
    page = client.get(EXPORT).content.decode()
    for words in ("Zoé", "O’Connor", person.email, "Hexagone et Corse"):
        assert words in page
    assert "None" not in page


def test_the_export_is_also_a_file_for_a_machine_and_is_journalled(client):
    person = PersonFactory(last_name="محمد")
    sign_in(client, person)
    assert client.get(FILE).status_code == 405
    answer = client.post(FILE)
    assert answer["Content-Disposition"].startswith('attachment; filename="mes-donnees-')
    held = json.loads(answer.content)
    identity = next(part for part in held.values() if part["données"] and "nom" in part["données"][0])
    assert identity["données"][0]["nom"] == "محمد"
    assert JournalEntry.objects.get(verb="accounts.export_data").by == person


def test_the_export_holds_nothing_of_anybody_else(client):
    other = PersonFactory(last_name="Personne-Tierce")
    sign_in(client, PersonFactory())
    text = client.post(FILE).content.decode()
    assert other.last_name not in text
    assert other.email not in text


def test_a_request_is_recorded_acknowledged_and_due_in_a_month(client):
    person = PersonFactory()
    sign_in(client, person)
    with time_machine.travel("2026-11-22 10:00Z", tick=False):
        assert client.post(ASK, {"kind": "erasure", "message": "Merci d’effacer mon compte."}).url == DATA
        request = DataRequest.objects.get()
        assert (request.person, request.kind, request.state) == (person, "erasure", "open")
        assert (request.answer_due_on - timezone.localdate()).days == 30
    assert last_mail().subject == "Votre demande sur vos données est enregistrée"
    assert "effacer mon compte" in last_mail().body
    assert "Merci d’effacer mon compte." in client.get(DATA).content.decode()


@pytest.mark.parametrize("data", [{}, {"kind": "erasure"}, {"kind": "vendre", "message": "x"}])
def test_a_request_that_says_nothing_is_refused_in_place(client, data):
    sign_in(client, PersonFactory())
    page = client.post(ASK, data)
    assert page.status_code == 200
    assert "Erreur" in page.content.decode()
    assert not DataRequest.objects.exists()


def test_nobody_sees_the_requests_of_others(client):
    other = PersonFactory()
    DataRequest.objects.create(
        person=other, kind="other", message="ma demande privée", answer_due_on=timezone.localdate()
    )
    sign_in(client, PersonFactory())
    assert "ma demande privée" not in client.get(DATA).content.decode()


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (True, "oui"),
        (False, "non"),
        (None, "–"),
        ("", "–"),
        (3, "3"),
        ("Zoé", "Zoé"),
        ([], "–"),
        (["a", True], "a, oui"),
        ("2026-11-22", "22/11/2026"),
        ("2026-02-31", "2026-02-31"),
        ({"a": None}, "a\u00a0: –"),
        ("2026-11-22T09:30:00Z", instant(datetime.datetime(2026, 11, 22, 9, 30, tzinfo=datetime.UTC))),
    ],
)
def test_values_are_written_for_people(value, text):
    assert written(value) == text
