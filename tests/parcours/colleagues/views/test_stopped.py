"""A list, or the file of a register, whose job gave up: it says so, and goes on from there."""

from importlib import import_module

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from lms.kernel.models import Job, JournalEntry
from parcours.colleagues import actions
from parcours.colleagues.models import RegisterExport
from parcours.learning.models import Enrolment
from tests.kernel.stopping import machine_stops
from tests.organisations.factories import OrganisationFactory
from tests.parcours.colleagues.factories import colleague_of, draft, edition_open, outcomes, referent_of
from tests.parcours.learning.factories import EnrolmentFactory
from tests.permissions.matrix import signed_in

pytestmark = pytest.mark.django_db
STOPPED = "La préparation du fichier s’est arrêtée"


@pytest.fixture
def structure():
    return OrganisationFactory(name="CCAS de Dol")


@pytest.fixture
def nadia(structure):
    return referent_of(structure)


def at(name, structure, *args):
    return reverse(f"colleagues:{name}", args=[structure.public_id, *args])


def test_a_list_that_stopped_says_so_goes_on_and_enrols_nobody_twice(structure, nadia, run_jobs, monkeypatch):
    monkeypatch.setattr("parcours.colleagues.tasks.LINES_AT_A_TIME", 1)
    found, client = actions.confirm_list(draft(structure, nadia), by=nadia), signed_in(nadia)
    run_jobs(limit=1)
    machine_stops("colleagues.enrol_list")
    report, again = found.get_absolute_url(), at("take_up", structure, found.public_id)
    page = client.get(report)
    for words in ("Les inscriptions se sont arrêtées", "1 ligne traitée sur 2", "a été interrompu", "arrêtée"):
        assertContains(page, words)
    assertNotContains(page, "se font en ce moment")
    assertContains(client.get(at("choose", structure)), "arrêtée")
    assertContains(client.post(again, follow=True), "Le travail reprend")
    assertContains(client.get(report), "se font en ce moment")
    assertContains(client.post(again, follow=True), "n’est pas arrêté")
    run_jobs()
    assert outcomes(found) == ["enrolled", "enrolled"]
    assert Enrolment.objects.count() == 2
    assert JournalEntry.objects.get(verb="kernel.take_up").by == nadia
    assertNotContains(client.get(report), "arrêtée")


def test_a_draft_is_not_taken_up(structure, nadia):
    found = draft(structure, nadia)
    response = signed_in(nadia).post(at("take_up", structure, found.public_id), follow=True)
    assertContains(response, "n’est pas arrêté")
    assert not Job.objects.exists()


def test_a_register_that_stopped_says_so_and_is_written_once_asked_again(structure, nadia, run_jobs, monkeypatch):
    monkeypatch.setattr(import_module("parcours.colleagues.views.register"), "AT_ONCE", -1)
    client = signed_in(nadia)
    page = client.post(at("order_export", structure)).url
    machine_stops("colleagues.write_export")
    assertContains(client.get(page), STOPPED)
    again = at("write_again", structure, RegisterExport.objects.get().public_id)
    response = client.post(again, follow=True)
    assertRedirects(response, page)
    assertContains(response, "Le fichier se prépare")
    run_jobs()
    assertContains(client.get(page), "Le fichier est prêt")
    assertContains(client.post(again, follow=True), "n’est pas arrêté")


def test_a_long_register_tells_the_days_of_who_asked_as_a_short_one_does(structure, run_jobs, monkeypatch):
    enrolment = EnrolmentFactory(person=colleague_of(structure), edition=edition_open(), employer=structure)
    Enrolment.objects.filter(pk=enrolment.pk).update(enrolled_at="2026-11-02T20:00Z")
    client = signed_in(referent_of(structure, time_zone="Pacific/Noumea"))
    assertContains(client.post(at("order_export", structure)), "03/11/2026")
    monkeypatch.setattr(import_module("parcours.colleagues.views.register"), "AT_ONCE", 0)
    page = client.post(at("order_export", structure)).url
    run_jobs()
    assertContains(client.get(f"{page}fichier/"), "03/11/2026")
