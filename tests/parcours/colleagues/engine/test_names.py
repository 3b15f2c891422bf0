import pytest

from parcours.colleagues.engine.names import cut_name, name_key, without_bullet, words_of_address


@pytest.mark.parametrize(
    ("typed", "first", "last"),
    [
        ("Marie DURAND", "Marie", "DURAND"),
        ("DURAND Marie", "Marie", "DURAND"),
        ("DE LA CROIX Isabelle", "Isabelle", "DE LA CROIX"),
        ("DURAND, Marie", "Marie", "DURAND"),
        ("Mme Marie Durand", "Marie", "Durand"),
        ("M. Durand Paul", "Paul", "Durand"),
        ("Jean-Pierre Le Goff", "Jean-Pierre", "Le Goff"),
        ("Le Goff Jean-Pierre", "Jean-Pierre", "Le Goff"),
        ("DURAND MARIE", "MARIE", "DURAND"),
        ("Anrafati Saïd Bacar", "Anrafati", "Saïd Bacar"),
        ("- Marie Durand", "Marie", "Durand"),
        ("12. Marie Durand", "Marie", "Durand"),
        ("Durand", "", "Durand"),
        ("", "", ""),
    ],
)
def test_a_whole_name_is_cut_in_two(typed, first, last):
    assert cut_name(typed) == (first, last)


def test_without_any_hint_the_heading_gives_the_order():
    assert cut_name("Anrafati Bacar") == ("Anrafati", "Bacar")
    assert cut_name("Bacar Anrafati", last_first=True) == ("Anrafati", "Bacar")


def test_names_are_compared_without_case_accents_or_hyphens():
    assert name_key("Jean-François D’Almeida") == name_key("JEAN FRANCOIS DALMEIDA")


def test_an_address_tells_a_name():
    assert words_of_address("marie.le-goff+aidant@a.fr") == ["marie", "legoff"]
    assert words_of_address("m.durand2@a.fr") == ["m", "durand2"]


@pytest.mark.parametrize("bullet", ["- ", "• ", "– ", "1. ", "23) "])
def test_bullets_of_a_pasted_list_are_no_part_of_a_name(bullet):
    assert without_bullet(f"{bullet}Durand") == "Durand"
    assert without_bullet("-Durand") == "-Durand"
