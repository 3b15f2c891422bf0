"""A file whose job gave up says so, why, and goes on from there."""

import pytest
from django.urls import reverse
from django.utils import timezone

from certification.habilitation.actions.imports import receiving, recording
from certification.habilitation.lifecycle import FileState
from certification.habilitation.models import Habilitation, ImportedFile
from lms.kernel.jobs import run_due
from lms.kernel.models import Job, JobState, JournalEntry
from tests.certification.habilitation.stock import general, received
from tests.certification.habilitation.views.test_files import deposit, shown
from tests.kernel.stopping import machine_stops
from tests.permissions.matrix import signed_in

pytestmark = pytest.mark.django_db


def at(found, name="file"):
    return reverse(f"habilitation:pilotage_{name}", args=[found.public_id])


def tried_to_death(name):
    """Every attempt that is allowed, one after the other."""
    for _ in range(20):
        Job.objects.filter(name=name, state=JobState.READY).update(due_at=timezone.now())
        run_due()
    return Job.objects.get(name=name, state=JobState.DEAD)


def fails_after(batches, monkeypatch):
    record, times = recording._record, []

    def fail(found, lines):
        times.append(1)
        if len(times) > batches:
            raise KeyError("aidant3@ville1.example")
        return record(found, lines)

    monkeypatch.setattr(recording, "BATCH", 2)
    monkeypatch.setattr(recording, "_record", fail)


def test_a_recording_that_gave_up_says_where_and_why_and_goes_on_from_there(pilot, monkeypatch):
    found, client = received(general(6), by=pilot), signed_in(pilot)
    with monkeypatch.context() as broken:
        fails_after(1, broken)
        client.post(at(found, "confirm"))
        job = tried_to_death("habilitation.record_file")
        text = shown(client.get(at(found)))
    assert "L’enregistrement a échoué" in text
    assert "a arrêté ce travail, après 8 essais." in text
    assert "2 lignes enregistrées sur 6" in text
    assert f"travail {job.pk}, KeyError." in text
    assert "aidant3@ville1.example" not in text.partition("Lignes du fichier")[0]
    assert "L’enregistrement est en cours" not in text
    assert "l’enregistrement a échoué" in shown(client.get(reverse("habilitation:pilotage_files")))
    assert "Le travail reprend" in shown(client.post(at(found, "take_up"), follow=True))
    run_due()
    found.refresh_from_db()
    assert (found.state, found.lines_done, Habilitation.objects.count()) == (FileState.DONE, 6, 6)
    assert JournalEntry.objects.get(verb="kernel.take_up").by == pilot
    assert "a échoué" not in shown(client.get(at(found)))


def test_a_reading_that_gave_up_is_taken_up_again_or_abandoned(pilot, monkeypatch):
    client = signed_in(pilot)
    with monkeypatch.context() as broken:
        broken.setattr(receiving, "_keep_lines", lambda *_: 1 / 0)
        deposit(client, general(2))
        tried_to_death("habilitation.read_file")
    found = ImportedFile.objects.get()
    text = shown(client.get(at(found)))
    for words in ("La lecture a échoué", "Rien n’en est enregistré.", "Reprendre", "Abandonner ce fichier"):
        assert words in text
    client.post(at(found, "take_up"))
    run_due()
    found.refresh_from_db()
    assert (found.state, found.lines_count) == (FileState.CHECKED, 2)


def test_a_machine_that_stops_at_the_last_attempt_leaves_no_file_under_way_for_ever(pilot):
    found, client = received(general(2), by=pilot), signed_in(pilot)
    recording.confirm(found, by=pilot)
    machine_stops("habilitation.record_file")
    assert "Le service a été interrompu" in shown(client.get(at(found)))


def test_a_file_that_did_not_stop_is_not_taken_up_again(pilot):
    found, client = received(general(2), by=pilot), signed_in(pilot)
    assert "n’est pas arrêté" in shown(client.post(at(found, "take_up"), follow=True))
    recording.confirm(found, by=pilot)
    assert "n’est pas arrêté" in shown(client.post(at(found, "take_up"), follow=True))
    assert Job.objects.filter(name="habilitation.record_file").count() == 1
