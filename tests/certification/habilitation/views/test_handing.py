import datetime
import io

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from certification.habilitation import actions
from certification.habilitation.lifecycle import Origin, Standing
from certification.habilitation.models import HandOver
from lms.kernel.models import JournalEntry
from lms.organisations.models import Role
from tests.certification.habilitation.factories import HabilitationFactory, known
from tests.organisations.factories import MembershipFactory, OrganisationFactory
from tests.parcours.classroom.factories import RegistrationFactory
from tests.permissions.matrix import signed_in

pytestmark = pytest.mark.django_db
SPRING = datetime.date(2026, 4, 7)


def trained(number="35010029", origin=Origin.HERE, by=None, **person):
    one = HabilitationFactory(organisation__data_pass_id=number, **{f"person__{k}": v for k, v in person.items()})
    known(one, "training", SPRING, origin=origin, standing=Standing.IMPORTED, training_organisation=by and by.pk)
    return one


def taken(client, kind, space="pilotage", **data):
    return client.post(reverse(f"habilitation:{space}_export", args=[kind]), data)


def test_the_dates_of_training_go_out_with_the_columns_aidants_connect_reads(pilot):
    trained(email="anne@rennes.example")
    trained("35010030", origin=Origin.AIDANTS_CONNECT, email="luc@rennes.example")
    HabilitationFactory(facts=["eligibility"])
    response = taken(signed_in(pilot), "A1")
    lines = response.content.decode("utf-8-sig").split("\r\n")
    assert lines == ["email;data_pass_id;date_formation", "anne@rennes.example;35010029;07/04/2026", ""]
    handed = HandOver.objects.get()
    assert (handed.kind, handed.lines, handed.by) == ("A1", 1, pilot)
    assert JournalEntry.objects.filter(verb="habilitation.hand_over").exists()
    assert "Dates de formation" in signed_in(pilot).get(reverse("habilitation:pilotage_exports")).content.decode()


def test_the_address_for_pix_is_the_one_handed_over(pilot):
    trained(email="anne@perso.example", pix_email="anne@rennes.example")
    assert b"anne@rennes.example" in taken(signed_in(pilot), "A1").content


def test_only_what_is_new_goes_out_a_second_time_and_nothing_new_is_said(pilot):
    client = signed_in(pilot)
    trained(email="anne@rennes.example")
    taken(client, "A1")
    assert taken(client, "A1", only_new="on").status_code == 302
    trained("35010031", email="luc@rennes.example")
    content = taken(client, "A1", only_new="on").content
    assert b"luc@" in content
    assert b"anne@" not in content
    assert HandOver.objects.count() == 2


@pytest.mark.parametrize("reason", ["job_left", "twice", "decided_elsewhere"])
def test_whoever_is_no_longer_followed_is_asked_of_nobody(pilot, reason):
    """Neither a request for somebody who left, nor a date that would open an account to somebody refused."""
    trained(email="anne@rennes.example")
    actions.leave(trained("35010030", email="luc@rennes.example"), "cancelled", reason, on=SPRING, by=pilot)
    client = signed_in(pilot)
    for kind in ("A1", "A2", "M1"):
        assert b"luc@" not in taken(client, kind).content
        assert HandOver.objects.get(kind=kind).lines == 1


def test_a_name_that_looks_like_a_formula_is_harmless_and_excel_is_offered(pilot):
    HabilitationFactory(organisation__data_pass_id="2323", person__last_name="=1+1", person__email="a@b.example")
    client = signed_in(pilot)
    assert ";'=1+1;" in taken(client, "A2").content.decode("utf-8-sig")
    sheet = load_workbook(io.BytesIO(taken(client, "A2", form="xlsx").content)).active
    assert [cell.value for cell in sheet[2]][:3] == ["2323", "=1+1", sheet[2][2].value]
    assert sheet[2][1].data_type == "s"


def test_an_organisme_hands_over_those_it_trained_and_nobody_else(pilot):
    organisme = OrganisationFactory(training=True)
    manager = MembershipFactory(organisation=organisme, role=Role.TRAINING_MANAGER).person
    trained(email="anne@rennes.example", by=organisme)
    trained("35010031", email="luc@rennes.example", by=OrganisationFactory(training=True))
    content = taken(signed_in(manager), "A1", "formation").content
    assert b"anne@" in content
    assert b"luc@" not in content
    taken(signed_in(pilot), "A1")
    log = signed_in(manager).get(reverse("habilitation:formation_exports")).content.decode()
    assert log.count("<code>") == 1


def test_sessions_registrations_and_mediators_go_out_with_their_columns(pilot):
    registration = RegistrationFactory()
    registration.session.parcours.is_habilitation = True
    registration.session.parcours.save()
    HabilitationFactory()
    client = signed_in(pilot)
    assert (
        taken(client, "A4")
        .content.decode("utf-8-sig")
        .startswith("NOM;Publie sur le site, disponible à l'inscription;")
    )
    assert ";Inscrit;Non;Non;" in taken(client, "A5").content.decode("utf-8-sig")
    assert taken(client, "M1").content.decode("utf-8-sig").startswith("ID,Nom,Prénom,Rôles,")


def test_a_file_that_does_not_exist_is_not_found(pilot):
    assert taken(signed_in(pilot), "Z9").status_code == 404


def test_a_thousand_lines_take_no_more_queries_than_ten(pilot, django_assert_max_num_queries):
    for rank in range(12):
        trained(str(35020000 + rank))
    client = signed_in(pilot)
    with django_assert_max_num_queries(16):
        taken(client, "A1")
