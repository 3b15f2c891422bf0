"""prises-en-charge-opco.csv: one line a person, of one’s own OPCO, logged, long ones by a job."""

import csv
import datetime
from decimal import Decimal

import pytest

from certification.funding.documents.people import COLUMNS, FILES, shares
from certification.habilitation.actions import handing
from certification.habilitation.models import HandOver
from lms.kernel.jobs import run_due
from lms.kernel.models import JournalEntry
from tests.certification.funding import factories as made
from tests.certification.funding.factories import plain
from tests.permissions.matrix import signed_in

PAGE = "/financement/fichier/"


def taken(client, form="csv", code="PEC"):
    return client.post(PAGE, {"format": form, "fichier": code})


def test_each_person_of_each_file_has_a_line_with_hours_cost_and_where_to_check(desk, opco):
    demande = made.validated(opco=opco, people=2)
    run_due()
    response = taken(desk)
    assert response["Content-Disposition"] == 'attachment; filename="prises-en-charge-opco.csv"'
    rows = list(csv.DictReader(response.content.decode("utf-8-sig").splitlines(), delimiter=";"))
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
    rows = list(csv.DictReader(response.content.decode("utf-8-sig").splitlines(), delimiter=";"))
    assert tuple(rows[0]) == FILES["ASO"].columns
    people = {one.registration.person.email for one in demande.beneficiaries.select_related("registration__person")}
    assert {row["email"] for row in rows} == people
    assert desk.post(PAGE, {"fichier": "A1"}).status_code == 404


@pytest.mark.parametrize(("cost", "people"), [("100", 3), ("0", 2), ("322.05", 14)])
def test_a_cost_is_shared_to_the_cent(cost, people):
    found = shares(Decimal(cost), people)
    assert sum(found) == Decimal(cost)
    assert max(found) - min(found) <= Decimal("0.01")


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
    assert "se prépare" in plain(desk.post(PAGE, {"format": "xlsx", "fichier": "PEC"}, follow=True))
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


def test_twenty_files_cost_as_many_queries_as_two(desk, opco, django_assert_max_num_queries):
    for _ in range(3):
        made.filed(opco=opco)
    with django_assert_max_num_queries(45):
        assert len(taken(desk).content.decode().strip().splitlines()) == 4
