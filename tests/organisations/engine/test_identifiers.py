import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.fr import siret as stdnum_siret

from lms.organisations.engine.identifiers import (
    commune_refusal,
    compact,
    datapass_refusal,
    departement_of_commune,
    nda_refusal,
    nda_warning,
    opaque_digits,
    siret_refusal,
)
from tests.organisations.factories import luhn_siret

RIGHT = ["73282932000074", "35600000000048", "35600000049837", "00032517500057"]


@pytest.mark.parametrize("siret", RIGHT)
def test_a_right_siret_is_accepted(siret):
    assert siret_refusal(siret) is None


def test_la_poste_counts_by_five_except_its_head_office():
    assert stdnum_siret.is_valid("35600000000048")
    assert siret_refusal("35600000049837") is None  # sum of digits 45, not a Luhn number
    assert "faute de frappe" in siret_refusal("35600000049838")


@pytest.mark.parametrize(
    ("siret", "words"),
    [
        (
            "7328293200007",
            "Le SIRET comporte 13 chiffres ; il en faut 14. Vous le trouverez sur votre avis de situation.",
        ),
        ("1", "comporte 1 chiffre ; il en faut 14"),
        ("732829320000744", "comporte 15 chiffres"),
        ("73282932000075", "faute de frappe"),
        ("0" * 14, "que des zéros"),
        ("7328293200007A", "que des chiffres"),
        ("٧٣٢٨٢٩٣٢٠٠٠٠٧٤", "que des chiffres"),
        ("", "comporte 0 chiffre"),
    ],
)
def test_a_wrong_siret_is_told_what_is_wrong(siret, words):
    assert words in siret_refusal(siret)


@pytest.mark.parametrize(
    "typed",
    [
        "732 829 320 00074",
        "732\u00a0829\u00a0320\u00a000074",
        " 732.829.320.00074\n",
        "732\u202f829\u202f320-00074",
        "\ufeff73282932000074",
    ],
)
def test_separators_are_dropped(typed):
    assert compact(typed) == "73282932000074"


@given(st.integers(min_value=0, max_value=9_999_999))
def test_every_fictional_siret_passes_and_one_changed_digit_does_not(rank):
    siret = luhn_siret(rank)
    assert siret_refusal(siret) is None
    assert siret_refusal(siret[:-1] + str((int(siret[-1]) + 1) % 10)) is not None


@given(st.text())
def test_no_text_breaks_the_check(text):
    assert siret_refusal(compact(text)) is None or siret_refusal(compact(text)).endswith(".")


@pytest.mark.parametrize(
    ("typed", "kept"), [("00075010029", "75010029"), ("01 000 123", "1000123"), ("2323", "2323"), ("000", "")]
)
def test_a_datapass_number_is_compared_without_its_leading_zeros(typed, kept):
    assert opaque_digits(typed) == kept
    assert datapass_refusal(kept) is None


def test_a_datapass_number_is_made_of_digits():
    assert "que des chiffres" in datapass_refusal("75A")


@pytest.mark.parametrize("nda", ["53291026129", "11754370275", "942A123452A", "04973123497"])
def test_a_declaration_number_has_eleven_characters(nda):
    assert nda_refusal(nda) is None
    assert "11" in nda_refusal(nda[:-1])


def test_an_unusual_declaration_number_is_warned_about_not_refused():
    assert nda_warning("53291026129") is None
    assert nda_refusal("53291026135") is None
    assert "forme habituelle" in nda_warning("53291026135")
    assert nda_warning("") is None


@pytest.mark.parametrize(
    ("commune", "departement"), [("35238", "35"), ("2A004", "2A"), ("2B033", "2B"), ("97608", "976"), ("01004", "01")]
)
def test_the_departement_comes_from_the_commune(commune, departement):
    assert commune_refusal(commune) is None
    assert departement_of_commune(commune) == departement


@pytest.mark.parametrize("code", ["3523", "2C004", "352389", "A2004"])
def test_a_wrong_commune_code_is_refused(code):
    assert "code INSEE" in commune_refusal(code)
