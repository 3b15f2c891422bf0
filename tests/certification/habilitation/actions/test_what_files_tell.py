"""What each file of Aidants Connect lets us conclude, and what it does not say."""

from datetime import date

import pytest

from certification.habilitation.actions.handing import hand_over
from certification.habilitation.documents.duplicates import structure_groups, structures_in
from certification.habilitation.documents.received import facts_of
from certification.habilitation.lifecycle import FileKind, FileState, Outcome, Step
from certification.habilitation.models import ExternalId, Fact, Habilitation
from lms.organisations.models import Organisation, StructureType
from tests.accounts.factories import PersonFactory
from tests.certification.habilitation.factories import HabilitationFactory
from tests.certification.habilitation.stock import GENERAL, csv_of, general, general_line, pix_json, received, recorded
from tests.organisations.factories import OrganisationFactory, luhn_siret

pytestmark = pytest.mark.django_db
BY_STRUCTURE = (
    *("ID", "Prénom", "Nom", "email", "data_pass_id", "Nom Organisation", "siret", "address", "ville", "Code postal"),
    *("Type ID", "Nom Type", "Data pass Id Orga Responsable"),
)


def of_structure(code, first_name, last_name, email):
    told = (
        code,
        first_name,
        last_name,
        email,
        "35010001",
        "CCAS de Rennes",
        "",
        "1 rue",
        "Rennes",
        "35000",
        "2",
        "",
        "",
    )
    return dict(zip(BY_STRUCTURE, told, strict=True))


def test_a_list_of_people_by_structure_makes_them_known_and_nobody_habilitated():
    """It holds requests after accounts, whatever their state, and numbers each apart: 4012 is there twice."""
    lines = [
        of_structure("4012", "Anne", "Roux", "anne@r.example"),
        of_structure("4012", "Anne", "Blin", "b@r.example"),
    ]
    content = csv_of(BY_STRUCTURE, lines)
    assert recorded(content, "A8").counts == {Outcome.NEW: 2}
    assert set(Habilitation.objects.values_list("person__email", "step")) == {
        ("anne@r.example", Step.INVITED),
        ("b@r.example", Step.INVITED),
    }
    assert not Fact.objects.exists()
    assert not ExternalId.objects.exists()
    assert recorded(content, "A8", name="bis.csv").counts == {Outcome.SAME: 2}


@pytest.mark.parametrize("handed", ["A1", "A2"])
def test_a_file_handed_to_aidants_connect_teaches_nothing_when_it_comes_back(handed):
    HabilitationFactory(organisation__data_pass_id="35010001", facts=["training"])
    by = PersonFactory(is_superuser=True)
    content = hand_over(handed, form="csv", by=by, organisation=OrganisationFactory()).content
    for kind in set(FileKind.values) - {FileKind.PIX_JSON}:
        found = received(content, kind, name=f"{handed}.csv")
        assert found.state == FileState.UNREADABLE
        assert "ce site remet à Aidants Connect" in found.warnings[0]


TO_TRAIN = (
    *("Date d'ajout", "N° de la demande Datapass", "Nom de la structure", "Nom de l'aidant à former"),
    *("Prénom de l'aidant à former", "Adresse e-mail de l'aidant à former"),
)


def to_train():
    told = ("2026-05-04", "2323", "CCAS de Rennes", "Roux", "Anne", "anne@rennes.example")
    return csv_of(TO_TRAIN, [dict(zip(TO_TRAIN, told, strict=True))], separator=";")


def test_people_to_train_are_eligible_only_when_the_file_or_the_depositor_says_so():
    """Those who wait, and those who were refused, are in the same file, which does not say their status."""
    anct = OrganisationFactory(kind="anct")
    found = recorded(to_train(), "A3", organisation=anct)
    one = Habilitation.objects.get()
    assert (one.eligible_on, one.external_status) == (None, "")
    assert "aucune éligibilité" in found.lines.get().sentences[0]
    recorded(to_train(), "A3", organisation=anct, status="processing_p2p")
    one.refresh_from_db()
    assert (one.eligible_on, one.route) == (date(2026, 5, 4), "peer")


def test_what_the_depositor_adds_to_a_file_that_waits_makes_it_read_again():
    """The page of the file tells to deposit it again with the day, or with the status."""
    anct = OrganisationFactory(kind="anct")
    first = received(to_train(), "A3", organisation=anct)
    assert received(to_train(), "A3", organisation=anct) == first
    told = received(to_train(), "A3", organisation=anct, status="processing")
    assert told != first
    assert told.lines.get().sentences == []


def test_a_referent_of_the_general_export_who_was_not_trained_is_no_aidant():
    lines = [
        general_line(1, **{"Est référent": "True", "Date de formation": "None"}),
        general_line(2, **{"Est référent": "True"}),
        general_line(4, **{"Date de formation": "None"}),
    ]
    found = recorded(csv_of(GENERAL, lines), "A11")
    assert found.counts == {Outcome.LEFT_OUT: 1, Outcome.NEW: 2}
    assert "Compte de référent" in found.lines.get(number=2).sentences[0]
    assert set(Habilitation.objects.reached().values_list("person__email", flat=True)) == {
        "aidant2@ville0.example",
        "aidant4@ville1.example",
    }


def test_a_pix_line_without_an_address_or_a_score_asks_for_no_correction():
    HabilitationFactory(person__email="a@x.example")
    found = recorded(pix_json(("2026-09-01", None, 0.5), ("2026-09-01", "a@x.example", "NA")), "P1")
    assert found.counts == {Outcome.LEFT_OUT: 1, Outcome.CHANGED: 1}
    assert Fact.objects.get().score is None


