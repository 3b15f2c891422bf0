import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from certification.habilitation.actions.imports import recording
from certification.habilitation.lifecycle import FactKind, FileState, Origin, Outcome, Step
from certification.habilitation.models import Fact, Habilitation, ImportedFile
from lms.accounts.models import Person
from lms.kernel.models import JournalEntry
from lms.organisations.models import Organisation
from tests.accounts.factories import PersonFactory
from tests.certification.habilitation.factories import DAY, HabilitationFactory
from tests.certification.habilitation.stock import (
    GENERAL,
    csv_of,
    general,
    general_line,
    pix_json,
    received,
    recorded,
)
from tests.organisations.factories import DepartementFactory, OrganisationFactory

pytestmark = pytest.mark.django_db


def snapshot():
    return {
        "people": Person.objects.filter(email__contains="aidant").count(),
        "structures": Organisation.objects.filter(name__startswith="Mairie de Ville").count(),
        "habilitations": Habilitation.objects.count(),
        "facts": Fact.objects.count(),
    }


def test_reading_a_file_writes_nothing_but_its_lines():
    DepartementFactory()
    found = received(general(6))
    assert (found.state, found.counts) == (FileState.CHECKED, {Outcome.NEW: 6})
    assert snapshot() == {"people": 0, "structures": 0, "habilitations": 0, "facts": 0}


def test_the_national_stock_enters_as_facts_with_their_source_and_a_second_time_moves_nothing():
    DepartementFactory()
    found = recorded(general(6))
    one = Habilitation.objects.get(person__email="aidant1@ville0.example")
    assert (one.step, one.trained_on) == (Step.OPERATIONAL, datetime.date(2025, 3, 14))
    assert set(Fact.objects.values_list("origin", "file")) == {(Origin.AIDANTS_CONNECT, found.pk)}
    assert one.organisation.departement_id == "35"
    before = snapshot()
    assert before == {"people": 6, "structures": 2, "habilitations": 6, "facts": 15}
    again = recorded(general(6))
    assert again.counts == {Outcome.SAME: 6}
    assert snapshot() == before


def queries_of(count) -> int:
    """To read, then to record, a file of so many lines."""
    with CaptureQueriesContext(connection) as captured:
        recorded(general(count))
    return len(captured)


def test_no_question_is_asked_of_the_database_line_by_line():
    DepartementFactory()
    few = queries_of(6)
    assert queries_of(120) <= few + 60  # SQLite inserts some tens of rows at a time
    assert queries_of(120) <= few


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_the_same_content_is_read_whatever_its_alphabet_separator_and_line_end(separator, encoding, end):
    lines = [general_line(rank, Nom="Lefèvre", Prénom="Zoë") for rank in range(3)]
    found = received(csv_of(GENERAL, lines, separator=separator, encoding=encoding, end=end))
    assert found.counts == {Outcome.NEW: 3}
    assert found.lines.first().values["last_name"] == "Lefèvre"


def test_a_formula_and_decomposed_accents_are_text():
    lines = [general_line(0, Nom="=cmd|' /C calc'!A0"), general_line(1, Nom="Lefe\u0300vre")]
    found = recorded(csv_of(GENERAL, lines))
    assert found.counts == {Outcome.NEW: 2}
    assert Person.objects.get(email="aidant1@ville0.example").last_name == "Lefèvre"


def test_a_date_that_cannot_be_is_told_with_its_line_and_the_others_are_recorded():
    lines = [general_line(0), general_line(1, **{"Date de formation": "31-02-2025"}), general_line(2)]
    found = recorded(csv_of(GENERAL, lines))
    assert found.counts == {Outcome.NEW: 2, Outcome.FAULTY: 1}
    faulty = found.lines.get(outcome=Outcome.FAULTY)
    assert faulty.number == 3
    assert "n’est pas une date" in faulty.sentences[0]


def test_a_file_of_another_kind_is_refused_with_what_it_lacks():
    found = received(b"Nom;Couleur\nRoux;rouge\n")
    assert found.state == FileState.UNREADABLE
    assert "Adresse e-mail" in found.warnings[0]


def test_pix_results_count_by_their_sending_date_and_zero_is_a_score():
    one = HabilitationFactory(person__email="anne.roux@ville.example", facts=["eligibility", "training"])
    recorded(pix_json((str(DAY), "Anne.Roux@Ville.example", 0), (str(DAY), "", 0.5)), "P1", name="pix.json")
    one.refresh_from_db()
    assert (one.step, Fact.objects.get(kind=FactKind.PIX).score) == (Step.HABILITATED, 0)


def test_a_campaign_file_of_pix_is_read_with_its_decimal_comma_and_only_what_was_shared():
    one = HabilitationFactory(
        person__email="anne.roux@ville.example", person__first_name="Anne", person__last_name="Roux"
    )
    HabilitationFactory(person__email="luc.petit@ville.example", person__first_name="Luc", person__last_name="Petit")
    content = (
        '\ufeff"Nom du Participant";"Prénom du Participant";"E-mail";"Partage (O/N)";"Date du partage";'
        '"% maitrise de l\'ensemble des acquis du profil"\n'
        f'"Roux";"Anne";"anne.roux@ville.example";"Oui";"{DAY}";"0,75"\n'
        '"Petit";"Luc";"luc.petit@ville.example";"Non";"NA";"NA"\n'
    )
    found = recorded(content.encode(), "P2")
    assert found.counts == {Outcome.CHANGED: 1, Outcome.LEFT_OUT: 1}
    assert Fact.objects.get().score == 75
    assert Fact.objects.get().person == one.person


