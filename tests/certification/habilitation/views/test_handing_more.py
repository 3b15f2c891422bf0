"""What ANCT, Mon inclusion numérique and operators read besides: structures, conseillers, progress, attendance."""

import csv
import datetime
import io

import pytest
from django.urls import reverse
from openpyxl import load_workbook
from pytest_django.asserts import assertContains, assertNotContains

from certification.habilitation.actions import handing
from certification.habilitation.documents.handing import EXPORTS
from certification.habilitation.lifecycle import Outcome
from certification.habilitation.models import HandOver
from lms.kernel.jobs import run_due
from lms.organisations.models import Role
from lms.organisations.queries import today
from lms.pilotage.documents.figures import territory_of
from lms.pilotage.documents.tables import Reader
from lms.pilotage.engine import registry
from lms.pilotage.models.reading import Level
from tests.accounts.factories import PersonFactory
from tests.certification.habilitation.factories import HabilitationFactory
from tests.certification.habilitation.situations import both_signed, preparing_session
from tests.certification.habilitation.stock import recorded
from tests.kernel.stopping import machine_stops
from tests.organisations.factories import CampagneFactory, MembershipFactory, OrganisationFactory
from tests.permissions.matrix import signed_in

pytestmark = pytest.mark.django_db
DAY = datetime.date(2026, 9, 14)


def ask(person, kind, space="pilotage", **data):
    return signed_in(person).post(reverse(f"habilitation:{space}_export", args=[kind]), data)


def lines(response) -> list[str]:
    assert response.status_code == 200
    return response.content.decode("utf-8-sig").strip().split("\r\n")


def test_structures_go_out_with_the_columns_of_mon_inclusion_numerique(pilot):
    where = OrganisationFactory(name="=Mairie", france_services=True, france_services_number="12", city="Rennes")
    HabilitationFactory(organisation=where, facts=("eligibility", "training", "pix"))
    head, line = lines(ask(pilot, "M2"))
    assert head == "Nom,Typologie,Code postal,Commune,Adresse,SIRET,Labellisation / habilitation"
    assert line.startswith("'=Mairie,")
    assert line.endswith(',"Aidants Connect, France Services"')


def test_a_structure_where_nobody_is_followed_does_not_go_out(pilot):
    OrganisationFactory()
    assert ask(pilot, "M2").status_code == 302
    assert HandOver.objects.count() == 0


def signed_session(**values):
    """Two half-days, two people, one of whom missed both; on locked sheets."""
    session = preparing_session(2, online=False, **values)
    first, second = session.registrations.order_by("pk")
    both_signed(session, absent=[second])
    return session, first, second


def test_attendance_goes_out_half_day_by_half_day_and_comes_back_without_effect(pilot):
    _, first, second = signed_session()
    response = ask(pilot, "AS")
    assert response["Content-Disposition"] == 'attachment; filename="assiduite.csv"'
    head, *rows = csv.reader(lines(response), delimiter=";")
    assert ";".join(head) == (
        "id_session;intitule;of;siret_of;date_debut;date_fin;modalite;duree_prevue_h;email;nom;prenom;"
        "siret_structure;data_pass_id;demi_journee;present;heures_realisees;signature_le"
    )
    assert len(rows) == 4
    told = {(row[8], row[14], row[15] != "0,00", bool(row[16])) for row in rows}
    assert told == {(first.person.email, "Oui", True, True), (second.person.email, "Non", False, False)}
    found = recorded(response.content, "AS", dated_on=today())
    assert found.counts == {Outcome.LEFT_OUT: 4}


def test_an_organisme_takes_out_its_own_attendance_and_no_board(pilot):
    session, *_ = signed_session()
    manager = MembershipFactory(organisation=session.organisation, role=Role.TRAINING_MANAGER).person
    other = MembershipFactory(organisation=OrganisationFactory(training=True), role=Role.TRAINING_MANAGER).person
    assert len(lines(ask(manager, "AS", "formation"))) == 5
    assert ask(other, "AS", "formation").status_code == 302
    assert ask(manager, "AV", "formation").status_code == 403
    page = signed_in(manager).get(reverse("habilitation:formation_exports")).content.decode()
    assert "assiduite.csv" in page
    assert "avancement-20000.csv" not in page


def test_what_conseillers_followed_goes_out_with_what_is_not_known_left_empty(pilot):
    session, first, _ = signed_session()
    session.registrations.update(is_conseiller=True)
    (row,) = csv.DictReader(lines(ask(pilot, "M5")), delimiter=",")
    assert tuple(row) == EXPORTS["M5"].columns
    assert row["observations"] == f"{session.title} ({first.person.full_name})"
    assert row["date_debut"] == f"{session.starts_at.astimezone(session.tzinfo):%d/%m/%Y}"
    assert {row[name] for name in ("personne_id_pg", "lot", "label", "pix", "remn")} == {""}


