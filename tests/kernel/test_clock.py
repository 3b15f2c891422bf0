import datetime

import pytest

from lms.kernel.jobs import clock, post_ticks, registry, run_due
from lms.kernel.jobs import clock as register
from lms.kernel.jobs.clock import CLOCKS
from lms.kernel.models import Job
from tests.kernel.threads import together

pytestmark = pytest.mark.django_db


def at(text):
    return datetime.datetime.fromisoformat(text).replace(tzinfo=datetime.UTC)


@pytest.fixture(autouse=True)
def _own_clocks():
    known_tasks, known_clocks = dict(registry.TASKS), dict(CLOCKS)
    CLOCKS.clear()
    yield
    for current, known in ((registry.TASKS, known_tasks), (CLOCKS, known_clocks)):
        current.clear()
        current.update(known)


@pytest.fixture
def dates():
    """The dates for which a task of every night at three was run."""
    seen = []
    register("test.nightly", every="day")(seen.append)
    return seen


def ring(*instants):
    for instant in instants:
        post_ticks(at(instant))
    run_due()


def test_the_first_call_stands_for_the_last_night_only(dates):
    ring("2026-11-22T09:00")
    assert dates == ["2026-11-22"]


def test_before_the_hour_the_last_night_is_the_day_before(dates):
    ring("2026-11-22T01:59")  # 2 h 59 in Paris
    assert dates == ["2026-11-21"]


def test_a_night_is_rung_once_however_often_one_looks(dates):
    ring("2026-11-22T02:00", "2026-11-22T02:00", "2026-11-22T23:00")
    assert dates == ["2026-11-22"]


def test_missed_nights_are_caught_up_in_order(dates):
    ring("2026-11-18T09:00", "2026-11-22T09:00")
    assert dates == ["2026-11-18", "2026-11-19", "2026-11-20", "2026-11-21", "2026-11-22"]


def test_a_long_sleep_is_caught_up_over_a_month_at_most(dates):
    ring("2026-01-01T09:00", "2026-11-22T09:00")
    assert len(dates) == 1 + 31
    assert dates[-1] == "2026-11-22"


def test_a_clock_that_goes_back_rings_nothing_again(dates):
    ring("2026-11-22T09:00", "2026-11-20T09:00", "2026-11-22T10:00")
    assert dates == ["2026-11-22"]


@pytest.mark.parametrize("day", ["2026-03-29", "2026-10-25"])
def test_both_nights_of_changing_time_ring_once_even_at_the_hour_that_moves(day):
    seen = []
    register("test.at_half_past_two", every="day", at="02:30")(seen.append)
    start = at(f"{day}T00:00") - datetime.timedelta(days=1)
    for quarter in range(4 * 24 * 3):
        post_ticks(start + datetime.timedelta(minutes=15 * quarter))
    run_due()
    assert seen.count(day) == 1
    assert len(seen) == len(set(seen)) == 4


@pytest.mark.parametrize("day", ["2026-03-29", "2026-10-25"])
def test_an_hourly_clock_rings_every_hour_that_passes_even_that_night(day):
    seen = []
    register("test.hourly", every="hour")(seen.append)
    ring(f"{day}T00:30", f"{day}T05:10")
    assert seen == [f"{day}T{hour:02d}Z" for hour in range(6)]


def test_another_rhythm_is_a_mistake():
    with pytest.raises(ValueError, match="every day or every hour"):
        clock("test.odd", every="week")


@pytest.mark.django_db(transaction=True)
def test_two_relays_that_ring_together_ring_once(dates):
    ring("2026-11-20T09:00")
    together(6, lambda index: post_ticks(at("2026-11-22T09:00")))
    assert Job.objects.count() == 3
