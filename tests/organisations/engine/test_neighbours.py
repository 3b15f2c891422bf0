import pytest

from lms.organisations.engine.neighbours import around, neighbours


def test_being_neighbours_goes_both_ways():
    assert [(one, other) for one, others in neighbours().items() for other in others if one not in around(other)] == []


@pytest.mark.parametrize("code", ["971", "972", "973", "974", "976"])
def test_overseas_each_departement_is_alone(code):
    assert around(code) == (code,)


def test_ille_et_vilaine_touches_six_departements():
    assert around("35") == ("35", "22", "44", "49", "50", "53", "56")
