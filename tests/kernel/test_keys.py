import pytest

from lms.kernel.access import keys_in
from lms.kernel.definitions import Definition


@pytest.mark.parametrize("text", ["", "-1", "1.5", "²", "abc", "9" * 19, "9" * 5000, "1 2"])
def test_what_is_no_key_is_left_out(text):
    assert keys_in([text, "12"]) == [12]


@pytest.mark.parametrize("typed", ["9" * 5000, "²", "1e3", ""])
def test_a_rule_that_is_a_whole_number_refuses_what_is_none(typed):
    rule = Definition("essai.nombre", "un nombre", "integer", 1)
    assert rule.read("12") == 12
    with pytest.raises(ValueError, match="nombre"):
        rule.read(typed)
