import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.organisations.actions import load_reference
from lms.organisations.models import Region
from lms.pilotage.engine import curve, tiles
from lms.pilotage.engine.masking import masked


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
