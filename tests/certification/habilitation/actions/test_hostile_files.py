"""Files that no service would export, and one that spoilt them by hand: said line by line, never left half recorded."""

import pytest

from certification.habilitation.actions.imports import receiving, recording
from certification.habilitation.lifecycle import FileState, Outcome
from certification.habilitation.models import Habilitation, ImportedFile
from lms.accounts.models import Person
from lms.kernel.lifecycle import TransitionRefused
from lms.organisations.models import Kind, Organisation
from tests.accounts.factories import PersonFactory
from tests.certification.habilitation.factories import HabilitationFactory
from tests.certification.habilitation.stock import GENERAL, csv_of, general_line, received, recorded
from tests.organisations.factories import OrganisationFactory, luhn_siret

pytestmark = pytest.mark.django_db
NUMBER, SIRET, NAME = "Organisation: Datapass ID", "Organisation: N° SIRET", "Organisation: Nom"


@pytest.mark.parametrize(
    ("column", "value", "told"),
    [
        ("Nom", "é" * 121, "dépasse 120 caractères"),
        ("Prénom", "é" * 5000, "dépasse 120 caractères"),
        ("Adresse e-mail", f"{'a' * 400}@ville.example", "n’est pas une adresse électronique"),
        ("Adresse e-mail", "dupont", "n’est pas une adresse électronique"),
        ("Adresse e-mail", "dupont@ville", "n’est pas une adresse électronique"),
        ("Adresse e-mail", "a@b@ville.example", "n’est pas une adresse électronique"),
    ],
)
def test_a_name_or_an_address_that_cannot_be_kept_is_told_and_the_other_lines_are_recorded(column, value, told):
    found = recorded(csv_of(GENERAL, [general_line(0, **{column: value}), general_line(1)]))
    assert found.counts == {Outcome.FAULTY: 1, Outcome.NEW: 1}
    assert told in found.lines.get(outcome=Outcome.FAULTY).sentences[0]
    assert Person.objects.filter(habilitations__isnull=False).count() == 1


@pytest.mark.parametrize("number", ["9" * 40, "²²", "٣٤٥", "abc"])
def test_a_number_that_is_none_is_left_out_of_the_structure(number):
    found = recorded(csv_of(GENERAL, [general_line(0, **{NUMBER: number})]))
    assert found.counts == {Outcome.NEW: 1}
    assert Habilitation.objects.get().organisation.data_pass_id is None


def test_a_long_name_of_structure_is_kept_short_and_found_again():
    lines = [general_line(0, **{NAME: "Maison " * 60})]
    recorded(csv_of(GENERAL, lines))
    assert recorded(csv_of(GENERAL, lines)).counts == {Outcome.SAME: 1}


def test_people_of_a_body_that_also_trains_are_followed_for_it():
    trains = OrganisationFactory(kind=Kind.TRAINING, name="Coop Num", siret=luhn_siret(40))
    found = recorded(csv_of(GENERAL, [general_line(0, **{NAME: "COOP NUM", SIRET: trains.siret, NUMBER: "777"})]))
    assert found.counts == {Outcome.NEW: 1}
    assert Habilitation.objects.get().organisation == trains


def test_a_siret_that_another_request_of_the_same_name_bears_is_not_taken_from_it():
    OrganisationFactory(name="Mairie de Bourg", siret=luhn_siret(41), data_pass_id="1")
    second = OrganisationFactory(name="Mairie de Bourg", siret="", data_pass_id="2")
    line = general_line(0, **{NAME: "Mairie de Bourg", SIRET: luhn_siret(41), NUMBER: "2"})
    assert recorded(csv_of(GENERAL, [line])).counts == {Outcome.NEW: 1}
    second.refresh_from_db()
    assert (second.siret, Habilitation.objects.get().organisation) == ("", second)


def test_one_new_number_is_given_to_one_structure_though_two_lines_claim_it():
    first = OrganisationFactory(name="Mairie A", siret=luhn_siret(42), data_pass_id=None)
    other = OrganisationFactory(name="Mairie B", siret=luhn_siret(43), data_pass_id=None)
    lines = [
        general_line(rank, **{NAME: one.name, SIRET: one.siret, NUMBER: "4242"})
        for rank, one in enumerate((first, other))
    ]
    assert recorded(csv_of(GENERAL, lines)).counts == {Outcome.NEW: 2}
    assert Organisation.objects.get(data_pass_id="4242") == first


