"""Which étape trains which competence, and which competence nothing evaluates."""

import pytest

from lms.organisations.actions import add_member
from lms.organisations.models import Role
from parcours.catalogue.engine.coverage import EVALUATED, LIVE, TAUGHT, Piece, coverage
from parcours.catalogue.models import Competence
from tests.accounts.factories import PersonFactory
from tests.catalogue.factories import READING, EditionFactory, series
from tests.organisations.factories import OrganisationFactory
from tests.permissions.matrix import signed_in
from tests.site.pages import Reading

COVERAGE = "/formation/couverture/"
PIECES = [
    Piece("Lire", "Le mandat", 10, ("mandat",)),
    Piece("Décider", "Le mandat", 12, ("mandat",), questions=3),
    Piece("Accueillir", "L’accueil", 8, ("accueil",)),
    Piece("Jouer la scène", "En direct", 210, ("accueil", "posture"), live=True),
]


def test_a_competence_is_taught_evaluated_or_worked_on_live():
    found = coverage(PIECES, {"posture": "Tenir sa place", "mandat": "Préparer un mandat", "autre": "Jamais citée"})
    assert [column.code for column in found.columns] == ["posture", "mandat", "accueil"]
    assert [column.label for column in found.columns] == ["Tenir sa place", "Préparer un mandat", "accueil"]
    cells = [row.cells for _, rows in found.groups for row in rows]
    assert cells == [("", TAUGHT, ""), ("", EVALUATED, ""), ("", "", TAUGHT), (LIVE, "", LIVE)]


def test_the_sums_say_what_is_never_evaluated():
    found = coverage(PIECES, {})
    accueil, mandat, _ = found.columns
    assert (mandat.etapes, mandat.minutes, mandat.questions, mandat.verdict) == (2, 22, 3, "oui, 3 questions")
    assert (accueil.etapes, accueil.minutes, accueil.live, accueil.verdict) == (1, 218, 1, "en direct seulement")
    assert [column.code for column in found.never_evaluated] == ["accueil", "posture"]
    assert coverage([PIECES[0]], {}).columns[0].verdict == "jamais évaluée"


@pytest.fixture
def trainer(db, catalogue):
    person = PersonFactory()
    add_member(person, OrganisationFactory(training=True), role=Role.TRAINER, by=None)
    return signed_in(person)


def text(response) -> str:
    return " ".join(" ".join(Reading(response).text).split())


def test_a_trainer_reads_the_table_of_the_parcours_chosen(trainer, django_assert_max_num_queries):
    Competence.objects.create(code="mandat", label="Préparer un mandat", domain="Agir")
    trainer.get(COVERAGE)
    with django_assert_max_num_queries(15):
        shown = text(trainer.get(COVERAGE))
    for part in ("Un essai, édition 1", "Préparer un mandat", "cadre-juridique", "évaluée", "oui, 3 questions"):
        assert part in shown
    assert "Chaque compétence est évaluée par au moins une question" in shown


def test_what_nothing_evaluates_is_said_in_words(trainer):
    edition = EditionFactory(activities=[{"competences": ["posture"], "nodes": [READING]}])
    shown = text(trainer.get(COVERAGE, {"parcours": edition.parcours_id}))
    assert "Aucune question ne les évalue posture" in shown
    assert "jamais évaluée" in shown
    table = Reading(trainer.get(COVERAGE, {"parcours": edition.parcours_id}))
    assert {"scope": "rowgroup", "colspan": "2", "class": "coverage__group"} in table.all("th")


def test_a_parcours_that_is_gone_is_refused_in_words(trainer):
    response = trainer.get(COVERAGE, {"parcours": "999999"})
    assert response.status_code == 422
    assert "Ce parcours n’est plus publié" in text(response)


def test_a_parcours_whose_modules_name_no_competence_says_where_to_write_them(trainer):
    edition = EditionFactory(activities=[{"competences": [], "nodes": lambda: [series()]}])
    assert "ne citent aucune compétence" in text(trainer.get(COVERAGE, {"parcours": edition.parcours_id}))
