"""Who was there, as organismes say it: a plain list, one line a half-day, sessions that date them."""

import datetime

import pytest

from certification.habilitation.actions.imports import recording
from certification.habilitation.lifecycle import FactKind, FileState, Origin, Outcome
from certification.habilitation.models import Fact, KnownSession
from lms.kernel.jobs import run_due
from lms.organisations.models import Organisation
from tests.accounts.factories import PersonFactory
from tests.certification.habilitation.factories import DAY, HabilitationFactory
from tests.certification.habilitation.stock import csv_of, received, recorded
from tests.kernel.tables.files import ods, xlsx
from tests.organisations.factories import OrganisationFactory
from tests.parcours.classroom.factories import SessionFactory

pytestmark = pytest.mark.django_db
LATER = datetime.date(2026, 11, 1)
PLAIN = ("Adresse e-mail", "Nom", "Prénom", "Date", "Présent")
HALF_DAYS = (
    *("id_session", "intitule", "of", "siret_of", "date_debut", "date_fin", "modalite", "duree_prevue_h"),
    *("email", "nom", "prenom", "siret_structure", "data_pass_id"),
    *("demi_journee", "present", "heures_realisees", "signature_le"),
)
SESSIONS = (
    *("NOM", "Publie sur le site, disponible à l'inscription", "LIEU", "DATEDEBUT", "DATEFIN"),
    *("En présentiel/à distance", "ETAT", "DUREE", "ORGANISATION", "ID GRIST", "ID"),
    *("Nombre d'apprenants", "TYPE", "DESCRIPTION"),
)
REGISTERED = ("PRENOM", "NOM", "EMAIL", "STRUCTURE", "FORMATION", "ETAT", "Présence en formation", "ID")


@pytest.fixture
def anne():
    return HabilitationFactory(person__email="anne@rennes.example", person__first_name="Anne", person__last_name="Roux")


def plain(*lines, **options) -> bytes:
    rows = [dict(zip(PLAIN, (email, "", "", day, present), strict=True)) for email, day, present in lines]
    return csv_of(PLAIN, rows, **{"separator": ";", **options})


def half_day(email, when, present, **values):
    told = {
        "id_session": "S-12",
        "intitule": "Devenir aidant",
        "of": "Formation Armor",
        "date_debut": "14/09/2026",
        "date_fin": "15/09/2026",
    }
    return told | {"email": email, "demi_journee": when, "present": present} | values


def session(code="812", **values):
    told = {
        "NOM": "Mednum - 14/09/2026",
        "DATEDEBUT": "2026-09-14 09:00:00",
        "DATEFIN": "2026-09-15 17:00:00",
        "ETAT": "Active",
        "DUREE": "14",
        "ORGANISATION": "La Mednum",
    }
    return told | {"ID": code} | values


def trained(kind=FactKind.TRAINING) -> list:
    return list(Fact.objects.filter(kind=kind).order_by("pk").values_list("person__email", "on"))


def told(found) -> list:
    return list(found.lines.order_by("number").values_list("outcome", flat=True))


# --- A plain list -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "options",
    [
        {"encoding": "utf-8-sig"},
        {"encoding": "cp1252"},
        {"separator": ","},
        {"separator": "\t", "end": "\n"},
    ],
)
def test_a_plain_list_of_address_date_and_presence_is_read_however_it_was_saved(anne, options):
    organisme = OrganisationFactory(training=True)
    content = plain(("ANNE@rennes.example ", "14/09/2026", "présente"), **options)
    found = recorded(content, "LP", dated_on=LATER, organisation=organisme)
    assert trained() == [("anne@rennes.example", DAY)]
    fact = Fact.objects.get()
    assert (fact.origin, fact.training_organisation, fact.file) == (Origin.TRAINING, organisme, found)


@pytest.mark.parametrize("saved", [xlsx, ods])
def test_a_workbook_is_read_with_its_true_dates_and_names_in_the_other_unicode_form(anne, saved):
    day = DAY if saved is xlsx else "14/09/2026"
    content = saved([PLAIN, ["anne@rennes.example", "Roux", "A\u0301nne", day, "Présente"]]).getvalue()
    found = recorded(content, "LP", dated_on=LATER)
    assert (trained(), found.counts) == ([("anne@rennes.example", DAY)], {Outcome.CHANGED: 1})


def test_somebody_who_missed_one_of_the_days_of_a_list_did_not_follow_the_training(anne):
    lines = (("anne@rennes.example", "14/09/2026", "oui"), ("anne@rennes.example", "15/09/2026", "non"))
    found = recorded(plain(*lines), "LP", dated_on=LATER)
    assert trained() == []
    first, second = found.lines.order_by("number")
    assert first.sentences == ["Présente 1 fois sur 2\u00a0: la formation n’est pas suivie en entier."]
    assert second.sentences == ["Comptée avec la ligne 2, la première de cette personne pour cette formation."]