@pytest.mark.parametrize(
    "content",
    [
        "[" * 200_000,
        "[" + ",".join(['{"email saisi":"a@b.example"}'] * 1001 + ["3"]) + "]",
        "[" + ",".join(["{}"] * 1000 + ["3"]) + "]",
        '{"email saisi":"a@b.example"}',
        "[" + "9" * 5000 + "]",
    ],
    ids=["nested", "a number at last", "nothing then a number", "no list", "a huge number"],
)
def test_another_json_is_said_not_to_be_the_one_expected(content):
    found = received(content.encode(), "P1", name="pix.json")
    assert (found.state, "n’est pas le JSON attendu" in found.warnings[0]) == (FileState.UNREADABLE, True)


@pytest.mark.parametrize("address", [r"a\u0000b@ville.example", r"\ud800@ville.example"], ids=["null", "half"])
def test_a_character_that_no_database_holds_is_replaced(address):
    content = f'[{{"date d\'envoi":"2026-09-14","email saisi":"{address}","résultat":1e400}}]'
    found = received(content.encode(), "P1", name="pix.json")
    assert (found.state, found.lines_count) == (FileState.CHECKED, 1)


def test_a_file_abandoned_while_it_is_read_leaves_nothing(monkeypatch):
    keep = receiving._keep_lines

    def abandoned_meanwhile(found, rows):
        counts = keep(found, rows)
        receiving.abandon(ImportedFile.objects.get(pk=found.pk), by=found.received_by)
        keep(found, [(900, {"email": "a@ville.example"})])
        return counts

    monkeypatch.setattr(receiving, "_keep_lines", abandoned_meanwhile)
    found = received(csv_of(GENERAL, [general_line(0)]))
    assert (found.state, found.lines.count(), bool(found.content)) == (FileState.ABANDONED, 0, False)
    with pytest.raises(TransitionRefused, match="déjà abandonné"):
        receiving.abandon(found, by=found.received_by)


def test_nobody_says_that_a_line_is_about_themselves():
    pilot = HabilitationFactory(person__first_name="Camille", person__last_name="Nom0").person
    line = recorded(csv_of(GENERAL, [general_line(0)])).lines.get(outcome=Outcome.DOUBTFUL)
    with pytest.raises(TransitionRefused, match="parlerait de vous"):
        recording.decide_line(line, person=pilot, by=pilot)


def test_two_lines_about_one_new_person_make_one(monkeypatch):
    HabilitationFactory(person__first_name="Camille", person__last_name="Nom0")
    line = recorded(csv_of(GENERAL, [general_line(0)])).lines.get(outcome=Outcome.DOUBTFUL)
    PersonFactory(email=line.values["email"])
    monkeypatch.setattr(recording, "may_be_new", lambda line: True)  # asked before somebody else committed
    with pytest.raises(TransitionRefused, match="a déjà cette adresse"):
        recording.make_person(line, by=PersonFactory())


@pytest.mark.parametrize("column", ["Remarque", "Prénom"])
@pytest.mark.parametrize("number", ["1850578006084 91", "2 85 05 78 006 084 36", "185057800608491"])
def test_a_file_that_bears_a_social_security_number_is_refused_and_erased(
    column, number, django_capture_on_commit_callbacks
):
    header = GENERAL if column in GENERAL else [*GENERAL, column]
    lines = [general_line(0), general_line(1, **{column: number})]
    with django_capture_on_commit_callbacks(execute=True):
        found = received(csv_of(header, lines))
    found.refresh_from_db()
    assert found.state == FileState.UNREADABLE
    assert "La ligne 3 porte un numéro de sécurité sociale" in found.warnings[0]
    assert not found.content
    assert not found.lines.exists()
    assert not found.can_be_read_again
    with pytest.raises(TransitionRefused):
        receiving.read_again(found, mapping={"email": "Nom"}, by=found.received_by)
