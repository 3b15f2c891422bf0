import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.kernel.sensitive import MASK, found_in, has_social_security, without_social_security

NUMBERS = [
    "185057800608436",
    "1850578006084",
    "1 85 05 78 006 084 36",
    "1.85.05.78.006.084.36",
    "1-85-05-78-006-084",
    "1 85 05 78 006 084 / 36",
    "1\u00a085\u00a005\u00a078\u00a0006\u00a0084\u00a036",
    "1 85 05\n78 006 084 36",
    "2 85 05 2A 006 084 36",
    "285052b00608436",
    "１８５０５７８００６０８４３６",
    "7 85 12 99 341 001",
]
OTHERS = [
    "",
    "SIRET 732 829 320 00074",
    "73282932000074",
    "20 000 aidants, 10 h 30, le 22/11/2026 à 14 h",
    "le code 12345678 et l’article 226-13",
    "1234567890123",  # no month 34
    "RNCP40695, certification 123456789012345678901",
    "FR76 3000 6000 0112 3456 7890 189",
]


@pytest.mark.parametrize("written", NUMBERS)
@pytest.mark.parametrize("sentence", ["{}", "Son numéro est {}, que faire ?", "NIR:{}.", "{} puis 06 12 34 56 78"])
def test_a_social_security_number_is_found_however_it_is_written(written, sentence):
    masked, found = without_social_security(sentence.format(written))
    assert found
    assert MASK in masked
    assert not has_social_security(masked)
    assert "006" not in masked


@pytest.mark.parametrize("text", OTHERS)
def test_what_is_no_social_security_number_is_left_alone(text):
    assert without_social_security(text) == (text, False)


def test_several_numbers_are_all_taken_out():
    masked, _ = without_social_security(f"Elle : {NUMBERS[0]}, lui : {NUMBERS[2]}.")
    assert masked == f"Elle : {MASK}, lui : {MASK}."


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("Appelez le 06 12 34 56 78.", ["un numéro de téléphone"]),
        ("0612345678", ["un numéro de téléphone"]),
        ("+262 692 12 34 56", ["un numéro de téléphone"]),
        ("+33 (0)6.12.34.56.78", ["un numéro de téléphone"]),
        ("0262 12 34 56", ["un numéro de téléphone"]),
        ("marie.dupont@courriel.example", ["une adresse électronique"]),
        ("FR76 3000 6000 0112 3456 7890 189", ["un numéro bancaire"]),
        ("4970 1012 3456 7893", ["un numéro bancaire"]),
        ("a@b.example ou 06 12 34 56 78", ["un numéro de téléphone", "une adresse électronique"]),
        ("FR76 3000 6000 0112 3456 7890 188", []),
        ("le 01.02.2026 10 h 30", []),
        ("20 000 aidants, 1 234,50 €, article 226-13", []),
        ("SIRET 732 829 320 00074", []),
    ],
)
def test_what_may_be_the_data_of_a_person_is_named(text, labels):
    assert found_in(text) == labels


@given(st.text())
def test_no_text_is_refused_by_an_error(text):
    masked, found = without_social_security(text)
    assert found or masked == text
    found_in(text)


LONG = 40_000


@pytest.mark.parametrize(
    "text",
    [
        *("1" * LONG, "1 " * LONG, "1..." * LONG, "a" * LONG, "a." * LONG, "FR76" * LONG, "1A" * LONG, "@a" * LONG),
        *("a@" * LONG, "+33 " * LONG, "GB82WEST12345698765432 " * (LONG // 10), "1850578006084 " * (LONG // 10)),
    ],
    ids=lambda text: text[:8],
)
def test_a_long_text_is_read_in_a_time_that_grows_with_it_and_no_faster(text):
    """A file of 5 Mo is read whole: each of these took hours when the time grew with the square of the length."""
    begun = time.process_time()
    without_social_security(text)
    found_in(text)
    assert time.process_time() - begun < 5