def test_two_days_of_presence_are_one_training_on_the_first_of_them(anne):
    lines = (("anne@rennes.example", "15/09/2026", "x"), ("anne@rennes.example", "14/09/2026", "x"))
    recorded(plain(*lines), "LP", dated_on=LATER)
    assert trained() == [("anne@rennes.example", DAY)]


def test_the_same_list_twice_in_another_order_and_another_alphabet_moves_nothing(anne):
    HabilitationFactory(person__email="luc@rennes.example")
    lines = [("anne@rennes.example", "14/09/2026", "oui"), ("luc@rennes.example", "14/09/2026", "oui")]
    recorded(plain(*lines), "LP", dated_on=LATER)
    before = list(Fact.objects.order_by("pk").values())
    again = recorded(plain(*reversed(lines), separator=",", encoding="cp1252"), "LP", dated_on=LATER, name="bis.csv")
    assert again.counts == {Outcome.SAME: 2}
    assert list(Fact.objects.order_by("pk").values()) == before


def test_a_presence_that_is_not_one_a_day_to_come_and_an_unknown_address_each_say_why(anne):
    lines = (
        ("anne@rennes.example", "14/09/2026", "peut-être"),
        ("=cmd|' /C calc'!A0", "14/09/2026", "oui"),
        ("luc@rennes.example", "14/09/2027", "oui"),
        ("zoe@rennes.example", "14/09/2026", "oui"),
        ("", "14/09/2026", "oui"),
        ("", "14/09/2026", "oui"),
    )
    found = received(plain(*lines), "LP", dated_on=LATER)
    assert told(found) == [*[Outcome.FAULTY] * 3, Outcome.UNMATCHED, Outcome.FAULTY, Outcome.FAULTY]
    assert "n’est ni oui ni non" in found.lines.get(number=2).sentences[0]
    assert "n’est pas une adresse électronique" in found.lines.get(number=3).sentences[0]
    assert "est après le" in found.lines.get(number=4).sentences[0]


def test_a_list_of_nobody_is_refused():
    found = received(plain(), "LP", dated_on=LATER)
    assert (found.state, "aucune ligne" in found.warnings[0]) == (FileState.UNREADABLE, True)


def test_nobody_proves_their_own_presence_by_a_list_they_deposit_or_confirm(anne):
    line, other = ("anne@rennes.example", "14/09/2026", "oui"), PersonFactory()
    own = recorded(plain(line), "LP", dated_on=LATER, by=anne.person)
    assert (trained(), own.counts) == ([], {Outcome.LEFT_OUT: 1})
    found = received(plain(line), "LP", dated_on=LATER, by=other)
    recording.confirm(found, by=anne.person)
    run_due()
    assert trained() == []
    recorded(plain(line), "LP", dated_on=LATER, by=other)
    assert trained() == [("anne@rennes.example", DAY)]


def test_a_list_without_dates_is_of_the_day_that_is_said_with_it(anne):
    recorded(plain(("anne@rennes.example", "", "oui")), "LP", dated_on=LATER, held_on=DAY)
    assert trained() == [("anne@rennes.example", DAY)]


# --- One line a half-day ----------------------------------------------------------------------------------------------


def test_all_half_days_attended_are_one_training_dated_by_the_session(anne):
    OrganisationFactory(training=True, name="Formation Armor")
    luc = HabilitationFactory(person__email="luc@rennes.example")
    rows = [
        half_day(email, when, present)
        for when, absent in (("14/09 matin", ""), ("14/09 après-midi", "luc"), ("15/09 matin", ""))
        for email, present in (
            ("anne@rennes.example", "Oui"),
            ("luc@rennes.example", "Non" if absent else "Oui"),
        )
    ]
    found = recorded(csv_of(HALF_DAYS, rows, separator=";", encoding="utf-8-sig"), "AS", dated_on=LATER)
    assert trained() == [("anne@rennes.example", DAY)]
    assert Fact.objects.get().training_organisation == Organisation.objects.get(name="Formation Armor")
    assert found.counts == {Outcome.CHANGED: 1, Outcome.LEFT_OUT: 5}
    assert "Présente 2 fois sur 3" in found.lines.get(number=3).sentences[0]
    assert luc.person.habilitation_facts.count() == 0


def test_a_half_day_that_is_not_readable_concludes_nothing(anne):
    rows = [half_day("anne@rennes.example", "matin", "Oui"), half_day("anne@rennes.example", "soir", "peut-être")]
    found = received(csv_of(HALF_DAYS, rows), "AS", dated_on=LATER)
    assert told(found) == [Outcome.FAULTY, Outcome.FAULTY]
    assert "ligne 3" in found.lines.get(number=2).sentences[0]


