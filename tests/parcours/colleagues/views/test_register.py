import io
from datetime import date, timedelta
from importlib import import_module

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from lms.kernel.models import Job, JournalEntry
from lms.kernel.tables import read_file
from lms.organisations.actions import end_membership
from parcours.colleagues.models import RegisterExport
from parcours.learning.models import Enrolment, Progress
from tests.accounts.factories import PersonFactory
from tests.organisations.factories import MembershipFactory, OrganisationFactory
from tests.parcours.colleagues.factories import colleague_of, edition_open, referent_of
from tests.parcours.learning.factories import EnrolmentFactory, activity, reply, wrong
from tests.permissions.matrix import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def structure():
    return OrganisationFactory(name="CCAS de Dol")


@pytest.fixture
def nadia(structure):
    return referent_of(structure)


@pytest.fixture
def door(nadia):
    return signed_in(nadia)


def address(name, structure, *args):
    return reverse(f"colleagues:{name}", args=[structure.public_id, *args])


def follower(structure, last_name, edition=None, **values):
    person = colleague_of(structure, first_name="Agent", last_name=last_name)
    return EnrolmentFactory(person=person, edition=edition or edition_open(), employer=structure, **values)


def names(page):
    return [line.enrolment.person.last_name for line in page.context["lines"]]


def test_it_shows_steps_hours_and_days_and_nothing_of_what_was_answered(door, structure):
    enrolment = follower(structure, "Durand", started=True)
    quiz = activity(enrolment, 2)
    reply(enrolment, quiz, quiz.questions[0], wrong(quiz.questions[0]))
    page = door.get(address("register", structure))
    for words in ("Agent Durand", "1\u00a0sur\u00a03", "12\u00a0min", "en cours"):
        assertContains(page, words)
    assertContains(page, 'Relancer<span class="ui-hidden"> Agent Durand, ')
    text = page.content.decode()
    assert quiz.questions[0]["statement"] not in text
    assert "score" not in text.lower() and "note obtenue" not in text


def test_only_people_of_the_structure_for_that_structure_are_listed(door, structure):
    follower(structure, "Nôtre")
    follower(OrganisationFactory(), "Voisin")
    elsewhere = follower(OrganisationFactory(), "Double")
    MembershipFactory(person=elsewhere.person, organisation=structure)
    left = follower(structure, "Parti")
    end_membership(left.person.memberships.get(), by=None, on=date(2026, 6, 30))
    assert names(door.get(address("register", structure))) == ["Nôtre"]


def test_it_is_searched_filtered_and_sorted(door, structure):
    edition = edition_open(title="Autre parcours")
    follower(structure, "Attente")
    follower(structure, "Bientôt", started=True)
    follower(structure, "Complet", completed=True)
    follower(structure, "Départ", edition=edition)
    Enrolment.objects.filter(edition=edition).update(state="withdrawn")
    page = address("register", structure)
    assert names(door.get(page)) == ["Attente", "Bientôt", "Complet", "Départ"]
    assert names(door.get(page, {"q": "agent compl"})) == ["Complet"]
    assert names(door.get(page, {"etat": "a-faire"})) == ["Attente"]
    assert names(door.get(page, {"etat": "en-cours"})) == ["Bientôt"]
    assert names(door.get(page, {"etat": "termine"})) == ["Complet"]
    assert names(door.get(page, {"etat": "arrete"})) == ["Départ"]
    assert names(door.get(page, {"parcours": edition.parcours_id})) == ["Départ"]
    assert names(door.get(page, {"tri": "avancement"}))[-1] == "Complet"
    assert names(door.get(page, {"etat": "n’importe quoi", "parcours": "x", "tri": "?"})) == names(door.get(page))
    assertContains(door.get(page, {"q": "introuvable"}), "Personne ne correspond")


def test_who_has_been_away_for_two_weeks_is_found(door, structure):
    away, lately = follower(structure, "Loin", started=True), follower(structure, "Proche", started=True)
    never = follower(structure, "Jamais")
    Progress.objects.filter(pk=away.pk).update(last_at=timezone.now() - timedelta(days=15))
    Progress.objects.filter(pk=lately.pk).update(last_at=timezone.now() - timedelta(days=13))
    Enrolment.objects.filter(pk=never.pk).update(enrolled_at=timezone.now() - timedelta(days=15))
    found = door.get(address("register", structure), {"inactif": "on", "tri": "passage"})
    assert sorted(names(found)) == ["Jamais", "Loin"]


def test_people_without_a_parcours_are_counted_and_listed(door, structure):
    follower(structure, "Durand")
    colleague_of(structure, first_name="Zoé", last_name="Sans-Rien")
    page = door.get(address("register", structure))
    assertContains(page, "2 personnes de la structure ne suivent aucun parcours")
    alone = door.get(address("register", structure), {"etat": "aucun"})
    assertContains(alone, "Zoé Sans-Rien")
    assertContains(alone, "2 personnes sans parcours")
    assertNotContains(alone, "Agent Durand")


