import unicodedata

import pytest

from lms.accounts.engine.names import can_be_read, clean_name

KEPT = ["O’Connor", "d'Artagnan", "Jean-Élie", "محمد", "Núñez", "李", "Zoé 🦊", "N’Guyễn", "x" * 120]


@pytest.mark.parametrize("name", KEPT)
def test_a_name_stays_as_it_is_written(name):
    assert clean_name(name) == unicodedata.normalize("NFC", name)
    assert can_be_read(name)


def test_spaces_controls_and_direction_overrides_are_taken_out():
    assert clean_name("  Anne\u202e\t Marie\x00\u200b ") == "Anne Marie"


def test_letters_are_composed():
    assert clean_name(unicodedata.normalize("NFD", "Hélène")) == "Hélène"


def test_a_family_emoji_keeps_its_joiners():
    assert clean_name("Ana 👩\u200d👧") == "Ana 👩\u200d👧"


@pytest.mark.parametrize("name", ["", "-", "'’", "\u0301"])
def test_marks_alone_are_no_name(name):
    assert not can_be_read(clean_name(name))
