import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.accounts.engine.addresses import has_accent_before_at, is_shared, normalise_email

NAMES = ["mairie", "contact", "ccas", "info", "secretariat", "direction"]


@pytest.mark.parametrize(
    "typed",
    [
        "Claire.Martin@Ville-Exemple.FR",
        "  claire.martin@ville-exemple.fr\n",
        "\u200bclaire.martin@ville-exemple.fr",
        "claire.martin\u00ad@ville-exemple.fr",
        "claire.martin＠ville-exemple.fr",
        "ｃｌａｉｒｅ.martin@ville-exemple.fr",
    ],
)
def test_one_mailbox_has_one_spelling(typed):
    assert normalise_email(typed) == "claire.martin@ville-exemple.fr"


def test_a_domain_in_letters_is_the_same_decomposed_or_as_the_browser_encodes_it():
    written = "paul@mairie-évian.fr"
    assert normalise_email(unicodedata.normalize("NFD", written)) == written
    assert normalise_email("paul@" + "mairie-évian.fr".encode("idna").decode()) == written


def test_a_domain_wrongly_encoded_is_left_as_typed():
    assert normalise_email("paul@xn--\u00ff.fr") == "paul@xn--ÿ.fr"


@pytest.mark.parametrize("nothing", [None, "", "   "])
def test_nothing_stays_nothing(nothing):
    assert normalise_email(nothing) == ""


@given(st.text())
def test_normalising_twice_changes_nothing_more(text):
    once = normalise_email(text)
    assert normalise_email(once) == once or not once.isascii()


@pytest.mark.parametrize("address", ["hélène@ville.fr", "françois@mairie-évian.fr"])
def test_an_accent_before_the_at_is_seen(address):
    assert has_accent_before_at(address)


@pytest.mark.parametrize("address", ["helene@mairie-évian.fr", "helene", ""])
def test_an_accent_in_the_domain_is_fine(address):
    assert not has_accent_before_at(address)


@pytest.mark.parametrize(
    "address",
    [
        "mairie@ville.fr",
        "mairie2@ville.fr",
        "mairie.saint-marcel@orange.fr",
        "saint-marcel.mairie@wanadoo.fr",
        "mairiedesaintmarcel@orange.fr",
        "ccas-lyon@ville.fr",
        "contact+pix@ville.fr",
        "secretariat_general@ville.fr",
    ],
)
def test_a_desk_is_recognised(address):
    assert is_shared(address, NAMES)


@pytest.mark.parametrize(
    "address", ["claire.martin@mairie.fr", "informatique.durand@ville.fr", "ccastel@ville.fr", "jean@ville.fr"]
)
def test_a_person_is_not_a_desk(address):
    assert not is_shared(address, NAMES)
