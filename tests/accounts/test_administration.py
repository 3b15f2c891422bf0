"""The technical administration of accounts, the command that opens it, and the clock."""

import datetime

import pytest
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.utils import timezone

from lms.accounts import actions
from lms.accounts.models import DataRequest, FactorReset, Person
from lms.accounts.tasks import purge
from lms.kernel import privacy
from lms.kernel.models import JournalEntry
from tests.accounts.doors import give_printed_codes, last_mail, make_printed_codes, sign_in
from tests.accounts.factories import PersonFactory

pytestmark = pytest.mark.django_db
PEOPLE, RESETS, REQUESTS = "/admin/accounts/person/", "/admin/accounts/factorreset/", "/admin/accounts/datarequest/"


def administrator(client):
    person = PersonFactory(staff=True)
    sign_in(client, person)
    make_printed_codes(client)
    return person


def chosen(client, path, action, *rows):
    return client.post(path, {"action": action, "_selected_action": [row.pk for row in rows]}, follow=True)


@pytest.mark.parametrize("path", [PEOPLE, RESETS, REQUESTS, "/admin/", "/cms/"])
def test_the_administration_has_no_door_of_its_own(client, path):
    assert client.get(path).url.startswith("/connexion/?next=")
    sign_in(client, PersonFactory())
    assert client.get(path, follow=True).status_code in (200, 403)
    assert "password" not in client.get(path, follow=True).content.decode()


@pytest.mark.parametrize("path", [PEOPLE, RESETS, REQUESTS])
def test_the_lists_open_and_find(client, path):
    administrator(client)
    lost = PersonFactory(last_name="Introuvable")
    actions.ask_factor_reset(lost, by=PersonFactory(), reason="x")
    actions.ask_about_data(lost, kind="other", message="y")
    assert "Introuvable" in client.get(f"{path}").content.decode()
    assert client.get(f"{path}add/").status_code == 403


def test_correcting_a_person_is_journalled(client):
    admin, person = administrator(client), PersonFactory()
    path = f"{PEOPLE}{person.pk}/change/"
    data = {"first_name": "Zoé", "last_name": "Durand", "email": "zoe@ville-exemple.fr", "time_zone": "Europe/Paris"}
    assert client.post(path, data | {"is_active": "on"}).url == PEOPLE
    person.refresh_from_db()
    assert person.full_name == "Zoé Durand"
    entry = JournalEntry.objects.get(verb="accounts.correct_person")
    assert entry.by == admin
    assert "zoe" not in str(entry.after)


def test_closing_then_erasing_accounts(client):
    admin, person, kept = administrator(client), PersonFactory(), PersonFactory()
    chosen(client, PEOPLE, "erase_accounts", person)
    assert Person.objects.get(pk=person.pk).email
    chosen(client, PEOPLE, "close_accounts", person, admin)
    assert list(Person.objects.filter(is_active=False)) == [person]
    chosen(client, PEOPLE, "erase_accounts", person, kept)
    assert Person.objects.get(pk=person.pk).email is None
    assert Person.objects.get(pk=kept.pk).email


def test_a_reset_is_refused_early_then_executed(client):
    administrator(client)
    lost = PersonFactory()
    give_printed_codes(lost)
    reset = actions.ask_factor_reset(lost, by=PersonFactory(), reason="x")
    assert "peut encore s’y opposer" in chosen(client, RESETS, "execute", reset).content.decode()
    FactorReset.objects.update(due_at=timezone.now())
    assert "est effacé" in chosen(client, RESETS, "execute", reset).content.decode()
    assert not lost.authenticator_set.exists()
    assert client.get(f"{RESETS}{reset.pk}/change/").status_code == 200


def test_an_administrator_does_not_execute_what_they_asked(client):
    admin = administrator(client)
    reset = actions.ask_factor_reset(PersonFactory(), by=admin, reason="x")
    FactorReset.objects.update(due_at=timezone.now())
    for action in ("execute", "stop"):
        assert "par un autre administrateur" in chosen(client, RESETS, action, reset).content.decode()
    assert FactorReset.objects.get().state == "asked"


def test_an_administrator_may_stop_a_request(client):
    administrator(client)
    reset = actions.ask_factor_reset(PersonFactory(), by=PersonFactory(), reason="x")
    assert "est arrêtée" in chosen(client, RESETS, "stop", reset).content.decode()


def test_writing_an_answer_sends_it_once(client):
    admin, person = administrator(client), PersonFactory()
    request = actions.ask_about_data(person, kind="rectification", message="Mon nom a changé.")
    path = f"{REQUESTS}{request.pk}/change/"
    client.post(path, {"answer": "C’est corrigé."})
    request.refresh_from_db()
    assert (request.state, request.answered_by, request.answer) == ("answered", admin, "C’est corrigé.")
    assert last_mail().to == person.email
    assert "C’est corrigé." in last_mail().body
    assert 'name="answer"' not in client.get(path).content.decode()


def test_the_first_administrator_is_named_by_command(capsys):
    call_command("create_administrator", email=" Paul.Durand@Ville-Exemple.FR ")
    said = capsys.readouterr().out
    assert Person.objects.get().email == "paul.durand@ville-exemple.fr"
    assert "/connexion/?next=/admin/" in said
    assert last_mail().to == "paul.durand@ville-exemple.fr"


@pytest.mark.parametrize("email", ["paul", "mairie@ville-exemple.fr"])
def test_an_administrator_has_a_whole_address_of_their_own(email):
    with pytest.raises(CommandError, match="Cette adresse"):
        call_command("create_administrator", email=email)


def test_the_clock_forgets_what_privacy_promises(client):
    person = PersonFactory()
    sign_in(client, person)
    old = timezone.now() - datetime.timedelta(days=3 * 365 + 1)
    for closed_at in (old, timezone.now()):
        FactorReset.objects.create(
            person=person, asked_by=PersonFactory(), reason="vol", due_at=old, state="stopped", closed_at=closed_at
        )
    DataRequest.objects.create(
        person=person, kind="other", message="m", answer="a", state="answered", answered_at=old, answer_due_on=old
    )
    Session.objects.all().delete()
    purge("2026-11-22")
    assert sorted(FactorReset.objects.values_list("reason", flat=True)) == ["", "vol"]
    assert DataRequest.objects.get().message == ""
    assert not person.usersession_set.exists()


def test_everything_about_an_account_can_be_exported():
    person = PersonFactory()
    give_printed_codes(person)
    actions.ask_factor_reset(person, by=PersonFactory(), reason="téléphone volé")
    actions.ask_about_data(person, kind="other", message="ma question")
    text = str(privacy.export_person(person))
    for words in (person.email, "téléphone volé", "ma question"):
        assert words in text
    assert person.password not in text
