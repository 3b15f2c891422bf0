"""Somebody who asked to be erased comes back by no file, until they ask to."""

import pytest
from django.urls import reverse

from certification.habilitation.actions.imports import recording
from certification.habilitation.lifecycle import FileState, Outcome
from certification.habilitation.models import ExternalId, Habilitation, ImportedLine, Refusal
from lms.accounts.actions import erase_account
from lms.accounts.models import Person
from lms.kernel.jobs import run_due
from lms.kernel.models import JournalEntry
from lms.organisations.models import Role
from tests.accounts.factories import PersonFactory
from tests.certification.habilitation.stock import GENERAL, csv_of, general, general_line, pix_json, received, recorded
from tests.certification.habilitation.views.test_files import deposit, shown
from tests.organisations.factories import MembershipFactory, OrganisationFactory
from tests.permissions.matrix import signed_in

pytestmark = pytest.mark.django_db
ADDRESS = "aidant1@ville0.example"
SAID = "personne effacée à sa demande"


@pytest.fixture
def admin():
    return MembershipFactory(organisation=OrganisationFactory(kind="anct"), role=Role.ADMIN).person


@pytest.fixture
def erased():
    recorded(general(3))
    person = Person.objects.get(email=ADDRESS)
    erase_account(person, by=PersonFactory())
    return person


def lift(client, told):
    return client.post(reverse("habilitation:refusals"), {"told": told}, follow=True)


def test_the_next_national_file_makes_nobody_who_was_erased_and_counts_the_line_apart(erased, admin):
    people = Person.objects.count()
    client = signed_in(admin)
    page = deposit(client, general(4)).headers["Location"]
    run_due()
    text = shown(client.get(page))
    assert f"{SAID.capitalize()} (1)" in text
    assert "1 d’une personne effacée à sa demande" in text
    client.post(f"{page}enregistrer/")
    run_due()
    assert not Person.objects.filter(email=ADDRESS).exists()
    assert Person.objects.count() == people + 1
    assert Habilitation.objects.filter(person=erased).count() == 1
    line = ImportedLine.objects.get(outcome=Outcome.ERASED)
    assert (line.values, line.person, line.candidates) == ({}, None, [])
    assert ADDRESS not in shown(client.get(f"{page}?suite=erased"))


def test_no_file_of_another_nature_asks_somebody_whose_line_it_is(erased):
    found = recorded(
        pix_json(("2026-09-01", ADDRESS, 70), ("2026-09-01", "personne@inconnue.example", 60)),
        kind="P1",
        name="pix.json",
    )
    assert found.counts == {Outcome.ERASED: 1, Outcome.UNMATCHED: 1}


def test_the_stable_identifier_is_enough_whatever_the_address():
    person = PersonFactory()
    ExternalId.objects.create(person=person, system="aidants_connect", value="4217")
    erase_account(person, by=PersonFactory())
    from_there = {"ID": "4217", "Adresse e-mail": "autre@adresse.example"}
    found = recorded(csv_of(("ID", *GENERAL), [general_line(0, **from_there), general_line(1, ID="4218")]))
    assert found.counts == {Outcome.ERASED: 1, Outcome.NEW: 1}


def test_nothing_that_is_kept_can_be_read_back(erased):
    kept = str(list(Refusal.objects.values()))
    assert Refusal.objects.filter(person=erased).exists()
    assert ADDRESS not in kept
    assert "aidant1" not in kept


def test_a_former_key_of_the_service_is_still_recognised(erased, settings):
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "k" * 60
    assert received(general(3)).counts[Outcome.ERASED] == 1


def test_a_line_read_before_the_erasure_does_nothing_after_it():
    recorded(general(1))
    person = Person.objects.get(email="aidant0@ville0.example")
    waiting = received(csv_of(GENERAL, [general_line(0, **{"Date de formation": "02-06-2025"}), general_line(5)]))
    assert waiting.state == FileState.CHECKED
    erase_account(person, by=PersonFactory())
    waiting.refresh_from_db()
    assert waiting.counts == {Outcome.ERASED: 1, Outcome.NEW: 1}
    recording.confirm(waiting, by=PersonFactory())
    run_due()
    waiting.refresh_from_db()
    assert (waiting.state, waiting.counts) == (FileState.DONE, {Outcome.ERASED: 1, Outcome.NEW: 1})


def test_an_administrator_lifts_it_when_the_person_asks_to_come_back(erased, admin):
    client = signed_in(admin)
    address = reverse("habilitation:refusals")
    assert f'href="{address}"' in shown(client.get(reverse("habilitation:pilotage_files")))
    assert "1 personne effacée." in shown(client.get(address))
    assert "Le refus est levé" in shown(lift(client, f" {ADDRESS.upper()} "))
    assert not Refusal.objects.exists()
    entry = JournalEntry.objects.get(verb="habilitation.lift_refusals")
    assert (entry.by, entry.subject_id) == (admin, str(erased.pk))
    assert recorded(general(3)).counts == {Outcome.SAME: 2, Outcome.NEW: 1}
    assert Person.objects.filter(email=ADDRESS, is_active=True).exists()


def test_what_is_lifted_is_all_that_was_kept_of_one_human_being(admin):
    kept, merged = PersonFactory(), PersonFactory(email="ancienne@ville.example")
    ExternalId.objects.create(person=kept, system="aidants_connect", value="4217")
    Person.objects.filter(pk=merged.pk).update(merged_into=kept)
    erase_account(kept, by=PersonFactory())
    erase_account(PersonFactory(), by=PersonFactory())
    assert Refusal.objects.count() == 4
    lift(signed_in(admin), "ancienne@ville.example")
    assert Refusal.objects.count() == 1


def test_an_address_that_nobody_refused_or_none_at_all_is_refused_in_a_sentence(erased, admin):
    client = signed_in(admin)
    for told, said in (("inconnue@ville.example", "Aucune personne effacée"), ("", "")):
        response = lift(client, told)
        assert response.status_code == 422
        assert said in shown(response)
    assert Refusal.objects.exists()


def test_whoever_made_an_account_again_by_themselves_is_known_by_its_address(erased):
    person = Person.objects.create_person(ADDRESS, "Camille", "Nom1")
    assert recorded(general(3)).counts.get(Outcome.ERASED) is None
    assert Habilitation.objects.filter(person=person).exists()
