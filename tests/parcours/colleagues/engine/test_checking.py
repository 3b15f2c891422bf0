import pytest

from parcours.colleagues.engine.checking import Checks, Entry, Status, check
from tests.parcours.colleagues.engine.test_seeded import valid

CHECKS = Checks(
    valid_email=valid,
    closed_domain=lambda email: email.endswith("@fini.fr"),
    shared_mailbox=lambda email: email.startswith("accueil@"),
    colleagues={"marie@a.fr": "Marie Durand"},
    enrolled=frozenset({"inscrite@a.fr"}),
    invited=frozenset({"invitee@a.fr"}),
)


def entry(last="Durand", first="Marie", email="marie@a.fr", line=1, **values):
    return Entry(line, first, last, email, **values)


def codes(*entries):
    return [[fault.code for fault in verdict.faults] for verdict in check(entries, CHECKS)]


def test_a_good_line_is_ready():
    assert [one.status for one in check([entry()], CHECKS)] == [Status.READY]


def test_somebody_enrolled_or_invited_already_is_not_enrolled_again():
    found = check([entry(email="inscrite@a.fr"), entry("Roux", email="invitee@a.fr", line=2)], CHECKS)
    assert [one.status for one in found] == [Status.ALREADY, Status.ALREADY]


def test_the_second_of_two_equal_addresses_is_the_fault_and_names_the_first():
    verdicts = check([entry(line=4), entry("Roux", "Paul", line=9)], CHECKS)
    assert [one.status for one in verdicts] == [Status.READY, Status.FAULTY]
    assert "ligne 4" in verdicts[1].faults[0].text


def test_a_line_set_aside_counts_for_nothing():
    verdicts = check([entry(excluded=True), entry(line=2), entry("", "", "", line=3, excluded=True)], CHECKS)
    assert [one.status for one in verdicts] == [Status.EXCLUDED, Status.READY, Status.EXCLUDED]


def test_the_same_name_with_another_address_is_only_to_look_at():
    verdicts = check([entry(), entry(email="m.durand@a.fr", line=2)], CHECKS)
    assert [one.status for one in verdicts] == [Status.READY, Status.READY]
    assert codes(entry(), entry(email="m.durand@a.fr", line=2))[1] == ["same_name"]


def test_a_shared_mailbox_is_accepted_with_a_warning():
    (verdict,) = check([entry(email="accueil@a.fr")], CHECKS)
    assert (verdict.status, verdict.faults[0].code) == (Status.READY, "email_shared")


def test_another_name_is_told_for_a_colleague_only():
    assert codes(entry("Martin")) == [["other_name"]]
    assert "Marie Durand" in check([entry("Martin")], CHECKS)[0].faults[0].text
    assert codes(entry("Martin", email="ailleurs@b.fr")) == [[]]
    assert codes(entry("Marie", "Durand")) == [[]]


def test_a_rare_domain_close_to_the_usual_one_is_only_to_look_at():
    many = [entry(f"Durand{'abcdefg'[n]}", email=f"p{n}@ville-exemple.fr", line=n + 1) for n in range(6)]
    *_, last = check([*many, entry("Roux", email="r@ville-exmple.fr", line=9)], CHECKS)
    assert (last.status, last.faults[0].suggestion) == (Status.READY, {"email": "r@ville-exemple.fr"})


@pytest.mark.parametrize(
    ("one", "suggested"),
    [
        (entry(email="marie@gmial.com"), {"email": "marie@gmail.com"}),
        (entry(email="hélène@a.fr"), {"email": "helene@a.fr"}),
        (entry(email="marie @a,fr"), {"email": "marie@a.fr"}),
        (entry("marie@a.fr", email="Durand"), {"email": "marie@a.fr", "last_name": "Durand"}),
        (entry(email="Marie", extra="marie@a.fr"), {"email": "marie@a.fr"}),
        (entry("", "", "marie.le-goff@a.fr"), {"first_name": "Marie"}),
        (entry("", email="marie.le-goff@a.fr"), {"last_name": "Le-Goff"}),
        (entry("Lef\u00c3\u00a8vre"), {"last_name": "Lefèvre"}),
        (entry("Du\x07rand"), {"last_name": "Du rand"}),
        (entry("", email="accueil@a.fr"), {}),
    ],
)
def test_a_probable_correction_is_suggested(one, suggested):
    faults = check([one], CHECKS)[0].faults
    assert next(fault for fault in faults if fault.blocking).suggestion == suggested


def test_cells_beyond_the_headings_are_told_and_change_nothing():
    (verdict,) = check([entry(extra="à mi-temps")], CHECKS)
    assert (verdict.status, [fault.code for fault in verdict.faults]) == (Status.READY, ["overflow"])


@pytest.mark.parametrize(
    "name", ["O’Neil", "D’Almeida", "N’Guyen", "Ñuñez", "Øyvind", "李", "Le Goff", "Jean-Luc", "X"]
)
def test_names_of_all_sorts_are_names(name):
    assert codes(entry(name, name, "x@b.fr")) == [[]]


@pytest.mark.parametrize(
    "fault", ["=1+1", "@SUM", "+33", "-Durand", "Durand 2", "06 12 34 56 78", "???", "--", "m@b.fr"]
)
def test_what_is_no_name_is_refused(fault):
    (found,) = codes(entry(fault, email="x@b.fr"))
    assert len(found) == 1 and found[0].startswith("name_")


def test_every_sentence_ends_and_says_what_to_do():
    bad = [
        entry("", "", ""),
        entry(email="x"),
        entry(email="a@b.fr c@d.fr"),
        entry(email="a@fini.fr"),
        entry("Total", "", ""),
        entry("Nom", "Prénom", "E-mail"),
    ]
    for one in bad:
        for fault in check([one], CHECKS)[0].faults:
            assert fault.text.endswith(".") and len(fault.text) > 20
