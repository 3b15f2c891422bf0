"""The feed of Aidants Connect accounts, which names people by an identifier; files that are not what they look like."""

import pytest

from certification.habilitation.actions.imports import recording
from certification.habilitation.lifecycle import FactKind, FileState, Outcome
from certification.habilitation.models import ExternalId, Fact
from tests.accounts.factories import PersonFactory
from tests.certification.habilitation.factories import DAY, HabilitationFactory
from tests.certification.habilitation.stock import csv_of, received, recorded
from tests.organisations.factories import OrganisationFactory

pytestmark = pytest.mark.django_db
FEED = (
    *("aidant_connect_id", "updated_at_ac", "prenom", "nom", "is_active_ac", "formation_fne_ac"),
    *("profession_ac", "nb_accompagnements_ac", "is_referent_ac", "structure_ac_id"),
)


@pytest.fixture
def anne():
    one = HabilitationFactory(person__email="anne@rennes.example", person__first_name="Anne", person__last_name="Roux")
    ExternalId.objects.create(person=one.person, system="aidants_connect", value="4012")
    return one


def line(code="4012", **values):
    told = {"prenom": "Anne", "nom": "Roux", "is_active_ac": "t", "is_referent_ac": "f", "nb_accompagnements_ac": "31"}
    return {"aidant_connect_id": code} | told | values


def feed(*lines):
    return csv_of(FEED, lines)


def test_an_account_of_the_feed_is_that_of_the_person_with_its_identifier(anne):
    found = recorded(feed(line()), "M6")
    fact = Fact.objects.get()
    assert (fact.kind, fact.habilitation, fact.on) == (FactKind.ACCOUNT, anne, DAY)
    assert "31" not in found.lines.get().values.values()
    assert recorded(feed(line(), line("9", prenom="Zoé", nom="Nulle")), "M6", name="bis.csv").counts == {
        Outcome.SAME: 1,
        Outcome.UNMATCHED: 1,
    }


@pytest.mark.parametrize(
    ("values", "outcome", "why"),
    [
        ({"is_active_ac": "f"}, Outcome.LEFT_OUT, "Compte fermé"),
        ({"is_active_ac": ""}, Outcome.LEFT_OUT, "Compte fermé"),
        ({"is_referent_ac": "t"}, Outcome.LEFT_OUT, "Compte de référent"),
        ({"nom": "Quelquun", "prenom": "Bertrand"}, Outcome.DOUBTFUL, "porte un autre nom"),
        ({"aidant_connect_id": "77"}, Outcome.DOUBTFUL, "une personne de ce nom l’est"),
        ({"aidant_connect_id": ""}, Outcome.FAULTY, "Il manque l’identifiant"),
    ],
)
def test_a_line_of_the_feed_that_says_no_account_or_nobody_for_sure_says_why(anne, values, outcome, why):
    found = recorded(feed(line(**values)), "M6")
    one = found.lines.get()
    assert (one.outcome, Fact.objects.count()) == (outcome, 0)
    assert why in one.sentences[-1]


def test_somebody_followed_nowhere_or_in_two_structures_is_asked_of_another_file(anne):
    HabilitationFactory(person=anne.person)
    alone = PersonFactory(first_name="Luc", last_name="Petit")
    ExternalId.objects.create(person=alone, system="aidants_connect", value="5")
    found = recorded(feed(line(), line("5", prenom="Luc", nom="Petit")), "M6")
    assert found.counts == {Outcome.LEFT_OUT: 2}
    assert "plusieurs structures" in found.lines.get(number=2).sentences[0]
    assert "(A8)" in found.lines.get(number=3).sentences[0]


def test_whoever_is_told_once_is_recognised_by_the_identifier_afterwards_and_not_asked_again(anne):
    anct = OrganisationFactory()
    found = recorded(feed(line("77")), "M6", organisation=anct)
    recording.decide_line(found.lines.get(), person=anne.person, by=PersonFactory())
    assert Fact.objects.get().habilitation == anne
    again = received(feed(line("77"), line("78", nom="Inconnue")), "M6", name="bis.csv", organisation=anct)
    assert again.counts == {Outcome.SAME: 1, Outcome.UNMATCHED: 1}
    recording.confirm(again, by=PersonFactory())
    third = received(feed(line("78", nom="Inconnue"), line("77")), "M6", name="ter.csv", organisation=anct)
    assert third.counts == {Outcome.SAME: 1, Outcome.LEFT_OUT: 1}


@pytest.mark.parametrize(
    ("kind", "headings", "said"),
    [
        (
            "P2",
            "Nom du Participant;Prénom du Participant;identifiant CN;Partage (O/N);"
            "Date et heure du partage (Europe/Paris);Palier obtenu (/3);"
            "Utilisation du numérique dans la vie professionnelle obtenu (O/N)",
            "avant le recrutement",
        ),
        ("P2", "Prenom;Nom;Email;IdPG;Pix", "certification Pix"),
        ("P2", "Nom du Participant;Envoi (O/N);Date de l'envoi;Nombre de pix total", "collecte de profils"),
        ("LP", "ID conseiller;ID structure;Date de départ en formation;Commentaires", "dates de départ"),
        ("A5", "id_session;email;demi_journee;present;date_debut", "une ligne par demi-journée"),
        ("LP", "EMAIL;Présence en formation;FINANCEMENT CONUM", "Inscrits d’un organisme"),
        ("A6", "ID;Nom;ID Cartographie Nationale", "Mon inclusion numérique"),
        ("A6", "username;last_name;is_active;datapass_id;can_create_mandats", "Comptes aidants"),
    ],
)
def test_a_file_that_is_not_of_that_nature_is_refused_with_what_to_deposit_instead(kind, headings, said):
    columns = headings.split(";")
    found = received(csv_of(columns, [dict.fromkeys(columns, "x")], separator=";"), kind)
    assert found.state == FileState.UNREADABLE
    assert said in found.warnings[0]