def test_nobody_yet_says_what_to_do(door, structure):
    page = door.get(address("register", structure))
    assertContains(page, "Aucun collègue ne suit encore de parcours")
    assertContains(page, address("choose", structure))


# --- Reminders --------------------------------------------------------------------------------------------------------


def test_one_or_several_people_are_reminded(door, structure):
    one, two, three = (follower(structure, name) for name in ("Un", "Deux", "Trois"))
    response = door.post(address("remind", structure), {"inscription": [one.pk, two.pk]}, follow=True)
    assertContains(response, "2 personnes recevront un rappel")
    response = door.post(address("remind", structure), {"une": three.pk, "inscription": [one.pk]}, follow=True)
    assertContains(response, "1 personne recevra un rappel")
    assertNotContains(response, "déjà parti")
    assert Job.objects.filter(name="colleagues.send_reminder").count() == 3


def test_who_was_reminded_this_week_is_not_again_and_the_page_says_so(door, structure):
    enrolment = follower(structure, "Durand")
    other = follower(structure, "Durand")
    Enrolment.objects.filter(pk=other.pk).update(person=enrolment.person)
    door.post(address("remind", structure), {"une": enrolment.pk})
    page = door.get(address("register", structure))
    assert [line.can_be_reminded for line in page.context["lines"]] == [False, False]
    response = door.post(address("remind", structure), {"inscription": enrolment.pk, "retour": "tri=nom"}, follow=True)
    assertContains(response, "un rappel est déjà parti cette semaine")
    assert response.request["QUERY_STRING"] == "tri=nom"


def test_nobody_of_another_structure_is_reminded(door, structure):
    theirs = follower(OrganisationFactory(), "Voisin")
    assertContains(door.post(address("remind", structure), {"une": theirs.pk}, follow=True), "Cochez d’abord")
    assertContains(door.post(address("remind", structure), {"une": "x"}, follow=True), "Cochez d’abord")
    assert not Job.objects.filter(name="colleagues.send_reminder").exists()


# --- Exports ----------------------------------------------------------------------------------------------------------


def test_the_export_says_what_the_list_says(door, structure):
    follower(structure, "Durand", completed=True)
    follower(structure, "=cmd")
    response = door.post(address("order_export", structure), {"format": "csv"})
    rows = [row.cells for row in read_file(io.BytesIO(response.content)).rows]
    assert len(rows) == 3
    assert b"'=cmd" in response.content
    line = dict(zip(rows[0], rows[2], strict=False))
    assert (line["Nom"], line["État"], line["Étapes terminées"], line["Heures prouvées"]) == (
        "Durand",
        "terminé",
        "3",
        "0,5",
    )
    assert line["Terminé le"] == f"{timezone.localdate():%d/%m/%Y}"
    assert JournalEntry.objects.get(verb="colleagues.export_register").after == {"rows": 2}


def test_the_export_follows_the_filters_and_opens_in_excel(door, structure):
    follower(structure, "Durand", completed=True)
    follower(structure, "Roux")
    response = door.post(address("order_export", structure), {"format": "xlsx", "etat": "termine"})
    sheet = openpyxl.load_workbook(io.BytesIO(response.content)).active
    assert [row[0].value for row in sheet.rows] == ["Nom", "Durand"]


def test_a_long_register_is_written_by_a_job(door, structure, run_jobs, monkeypatch):
    monkeypatch.setattr(import_module("parcours.colleagues.views.register"), "AT_ONCE", 1)
    follower(structure, "Durand")
    follower(structure, "Roux")
    response = door.post(address("order_export", structure), {"format": "csv", "q": "agent"})
    export = RegisterExport.objects.get()
    assertRedirects(response, address("export", structure, export.public_id))
    assertContains(door.get(response.url), "Le fichier se prépare")
    assert door.get(address("export_file", structure, export.public_id)).status_code == 404
    run_jobs()
    assertContains(door.get(response.url), "Télécharger le fichier")
    file = door.get(address("export_file", structure, export.public_id))
    assert len(list(read_file(io.BytesIO(file.content)).rows)) == 3
    assert "no-store" in file.headers["Cache-Control"]


# --- Cost -------------------------------------------------------------------------------------------------------------


def test_the_register_costs_the_same_for_two_people_or_forty(door, structure):
    edition = edition_open()

    def cost():
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert door.get(address("register", structure), {"par_page": "100"}).status_code == 200
        return len(queries)

    for n in range(2):
        follower(structure, f"Agent{n}", edition=edition)
    cost()
    few = cost()
    for n in range(2, 40):
        follower(structure, f"Agent{n}", edition=edition)
    assert cost() == few <= 15


def test_a_former_referent_reads_nothing_any_more(structure):
    person = PersonFactory()
    MembershipFactory(ended=True, person=person, organisation=structure, role="structure_referent")
    assert signed_in(person).get(address("register", structure)).status_code == 404
