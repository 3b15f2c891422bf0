"""prises-en-charge-opco.csv: one line a person, of one’s own OPCO, logged, long ones by a job."""

import csv
import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from certification.funding.documents.people import COLUMNS, FILES
from certification.funding.models import Demande
from certification.habilitation.actions import handing
from certification.habilitation.models import HandOver
from lms.kernel.jobs import run_due
from lms.kernel.models import JournalEntry
from tests.certification.funding import factories as made
from tests.certification.funding.factories import plain
from tests.kernel.stopping import machine_stops
from tests.permissions.matrix import signed_in

PAGE = "/financement/fichier/"


def asked(form="csv", code="PEC", first=-30, last=0):
    """`first`, `last`: in days from now."""
    days = {"starts_on": str(made.in_days(first)), "ends_on": str(made.in_days(last))}
    return {"fichier": f"{code}.{form}"} | days


def taken(client, **values):
    return client.post(PAGE, asked(**values))


def lines(response) -> list[dict]:
    return list(csv.DictReader(response.content.decode("utf-8-sig").splitlines(), delimiter=";"))


def test_each_person_of_each_file_has_a_line_with_hours_cost_and_where_to_check(desk, opco):
    demande = made.validated(opco=opco, people=2)
    run_due()
    response = taken(desk)
    assert response["Content-Disposition"] == 'attachment; filename="prises-en-charge-opco.csv"'
    rows = lines(response)
    assert tuple(rows[0]) == COLUMNS
    assert {row["reference_dossier"] for row in rows} == {demande.number}
    assert len({row["email"] for row in rows}) == 2
    for row in rows:
        assert row["opco"] == str(opco)
        assert row["siret_employeur"] == demande.siret
        assert Decimal(row["heures_realisees"].replace(",", ".")) > 0
        assert "/verifier/" in row["certificat_realisation_url"]
        assert row["date_decision"] == f"{demande.agreed_on:%d/%m/%Y}"
    total = sum(Decimal(row["cout_pedagogique_ttc"].replace(",", ".")) for row in rows)
    assert total == made.fresh(demande).cost


def test_the_attendance_of_the_people_of_its_files_goes_out_and_of_nobody_else(desk, opco):
    demande = made.validated(opco=opco, people=2)
    made.held(opco=made.an_opco(name="OPCO voisin"))
    response = taken(desk, code="ASO")
    assert response["Content-Disposition"] == 'attachment; filename="assiduite.csv"'
    rows = lines(response)
    assert tuple(rows[0]) == FILES["ASO"].columns
    people = {one.registration.person.email for one in demande.beneficiaries.select_related("registration__person")}
    assert {row["email"] for row in rows} == people
    assert taken(desk, code="A1").status_code == 404


def test_a_cost_is_shared_to_the_cent(desk, opco):
    made.filed(opco=opco, people=3)
    Demande.objects.update(cost=Decimal(100))
    costs = [Decimal(row["cout_pedagogique_ttc"].replace(",", ".")) for row in lines(taken(desk))]
    assert sorted(costs) == [Decimal("33.33"), Decimal("33.33"), Decimal("33.34")]


def test_a_file_holds_what_was_filed_decided_or_paid_in_its_days(desk, officer, opco):
    old, decided, new = (made.filed(opco=opco) for _ in range(3))
    before = timezone.now() - datetime.timedelta(days=60)
    Demande.objects.filter(pk__in=[old.pk, decided.pk]).update(filed_at=before)
    made.actions.grant(decided, by=officer)
    told = {row["reference_dossier"] for row in lines(taken(desk))}
    assert told == {decided.number, new.number}
    assert {row["reference_dossier"] for row in lines(taken(desk, first=-61, last=-59))} == {old.number, decided.number}
    assert "serait vide" in plain(desk.post(PAGE, asked(first=-40, last=-35), follow=True))
    handed = HandOver.objects.latest("pk")
    assert handed.period == (made.in_days(-61), made.in_days(-59))
    assert f"du {made.in_days(-61):%d/%m/%Y} au {made.in_days(-59):%d/%m/%Y}" in plain(desk.get(PAGE))


