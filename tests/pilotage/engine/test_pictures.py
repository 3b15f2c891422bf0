import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.organisations.actions import load_reference
from lms.organisations.models import Region
from lms.pilotage.engine import curve, tiles
from lms.pilotage.engine.masking import masked, masked_by_level


@pytest.mark.django_db
def test_every_region_overseas_included_has_its_tile_and_no_two_share_a_place():
    load_reference()
    assert set(tiles.TILES) == set(Region.objects.values_list("pk", flat=True))
    assert len({(column, row) for _, column, row in tiles.TILES.values()}) == 18
    assert len({letters for letters, _, _ in tiles.TILES.values()}) == 18


@pytest.mark.parametrize(
    ("part", "whole", "shade"),
    [(0, 0, 0), (0, 10, 1), (39, 100, 1), (40, 100, 2), (60, 100, 3), (79, 100, 3), (80, 100, 4), (12, 10, 4)],
)
def test_a_tile_is_darker_as_the_share_grows(part, whole, shade):
    assert tiles.shade(part, whole) == shade


def test_months_follow_one_another_over_the_year():
    assert curve.months_between("2026-11", "2027-02") == ["2026-11", "2026-12", "2027-01", "2027-02"]
    assert curve.months_between("2026-11", "2026-10") == []


@pytest.mark.parametrize(("value", "top"), [(0, 1), (1, 1), (3, 5), (6, 10), (14_212, 20_000), (20_001, 50_000)])
def test_the_picture_ends_at_a_round_number(value, top):
    assert curve.top_of(value) == top


@given(st.lists(st.integers(0, 30_000), min_size=1, max_size=40))
def test_the_curve_never_leaves_its_picture_nor_goes_down(values):
    months = [f"m{rank}" for rank in range(len(values))]
    drawn = curve.draw(months, curve.cumulated(values))
    points = [tuple(map(float, point.split(","))) for point in drawn.line.split()]
    assert all(0 <= x <= curve.WIDTH and 0 <= y <= curve.HEIGHT for x, y in points)
    assert [y for _, y in points] == sorted((y for _, y in points), reverse=True)
    assert len(drawn.columns) <= 6


@given(st.lists(st.integers(0, 20), min_size=2, max_size=12), st.integers(2, 6))
def test_no_small_number_is_printed_nor_found_by_subtraction(values, below):
    hidden = masked(values, below)
    assert all(hide for value, hide in zip(values, hidden, strict=True) if 0 < value < below)
    others = [value for value, hide in zip(values, hidden, strict=True) if not hide and value]
    assert sum(hidden) != 1 or not others


def test_nothing_is_hidden_when_nothing_is_small():
    assert masked([0, 5, 12], 5) == [False, False, False]


PLACES = {"a": ("1", "A"), "b": ("1", "A"), "c": ("1", "B"), "d": ("2", "C"), "e": ("2", "D"), "f": ("", "E")}
"""Six départements in five régions, one of them outside the waves."""


def known_by_subtraction(values, levels, hidden):
    """What can be worked out of all that is printed: a whole from its parts, a part from its whole and the others."""
    printed, parts = {(0, ""): sum(values.values())}, {}
    for rank, level in enumerate(levels, start=1):
        for leaf, value in values.items():
            above = (rank - 1, levels[rank - 2][leaf] if rank > 1 else "")
            parts.setdefault(above, set()).add((rank, level[leaf]))
            if level[leaf] not in hidden[rank - 1]:
                printed.setdefault((rank, level[leaf]), 0)
                printed[rank, level[leaf]] += value
    found, before = dict(printed), -1
    while len(found) != before:
        before = len(found)
        for whole, children in parts.items():
            missing = [one for one in children if one not in found]
            told = sum(found[one] for one in children if one in found)
            if not missing:
                found.setdefault(whole, told)
            elif len(missing) == 1 and whole in found:
                found[missing[0]] = found[whole] - told
    return found


@given(st.lists(st.integers(0, 12), min_size=6, max_size=6).filter(lambda values: sum(values) > 5))
def test_no_small_number_is_found_from_one_page_to_another(numbers):
    values = dict(zip(PLACES, numbers, strict=True))
    levels = [
        {leaf: wave for leaf, (wave, _) in PLACES.items()},
        {leaf: region for leaf, (_, region) in PLACES.items()},
    ]
    levels.append({leaf: leaf for leaf in PLACES})
    hidden = masked_by_level(values, levels, 5)
    found = known_by_subtraction(values, levels, hidden)
    assert not [value for (rank, _), value in found.items() if rank and 0 < value < 5]


def test_the_whole_of_a_region_does_not_give_what_its_departement_hides():
    values = {"a": 3, "b": 50, "c": 2, "d": 40}
    regions = {"a": "R", "b": "R", "c": "Q", "d": "Q"}
    assert masked_by_level(values, [regions, {leaf: leaf for leaf in values}], 5) == [set(), {"a", "b", "c", "d"}]
