import datetime

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone

from certification.habilitation import actions
from certification.habilitation.actions.facts import locked
from certification.habilitation.actions.imports import recording
from certification.habilitation.actions.merging import merge_people
from certification.habilitation.lifecycle import Outcome
from certification.habilitation.models import ExternalId, Fact, ImportedLine
from lms.accounts.actions import erase_account
from lms.kernel.jobs import run_due
from lms.kernel.privacy import export_person
from tests.accounts.factories import PersonFactory
from tests.certification.habilitation.factories import DAY, HabilitationFactory, ImportedFileFactory, known
from tests.certification.habilitation.stock import pix_json, received

pytestmark = pytest.mark.django_db


def test_one_takes_away_all_that_is_known_of_oneself():
    one = HabilitationFactory(facts=["eligibility", "training"], profession="secrétaire de mairie")
    known(one, "pix", score=0)
    actions.leave(one, "left", "other", on=DAY, by=PersonFactory(), note="mutation")
    ExternalId.objects.create(person=one.person, system="aidants-connect", value="42")
    ImportedLine.objects.create(file=ImportedFileFactory(), number=2, values={"Nom": "Duval"}, person=one.person)
    exported = export_person(one.person)
    told = str(exported)
    for words in ("secrétaire de mairie", "mutation", "test Pix envoyé", "aidants-connect", "Duval"):
        assert words in told
    facts = exported["faits"]["données"]
    assert [fact["résultat en pourcentage"] for fact in facts] == [None, None, 0]


def test_files_are_forgotten_after_a_year_and_what_they_said_is_not():
    one = HabilitationFactory()
    old = ImportedFileFactory(received_at=timezone.now() - datetime.timedelta(days=366))
    old.content.save("ancien.csv", ContentFile(b"Nom;Duval"))
    new = ImportedFileFactory()
    new.content.save("nouveau.csv", ContentFile(b"Nom;Duval"))
    line = ImportedLine.objects.create(file=old, number=2, values={"Nom": "Duval"}, person=one.person)
    fact = known(one, "pix", file=old.pk)
    assert actions.forget_old_files() == 1
    for row in (old, new, line, fact):
        row.refresh_from_db()
    assert (bool(old.content), bool(new.content), line.values) == (False, True, {})
    assert fact.counts
    assert actions.forget_old_files() == 0


def test_who_is_erased_leaves_neither_a_merged_record_nor_a_line_that_bears_the_address():
    kept, merged = HabilitationFactory(person__email="anne@ville.example"), HabilitationFactory()
    merge_people(kept.person, merged.person, by=PersonFactory())
    file = ImportedFileFactory()
    lines = [
        ImportedLine.objects.create(file=file, number=2, values={"email": "Anne@Ville.example"}, outcome="faulty"),
        ImportedLine.objects.create(file=file, number=3, values={"email": "luc@ville.example"}, outcome="faulty"),
    ]
    assert merged.person.email in str(export_person(kept.person))
    assert "Anne@Ville.example" in str(export_person(kept.person))
    erase_account(kept.person, by=PersonFactory())
    merged.person.refresh_from_db()
    assert (merged.person.last_name, merged.person.email) == ("Personne effacée", None)
    for line in lines:
        line.refresh_from_db()
    assert [line.values for line in lines] == [{}, {"email": "luc@ville.example"}]


def test_of_who_is_erased_while_a_file_is_recorded_nothing_is_taken_over(monkeypatch):
    one = HabilitationFactory(person__email="anne@ville.example")
    found = received(pix_json((str(DAY), "anne@ville.example", 0.5)), "P1", name="pix.json")
    assert found.lines.get().outcome == Outcome.CHANGED

    def held(people):
        erase_account(one.person, by=PersonFactory())
        return locked(people)

    monkeypatch.setattr(recording, "locked", held)
    recording.confirm(found, by=found.received_by)
    run_due()
    line = found.lines.get()
    assert (line.outcome, line.values, line.person) == (Outcome.ERASED, {}, None)
    assert not Fact.objects.exists() and not ExternalId.objects.exists()