def test_an_unknown_address_waits_for_somebody_who_says_whom_it_is():
    one = HabilitationFactory(person__email="anne.roux@ville.example", facts=["eligibility", "training"])
    found = recorded(pix_json((str(DAY), "anne.perso@mail.example", 0.8)), "P1", name="pix.json")
    assert found.counts == {Outcome.UNMATCHED: 1}
    recording.decide_line(found.lines.get(), person=one.person, by=PersonFactory())
    one.refresh_from_db()
    assert one.step == Step.HABILITATED
    assert found.lines.get().outcome == Outcome.CHANGED


def test_the_same_name_under_another_address_is_never_matched_silently():
    known = HabilitationFactory(
        person__email="camille@perso.example", person__first_name="Camille", person__last_name="Nom0"
    )
    recorded(csv_of(GENERAL, [general_line(1)]))
    lines = [general_line(0, **{"Organisation: Datapass ID": "99"})]
    known.organisation.data_pass_id = "99"
    known.organisation.save()
    found = recorded(csv_of(GENERAL, lines))
    line = found.lines.get()
    assert (line.outcome, line.candidates) == (Outcome.DOUBTFUL, [known.person_id])
    assert Person.objects.filter(email="aidant0@ville0.example").count() == 0


def test_an_address_borne_by_somebody_of_another_name_is_doubtful():
    PersonFactory(email="aidant0@ville0.example", first_name="Bertrand", last_name="Quelqu")
    found = received(csv_of(GENERAL, [general_line(0)]))
    assert found.counts == {Outcome.DOUBTFUL: 1}


def test_two_newcomers_of_one_address_and_two_names_are_not_made_one_silently():
    two = {"Nom": "Autreblin", "Prénom": "Zoé", "Organisation: Datapass ID": "77"}
    lines = [general_line(0), general_line(0, **two), general_line(0, **{"Organisation: Datapass ID": "78"})]
    found = recorded(csv_of(GENERAL, lines))
    assert found.counts == {Outcome.NEW: 2, Outcome.DOUBTFUL: 1}
    assert Person.objects.get(email="aidant0@ville0.example").last_name == "Nom0"
    assert "une ligne plus haut" in found.lines.get(outcome=Outcome.DOUBTFUL).sentences[0].lower()


def test_a_line_repeated_in_the_file_is_left_out_with_the_number_of_the_first():
    found = received(csv_of(GENERAL, [general_line(0), general_line(0)]))
    assert found.counts == {Outcome.NEW: 1, Outcome.LEFT_OUT: 1}
    assert found.lines.get(outcome=Outcome.LEFT_OUT).sentences == ["Cette ligne répète la ligne 2."]


def test_the_same_file_deposited_twice_before_it_is_confirmed_is_one_file():
    content, organisation = general(3), HabilitationFactory().organisation
    first = received(content, organisation=organisation)
    assert received(content, organisation=organisation) == first
    assert ImportedFile.objects.count() == 1


def test_people_to_train_become_eligible_on_the_day_they_were_added():
    headings = [
        *("Date d'ajout", "N° de la demande Datapass", "Nom de la structure", "Nom de l'aidant à former"),
        *("Prénom de l'aidant à former", "Adresse e-mail de l'aidant à former", "status"),
    ]
    row = dict(
        zip(
            headings,
            ["2026-05-04 10:12:00", "2323", "CCAS de Rennes", "Roux", "Anne", "anne@rennes.example", "processing"],
            strict=True,
        )
    )
    rows = [row, row | {headings[5]: "luc@rennes.example", headings[3]: "Petit", "status": "processing_p2p"}]
    rows.append(row | {headings[5]: "zoe@rennes.example", headings[3]: "Blin", "status": "refused"})
    recorded(csv_of(headings, rows, separator=";"), "A3")
    steps = dict(Habilitation.objects.values_list("person__email", "step"))
    assert steps == {
        "anne@rennes.example": Step.INVITED,
        "luc@rennes.example": Step.INVITED,
        "zoe@rennes.example": Step.REFUSED,
    }
    assert Habilitation.objects.get(person__email="luc@rennes.example").route == "peer"
    said = JournalEntry.objects.filter(verb="habilitation.mirror_status").order_by("pk")
    assert [(one.before["status"], one.after["status"]) for one in said] == [
        ("", "processing"),
        ("", "processing_p2p"),
        ("", "refused"),
    ]
    assert Habilitation.objects.get(person__email="anne@rennes.example").eligible_on == datetime.date(2026, 5, 4)


def test_presence_counts_on_the_day_of_the_list_and_absence_does_not():
    one = HabilitationFactory(person__email="anne@rennes.example")
    two = HabilitationFactory(person__email="luc@rennes.example")
    content = csv_of(
        ["PRENOM", "NOM", "EMAIL", "STRUCTURE", "FORMATION", "ETAT", "Présence en formation"],
        [
            {"EMAIL": "anne@rennes.example", "STRUCTURE": "Mairie", "ETAT": "Inscrit", "Présence en formation": "Oui"},
            {"EMAIL": "luc@rennes.example", "STRUCTURE": "Mairie", "ETAT": "Inscrit", "Présence en formation": "Non"},
        ],
    )
    found = recorded(content, "A5", held_on=DAY, organisation=OrganisationFactory(training=True))
    assert set(Organisation.objects.structures()) == {one.organisation, two.organisation}
    assert found.counts == {Outcome.CHANGED: 1, Outcome.LEFT_OUT: 1}
    one.refresh_from_db()
    two.refresh_from_db()
    assert (one.step, two.step) == (Step.ATTENDED, Step.INVITED)
    assert Fact.objects.get().training_organisation_id == found.organisation_id
