import pytest

from lms.kernel.tables import Unreadable, read_text
from parcours.colleagues.engine.entries import entries_of


def people(pasted):
    return [(one.first_name, one.last_name, one.email) for one in entries_of(read_text(pasted))[1]]


MARIE, PAUL = ("Marie", "Durand", "marie.durand@a.fr"), ("Paul", "Le Goff", "p.legoff@a.fr")
WRITTEN = {
    "headings": "Nom;Prénom;Mail\nDurand;Marie;marie.durand@a.fr\nLe Goff;Paul;p.legoff@a.fr\n",
    "last name first": "Durand;Marie;marie.durand@a.fr\nLe Goff;Paul;p.legoff@a.fr\n",
    "first name first": "Marie;Durand;marie.durand@a.fr\nPaul;Le Goff;p.legoff@a.fr\n",
    "address first": "marie.durand@a.fr,Marie,Durand\np.legoff@a.fr,Paul,Le Goff\n",
    "among other columns": "1;Marie;Durand;Accueil;marie.durand@a.fr\n2;Paul;Le Goff;Accueil;p.legoff@a.fr\n",
    "one name column": "Nom et prénom;Courriel\nDurand Marie;marie.durand@a.fr\nLe Goff Paul;p.legoff@a.fr\n",
    "one name column, no heading": "Durand Marie;marie.durand@a.fr\nLe Goff Paul;p.legoff@a.fr\n",
    "both names under one heading": "Nom;Mail\nDurand Marie;marie.durand@a.fr\nLe Goff Paul;p.legoff@a.fr\n",
    "a mail program": "Marie Durand <marie.durand@a.fr>; Paul Le Goff <p.legoff@a.fr>",
    "a mail program, last name first": '"Durand, Marie" <marie.durand@a.fr>, "Le Goff, Paul" <p.legoff@a.fr>',
    "nothing between": "Marie Durand marie.durand@a.fr\nPaul Le Goff p.legoff@a.fr\n",
    "bullets": "- Marie Durand <marie.durand@a.fr>\n- Paul Le Goff <p.legoff@a.fr>\n",
    "names around addresses": "Nom;Prénom;Mail\nDurand;Mme Marie;M <marie.durand@a.fr>\nLe Goff;Paul;p.legoff@a.fr\n",
    "under a title": "Agents du CCAS\n\nNom;Prénom;Mail\nDurand;Marie;marie.durand@a.fr\nLe Goff;Paul;p.legoff@a.fr\n",
    "headings too low": "Durand;Marie;marie.durand@a.fr\nNom;Prénom;Mail\nLe Goff;Paul;p.legoff@a.fr\n",
    "addresses in capitals": "Nom;Prénom;Mail\nDurand;Marie;MARIE.DURAND@A.FR\nLe Goff;Paul;P.LEGOFF@A.FR\n",
}


@pytest.mark.parametrize("way", WRITTEN)
def test_two_colleagues_are_read_whatever_the_list_looks_like(way):
    assert people(WRITTEN[way]) == [MARIE, PAUL]


def test_whole_names_are_known_even_when_no_address_says_them():
    pasted = "Marie Durand;accueil@a.fr\nPaul Le Goff;plg\nJean-Pierre Roux;jpr@a.fr\n"
    found = [("Marie", "Durand", "accueil@a.fr"), ("Paul", "Le Goff", "plg"), ("Jean-Pierre", "Roux", "jpr@a.fr")]
    assert people(pasted) == found


def test_one_line_is_enough():
    assert people("Martin;Paul;paul.martin@a.fr") == [("Paul", "Martin", "paul.martin@a.fr")]
    assert people("Anrafati;Bacar;anrafati.bacar@a.fr") == [("Anrafati", "Bacar", "anrafati.bacar@a.fr")]


def test_bare_addresses_are_people_still_to_name():
    assert people("Adresse e-mail\nmarie@a.fr\npaul@a.fr\n") == [("", "", "marie@a.fr"), ("", "", "paul@a.fr")]


def test_how_the_list_was_read_is_told():
    told, _ = entries_of(read_text("Le CCAS\nNOM;Prénom;Service;Courriel\nDurand;Marie;Accueil;marie@a.fr\n"))
    assert told == [
        ("Format", "texte collé"),
        ("Séparateur", "point-virgule"),
        ("Colonnes lues", "« Courriel », « NOM », « Prénom »"),
        ("Lignes de titre laissées de côté", "1"),
    ]


def test_a_table_without_addresses_is_refused_with_what_to_do():
    with pytest.raises(Unreadable, match="Aucune colonne ne contient d’adresses"):
        people("Nom;Prénom;Ville\nDurand;Marie;Dol\nRoux;Paul;Dol\n")