def test_the_list_of_conseillers_tells_the_end_of_their_last_session(pilot):
    session, first, _ = signed_session()
    HabilitationFactory(person=first.person, is_conseiller=True)
    HabilitationFactory(person=PersonFactory(email="a@conseiller-numerique.fr"), is_conseiller=True)
    HabilitationFactory()
    trained, new = csv.DictReader(lines(ask(pilot, "CN")), delimiter=";")
    assert tuple(trained) == EXPORTS["CN"].columns
    assert trained["Date de fin de formation"] == f"{session.ends_at.astimezone(session.tzinfo):%d/%m/%Y}"
    assert (new["Email"], new["Email @conseiller-numerique.fr"]) == ("", "a@conseiller-numerique.fr")
    assert new["Date de fin de formation"] == new["Certification"] == ""


def test_the_progress_adds_up_to_the_board_for_each_step(pilot):
    campagne = CampagneFactory(code="2026")
    for rank in range(5):
        facts = ("eligibility", "training", "pix")[: 1 + rank % 3]
        HabilitationFactory(facts=dict.fromkeys(facts, DAY))
    twice = HabilitationFactory(facts=dict.fromkeys(("eligibility", "training", "pix"), DAY))
    HabilitationFactory(person=twice.person, facts={"eligibility": DAY})
    response = ask(pilot, "AV")
    assert response["Content-Disposition"] == 'attachment; filename="avancement-20000.csv"'
    rows = list(csv.DictReader(lines(response), delimiter=";"))
    assert tuple(rows[0]) == EXPORTS["AV"].columns
    board = Reader(pilot, Level.PEOPLE, campagne, territory_of(pilot, campagne))
    columns = ("nb_inscrits", "nb_formes", "nb_tests_pix", "nb_habilites", "nb_operationnels")
    for column, step in zip(columns, registry.funnel(registry.PEOPLE)[1:], strict=True):
        assert sum(int(row[column]) for row in rows) == board.whole(step)
    assert sum(int(row["nb_structures_eligibles"]) for row in rows) == 7
    assert {row["date_extraction"] for row in rows} == {f"{today():%d/%m/%Y}"}


def test_excel_is_offered_for_each_of_them(pilot):
    CampagneFactory(code="2026")
    signed_session()
    HabilitationFactory(is_conseiller=True, facts={"eligibility": DAY})
    for kind in ("M2", "CN", "AV", "AS"):
        sheet = load_workbook(io.BytesIO(ask(pilot, kind, form="xlsx").content)).active
        assert tuple(cell.value for cell in sheet[1]) == EXPORTS[kind].columns


def test_a_long_file_is_made_by_a_job_kept_a_week_for_who_asked_and_logged_at_once(pilot, monkeypatch):
    monkeypatch.setattr(handing, "AT_ONCE", 1)
    for _ in range(2):
        HabilitationFactory()
    client, log = signed_in(pilot), reverse("habilitation:pilotage_exports")
    response = client.post(reverse("habilitation:pilotage_export", args=["M2"]), follow=True)
    assert "se prépare" in response.content.decode()
    handed = HandOver.objects.get()
    address = reverse("habilitation:pilotage_made", args=[handed.public_id])
    assert (handed.lines, client.get(address).status_code) == (2, 404)
    run_due()
    assert address in client.get(log).content.decode()
    assert len(lines(client.get(address))) == 3
    another = MembershipFactory(organisation=OrganisationFactory(kind="anct"), role=Role.PILOT).person
    assert signed_in(another).get(address).status_code == 404
    HandOver.objects.update(at=handed.at - datetime.timedelta(days=8))
    handing.forget_made_files()
    assert client.get(address).status_code == 404
    assert HandOver.objects.get().sha256 != ""


def test_a_long_file_that_stopped_says_so_to_who_asked_and_is_made_once_asked_again(pilot, monkeypatch):
    monkeypatch.setattr(handing, "AT_ONCE", 0)
    HabilitationFactory()
    client, log = signed_in(pilot), reverse("habilitation:pilotage_exports")
    client.post(reverse("habilitation:pilotage_export", args=["M2"]))
    machine_stops("habilitation.write_hand_over")
    again = reverse("habilitation:pilotage_again", args=[HandOver.objects.get().public_id])
    assertContains(client.get(log), "La préparation s’est arrêtée")
    assertContains(client.get(log), f'action="{again}"')
    another = signed_in(MembershipFactory(organisation=OrganisationFactory(kind="anct"), role=Role.PILOT).person)
    assertContains(another.get(log), "préparation arrêtée")
    assertNotContains(another.get(log), again)
    assert another.post(again).status_code == 404
    assertContains(client.post(again, follow=True), "Le travail reprend")
    run_due()
    assert HandOver.objects.get().content
    assertContains(client.post(again, follow=True), "n’est pas arrêté")


def test_attendance_costs_the_same_for_two_sessions_as_for_one(pilot, django_assert_max_num_queries):
    signed_session()
    signed_session()
    with django_assert_max_num_queries(32):
        assert len(lines(ask(pilot, "AS"))) == 9
