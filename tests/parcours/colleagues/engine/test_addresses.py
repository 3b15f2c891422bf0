import pytest

from parcours.colleagues.engine.addresses import (
    addresses_in,
    clean_address,
    meant_domain,
    meant_here,
    repaired,
    usual_domains,
)


@pytest.mark.parametrize(
    ("slip", "meant"),
    [
        ("gmial.com", "gmail.com"),
        ("gmal.com", "gmail.com"),
        ("gmaill.com", "gmail.com"),
        ("gmail.con", "gmail.com"),
        ("gmail.fr", "gmail.com"),
        ("hotnail.fr", "hotmail.fr"),
        ("hotmial.com", "hotmail.com"),
        ("outlok.fr", "outlook.fr"),
        ("wanado.fr", "wanadoo.fr"),
        ("laposte.ner", "laposte.net"),
        ("oragne.fr", "orange.fr"),
        ("mairie-dol.fe", "mairie-dol.fr"),
        ("gmial.con", "gmail.com"),
    ],
)
def test_slips_in_well_known_domains_are_recognised(slip, meant):
    assert meant_domain(slip) == meant


@pytest.mark.parametrize(
    "domain",
    [
        *("gmail.com", "mail.com", "ymail.com", "email.fr", "grange.fr", "orange.com", "free.fr", "fred.fr", "sfr.fr"),
        *("laposte.fr", "mairie-dol.fr", "ville-exemple.fr", "cohesion.gouv.fr", "yahoo.be", "aol.com", "neuf.fr"),
        *("oranges.fr", "ac-rennes.fr", "cdg35.fr", "la-grange.fr", "outlook.be", "hotmail.it", "gmx.fr"),
    ],
)
def test_domains_that_exist_are_left_alone(domain):
    assert meant_domain(domain) == ""


def test_a_rare_domain_close_to_that_of_everybody_is_noticed():
    usual, rare = usual_domains([*[f"p{n}@ville-exemple.fr" for n in range(6)], "q@ville-exmple.fr", "r@autre.fr"])
    assert (meant_here("ville-exmple.fr", usual), meant_here("autre.fr", usual)) == ("ville-exemple.fr", "")
    assert rare == {"ville-exmple.fr", "autre.fr"}


@pytest.mark.parametrize(
    ("pasted", "clean"),
    [
        (" <Marie.Durand@Ville.fr> ", "marie.durand@ville.fr"),
        ("mailto:marie@ville.fr", "marie@ville.fr"),
        ("marie@ville.fr;", "marie@ville.fr"),
        ("marie\u200b@ville.fr\u00a0", "marie@ville.fr"),
    ],
)
def test_what_a_copy_leaves_around_an_address_goes(pasted, clean):
    assert clean_address(pasted) == clean


def test_several_addresses_are_counted():
    assert addresses_in("a@b.fr / c@d.fr") == ["a@b.fr", "c@d.fr"]


def test_an_address_is_repaired_when_only_a_letter_was_wrong():
    assert repaired("éric.le roux@ville-exemple,fr") == "eric.leroux@ville-exemple.fr"
