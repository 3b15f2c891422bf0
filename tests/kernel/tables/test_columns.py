import pytest

from lms.kernel.tables import Column, is_heading, read_text, recognise


def like_an_address(at, rows):
    cells = [row.cells[at] for row in rows if at < len(row.cells) and row.cells[at]]
    return sum("@" in cell for cell in cells) / len(cells) if cells else 0


COLUMNS = (
    Column("email", "Adresse e-mail", ("courriel", "mail", "e-mail", "email", "adresse électronique"), like_an_address),
    Column("first_name", "Prénom"),
    Column("last_name", "Nom", ("nom de famille", "nom d’usage")),
)


def values(pasted):
    layout, rows = recognise(read_text(pasted).rows, COLUMNS)
    return layout, [layout.values(row) for row in rows]


MARIE = {"last_name": "Durand", "first_name": "Marie", "email": "marie@a.fr"}


@pytest.mark.parametrize(
    "headings",
    [
        "Nom;Prénom;Adresse e-mail",
        "NOM DE FAMILLE;PRENOM;COURRIEL",
        "nom;prenom;mail",
        "Nom *;Prénom (obligatoire);E-mail professionnel",
        "Nom de l’agent;Prénom de l'agent;Adresse électronique de l’agent",
        "Nom d’usage;Pre\u0301nom;Email",
    ],
)
def test_headings_are_found_under_their_usual_names(headings):
    assert values(f"{headings}\nDurand;Marie;marie@a.fr\n")[1] == [MARIE]


def test_columns_come_in_any_order_among_others():
    layout, found = values("Service;Courriel;Ville;Nom;Prénom\nAccueil;marie@a.fr;Dol;Durand;Marie\n")
    assert found == [MARIE]
    assert (layout.heading_of("email"), layout.heading_of("last_name")) == ("Courriel", "Nom")


def test_the_name_of_something_else_is_not_the_name_of_the_person():
    _, found = values("Nom de la structure;Nom;Prénom;Mail\nCCAS;Durand;Marie;marie@a.fr\n")
    assert found == [MARIE]


def test_titles_above_the_headings_are_set_aside_and_kept():
    layout, found = values("Liste des agents du CCAS\n\nau 1er mars\nNom;Prénom;Mail\nDurand;Marie;marie@a.fr\n")
    assert found == [MARIE]
    assert [(row.line, row.cells) for row in layout.above] == [
        (1, ("Liste des agents du CCAS",)),
        (3, ("au 1er mars",)),
    ]


def test_without_headings_the_content_tells():
    layout, found = values("Durand;marie@a.fr\nRoux;paul@a.fr\n")
    assert [one["email"] for one in found] == ["marie@a.fr", "paul@a.fr"]
    assert (layout.headings, layout.heading_of("email")) == ((), "")


def test_an_unknown_heading_is_made_up_for_by_the_content():
    _, found = values("Nom;Prénom;Coordonnées\nDurand;Marie;marie@a.fr\n")
    assert found == [MARIE]


def test_a_heading_that_slipped_sideways_is_not_believed():
    _, found = values("Nom;Mail;Prénom\nDurand;Marie;marie@a.fr\nRoux;Paul;paul@a.fr\n")
    assert [one["email"] for one in found] == ["marie@a.fr", "paul@a.fr"]


def test_the_most_usual_name_wins_between_two_columns():
    _, found = values("Nom d’usage;Nom;Prénom;Mail\nRoux;Durand;Marie;marie@a.fr\n")
    assert found == [MARIE]


def test_a_row_longer_than_the_headings_is_seen():
    layout, rows = recognise(read_text("Nom;Prénom;Mail\nDurand;Marie;marie@a.fr\nA;B;C;D\n").rows, COLUMNS)
    assert [layout.overflows(row) for row in rows] == [False, True]


def test_repeated_headings_are_recognised():
    assert is_heading(("NOM", "prénom", "mail"), COLUMNS)
    assert is_heading(("Courriel", ""), COLUMNS)
    assert not is_heading(("Nom", "Marie", "marie@a.fr"), COLUMNS)
    assert not is_heading(("Durand", "Marie", "marie@a.fr"), COLUMNS)


def test_a_long_table_is_not_held_in_memory():
    def endless():
        yield from read_text("Nom;Prénom;Mail\nDurand;Marie;marie@a.fr\n").rows
        row = next(read_text("Roux;Paul;paul@a.fr\n").rows)
        while True:
            yield row

    layout, rows = recognise(endless(), COLUMNS)
    assert layout.values(next(rows)) == MARIE