@pytest.mark.parametrize(
    ("days", "said"),
    [
        ({"starts_on": "", "ends_on": ""}, "manque"),
        ({"starts_on": "hier"}, "Écrivez une date"),
        ({"ends_on": "0001-01-01"}, "ne se peut pas ici"),
        ({"starts_on": str(made.in_days(1))}, "à venir"),
        ({"ends_on": str(made.in_days(-40))}, "précède le début"),
        ({"starts_on": str(made.in_days(-366))}, "un an au plus"),
    ],
)
def test_days_that_cannot_be_are_refused_and_nothing_goes_out(desk, opco, days, said):
    made.filed(opco=opco)
    response = desk.post(PAGE, asked() | days)
    assert response.status_code == 422 and said in plain(response)
    assert not HandOver.objects.exists()
    assert taken(desk, first=-365).status_code == 200


def test_the_day_of_a_half_day_is_that_of_its_place(desk, opco):
    demande = made.held(opco=opco)
    session, half_day = demande.session, demande.session.half_days.order_by("starts_at").last()
    type(session).objects.filter(pk=session.pk).update(zone="Pacific/Noumea")
    day = half_day.starts_at.date() + datetime.timedelta(days=1)
    start = datetime.datetime.combine(day, datetime.time(8), ZoneInfo("Pacific/Noumea"))  # the day before, in Paris
    session.half_days.filter(pk=half_day.pk).update(starts_at=start, ends_at=start + datetime.timedelta(hours=3))
    days = {"starts_on": str(day), "ends_on": str(day)}
    rows = lines(desk.post(PAGE, asked(code="ASO") | days))
    assert [row["demi_journee"] for row in rows] == [f"{day:%d/%m/%Y} 08:00-11:00"]


def test_another_opco_takes_out_nothing_of_it_and_an_empty_file_is_refused(desk, opco):
    made.filed(opco=opco)
    neighbour = signed_in(made.officer_of(made.an_opco(name="OPCO voisin")))
    assert taken(neighbour).status_code == 302
    assert "serait vide" in plain(neighbour.get(PAGE))
    assert taken(desk).status_code == 200


def test_what_is_taken_out_is_logged_for_its_officer_alone_and_a_long_file_waits_for_its_job(
    desk, officer, opco, monkeypatch
):
    made.filed(opco=opco, people=2)
    monkeypatch.setattr(handing, "AT_ONCE", 1)
    assert "se prépare" in plain(desk.post(PAGE, asked("xlsx"), follow=True))
    handed = HandOver.objects.get()
    address = f"{PAGE}{handed.public_id}/"
    assert (handed.kind, handed.lines, handed.by, handed.organisation) == ("PEC", 2, officer, opco)
    assert JournalEntry.objects.filter(verb="habilitation.hand_over").exists()
    assert desk.get(address).status_code == 404
    run_due()
    assert address in desk.get(PAGE).content.decode()
    assert desk.get(address)["Content-Type"].startswith("application/vnd.openxml")
    colleague = signed_in(made.officer_of(opco))
    assert address not in colleague.get(PAGE).content.decode()
    assert colleague.get(address).status_code == 404
    HandOver.objects.update(at=handed.at - datetime.timedelta(days=8))
    handing.forget_made_files()
    assert desk.get(address).status_code == 404


def test_a_long_file_that_stopped_is_made_once_its_officer_asks_again(desk, opco, monkeypatch):
    made.filed(opco=opco)
    monkeypatch.setattr(handing, "AT_ONCE", 0)
    taken(desk)
    machine_stops("habilitation.write_hand_over")
    page, again = plain(desk.get(PAGE)), f"{PAGE}{HandOver.objects.get().public_id}/reprendre/"
    assert "La préparation s’est arrêtée" in page and "préparation arrêtée" in page
    assert signed_in(made.officer_of(opco)).post(again).status_code == 404
    assert "Le travail reprend" in plain(desk.post(again, follow=True))
    run_due()
    assert HandOver.objects.get().content


def test_twenty_files_cost_as_many_queries_as_two(desk, opco, django_assert_max_num_queries):
    for _ in range(3):
        made.filed(opco=opco)
    with django_assert_max_num_queries(45):
        assert len(taken(desk).content.decode().strip().splitlines()) == 4