def test_what_was_signed_here_is_not_taken_again_from_our_own_file(anne):
    here = SessionFactory()
    rows = [half_day("anne@rennes.example", "matin", "Oui", id_session=str(here.public_id))]
    found = recorded(csv_of(HALF_DAYS, rows), "AS", dated_on=LATER)
    assert (found.counts, trained()) == ({Outcome.LEFT_OUT: 1}, [])


# --- Sessions of Aidants Connect --------------------------------------------------------------------------------------


def test_sessions_of_aidants_connect_are_known_and_date_the_presences_that_name_them(anne):
    mednum = OrganisationFactory(training=True, name="La Mednum")
    sessions = recorded(csv_of(SESSIONS, [session()]), "A4", dated_on=LATER)
    assert sessions.counts == {Outcome.NEW: 1}
    one = KnownSession.objects.get()
    assert (one.starts_on, one.ends_on, one.hours, one.trainer) == (DAY, DAY.replace(day=15), 14, "La Mednum")
    row = {"EMAIL": "anne@rennes.example", "FORMATION": "MEDNUM – 14/09/2026", "Présence en formation": "Oui"}
    found = recorded(csv_of(REGISTERED, [row]), "A5", dated_on=LATER)
    assert trained() == [("anne@rennes.example", DAY)]
    assert Fact.objects.get().training_organisation == mednum
    assert found.lines.get().sentences == [
        "Datée par la session connue d’Aidants Connect\u00a0: le 14/09/2026, jusqu’au 15/09/2026, 14 heures."
    ]


def test_a_file_of_sessions_twice_moves_nothing_and_an_older_one_does_not_undo_a_newer():
    recorded(csv_of(SESSIONS, [session()]), "A4", dated_on=DAY)
    assert recorded(csv_of(SESSIONS, [session()], separator=";"), "A4", dated_on=LATER).counts == {Outcome.SAME: 1}
    moved = csv_of(SESSIONS, [session(ETAT="Annulé")])
    assert recorded(moved, "A4", dated_on=LATER).counts == {Outcome.CHANGED: 1}
    older = recorded(csv_of(SESSIONS, [session()], end="\n"), "A4", dated_on=DAY)
    assert older.counts == {Outcome.LEFT_OUT: 1}
    assert KnownSession.objects.get().is_cancelled


def test_a_presence_in_a_cancelled_session_or_in_one_of_two_of_that_name_concludes_nothing_alone(anne):
    recorded(
        csv_of(
            SESSIONS,
            [
                session("1", ETAT="Annulé"),
                session("2", NOM="Deux"),
                session("3", NOM="Deux", DATEDEBUT="01/10/2026", DATEFIN="01/10/2026"),
            ],
        ),
        "A4",
        dated_on=LATER,
    )
    rows = [
        {"EMAIL": "anne@rennes.example", "FORMATION": name, "Présence en formation": "Oui"}
        for name in ("Mednum - 14/09/2026", "Deux")
    ]
    found = received(csv_of(REGISTERED, rows), "A5", dated_on=LATER)
    assert told(found) == [Outcome.LEFT_OUT, Outcome.FAULTY]
    assert "annulée" in found.lines.get(number=2).sentences[0]


def test_a_dated_presence_in_a_session_known_as_cancelled_concludes_nothing(anne):
    recorded(csv_of(SESSIONS, [session(ETAT="Annulé", NOM="Devenir aidant")]), "A4", dated_on=LATER)
    found = recorded(csv_of(HALF_DAYS, [half_day("anne@rennes.example", "matin", "Oui")]), "AS", dated_on=LATER)
    assert (found.counts, trained()) == ({Outcome.LEFT_OUT: 1}, [])


def test_a_session_held_here_one_without_a_day_and_one_that_ends_before_it_begins_are_left():
    here = SessionFactory()
    rows = [
        session(str(here.public_id)),
        session("2", DATEDEBUT=""),
        session("3", DATEFIN="01/09/2026"),
        session("4"),
        session("4"),
    ]
    found = recorded(csv_of(SESSIONS, rows), "A4", dated_on=LATER)
    expected = [Outcome.LEFT_OUT, Outcome.FAULTY, Outcome.FAULTY, Outcome.NEW, Outcome.LEFT_OUT]
    assert (told(found), KnownSession.objects.count()) == (expected, 1)


def test_a_doubtful_presence_is_decided_by_somebody_and_then_counts(anne):
    found = recorded(plain(("a.roux@perso.example", "14/09/2026", "oui")), "LP", dated_on=LATER)
    recording.decide_line(found.lines.get(), person=anne.person, by=PersonFactory())
    assert trained() == [("anne@rennes.example", DAY)]