STRUCTURES = (
    *("Nom de la structure", "SIRET de l’organisation", "Adresse de la structure"),
    *("Complément d’adresse de la structure", "Ville de la structure", "Code postal de la structure"),
)


def structures(*rows):
    return csv_of(STRUCTURES, [dict(zip(STRUCTURES, row, strict=True)) for row in rows], separator=";")


def test_an_antenna_is_a_structure_a_siret_with_spaces_the_same_one_and_a_line_of_totals_none():
    siret = luhn_siret(3)
    spaced = f"{siret[:3]} {siret[3:6]} {siret[6:9]} {siret[9:]}"
    place = ("1 rue", "", "Rennes", "35000")
    content = structures(
        ("CCAS de Rennes", spaced, *place),
        ("CCAS de Rennes", siret, *place),
        ("CCAS de Rennes – antenne nord", siret, "9 rue", "", "Rennes", "35200"),
        ("Sans SIRET", "1", *place),
        ("TOTAL", "3", "", "", "", ""),
        ("Total : 3 structures", "", "", "", "", ""),
    )
    found = recorded(content, "A6")
    assert found.counts == {Outcome.NEW: 3, Outcome.LEFT_OUT: 1, Outcome.FAULTY: 2}
    assert found.lines.get(number=3).sentences == ["Cette ligne répète la ligne 2."]
    named = dict(Organisation.objects.exclude(pk=found.organisation_id).values_list("name", "siret"))
    assert named == {"CCAS de Rennes": siret, "CCAS de Rennes – antenne nord": siret, "Sans SIRET": ""}
    assert [len(group.members) for group in structures_in(structure_groups())] == [2]
    assert recorded(content, "A6", name="bis.csv").counts == {
        Outcome.SAME: 3,
        Outcome.LEFT_OUT: 1,
        Outcome.FAULTY: 2,
    }


def test_a_siret_known_under_another_name_is_told_before_anything_is_recorded():
    known = OrganisationFactory(name="Mairie de Rennes", siret=luhn_siret(3), data_pass_id=None)
    of_structures = received(structures(("CCAS de Rennes", known.siret, "1 rue", "", "Rennes", "35000")), "A6")
    assert of_structures.counts == {Outcome.NEW: 1}
    assert "a le même SIRET" in of_structures.lines.get().sentences[0]
    values = {"Organisation: N° SIRET": known.siret, "Organisation: Nom": "Commune de Rennes"}
    of_people = recorded(csv_of(GENERAL, [general_line(1, **values)]), "A11")
    assert Habilitation.objects.get().organisation == known
    assert "sous un autre nom" in of_people.lines.get().sentences[0]


CAMPAIGN = (
    *("Nom de la campagne", "Nom du Profil Cible", "Nom du Participant", "Prénom du Participant", "Email"),
    *("Partage (O/N)", "Date du partage", "% maitrise de l'ensemble des acquis du profil"),
)


@pytest.mark.parametrize(("name", "kept"), [("Aidants Connect", 1), ("ABC Diag d’été", 0), ("Abc-Pix", 0), ("", 1)])
def test_another_test_of_pix_is_never_taken_for_that_of_aidants_connect(name, kept):
    one = HabilitationFactory(person__email="anne@x.example", person__first_name="Anne", person__last_name="Roux")
    told = (name, "Profil", "ROUX", "Anne", "anne@x.example", "Oui", "01/09/2026 10:00", "0,75")
    found = recorded(csv_of(CAMPAIGN, [dict(zip(CAMPAIGN, told, strict=True))], separator=";"), "P2")
    assert Fact.objects.filter(person=one.person).count() == kept
    assert dict(facts_of(found)).get("Campagne Pix", "") == name


def test_a_stock_that_lost_many_of_its_lines_is_told_before_it_is_recorded():
    anct = OrganisationFactory(kind="anct")
    recorded(general(10), organisation=anct)
    assert received(general(9), organisation=anct).warnings == []
    assert "avait 10 lignes, celui-ci 5" in received(general(5), organisation=anct).warnings[0]


@pytest.mark.parametrize(
    ("label", "details", "kept"),
    [("CCAS", "", ("CCAS", "")), ("Autre", "Maison Truc", ("Autre", "Maison Truc")), ("Bus", "", ("Autre", "Bus"))],
)
def test_a_type_that_is_not_of_the_list_is_other_with_its_words(label, details, kept):
    for rank, known in enumerate(("CCAS", "Autre")):
        StructureType.objects.update_or_create(label=known, defaults={"aidants_connect_id": 9000 + rank})
    columns = ("name", "siret", "status", "type__name", "type_other", "zipcode")
    told = ("Maison", luhn_siret(3), "VALIDATED", label, details, "35000")
    recorded(csv_of(columns, [dict(zip(columns, told, strict=True))]), "A9")
    one = Organisation.objects.get(name="Maison")
    assert (one.structure_type.label, one.structure_type_details) == kept


def test_the_label_france_services_of_the_general_export_is_that_of_the_structure_it_makes_known():
    label = "Organisation: Labellisation France Services"
    lines = [general_line(0) | {label: "True"}, general_line(3) | {label: "False"}]
    recorded(csv_of((*GENERAL, label), lines), "A11")
    labels = dict(Organisation.objects.structures().values_list("name", "france_services"))
    assert (labels["Mairie de Ville0"], labels["Mairie de Ville1"]) == (True, False)
