"""Reminders in the twelve zones of the French: never in quiet hours, never twice in a week, whatever the clock does."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.accounts.models import FrenchZone
from lms.kernel.quiet import next_quiet_end
from parcours.learning.engine.reminding import Slot, may_remind, reminder_at

ZONES = [str(zone) for zone in FrenchZone]
SLOTS = st.lists(st.builds(Slot, st.integers(0, 6), st.times().map(lambda t: t.replace(microsecond=0))), max_size=7)
INSTANTS = st.datetimes(datetime(2026, 1, 1), datetime(2028, 1, 1), timezones=st.just(UTC))


def here(zone, *parts):
    return datetime(*parts, tzinfo=ZoneInfo(zone))


@given(INSTANTS, st.sampled_from(ZONES), SLOTS)
def test_nobody_is_written_to_in_quiet_hours_nor_later_than_within_a_day(now, zone, slots):
    at = reminder_at(now, zone, slots)
    if at is not None:
        assert next_quiet_end(at, zone) == at
        assert now <= at < now + timedelta(days=1)


@given(st.sampled_from(ZONES), SLOTS, st.dates(datetime(2026, 1, 1).date(), datetime(2027, 12, 1).date()))
def test_one_night_of_the_seven_finds_an_hour(zone, slots, monday):
    nights = [datetime(monday.year, monday.month, monday.day, 5, tzinfo=UTC) + timedelta(days=n) for n in range(8)]
    assert any(reminder_at(night, zone, slots) for night in nights)


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize(
    ("day", "hour", "expected"),
    [
        ((2026, 11, 24), time(8), ((2026, 11, 24), time(8))),
        ((2026, 11, 24), time(7, 59), ((2026, 11, 24), time(8))),
        ((2026, 11, 24), time(18, 59), ((2026, 11, 24), time(18, 59))),
        ((2026, 11, 24), time(19), ((2026, 11, 25), time(8))),
        ((2026, 11, 24), time(23, 59), ((2026, 11, 25), time(8))),
        ((2026, 11, 26), time(23, 59), ((2026, 11, 27), time(8))),
        ((2026, 11, 27), time(23, 59), None),
        ((2026, 11, 28), time(7, 59), None),
        ((2026, 11, 29), time(7, 59), None),
        ((2026, 11, 29), time(23, 59), ((2026, 11, 30), time(8))),
    ],
)
def test_without_a_moment_one_is_written_to_at_the_first_fit_hour(zone, day, hour, expected):
    now = datetime.combine(datetime(*day), hour, tzinfo=ZoneInfo(zone))
    if expected is None:
        assert reminder_at(now, zone) is None
    else:
        assert reminder_at(now, zone) == datetime.combine(datetime(*expected[0]), expected[1], tzinfo=ZoneInfo(zone))


@pytest.mark.parametrize("zone", ZONES)
def test_a_moment_that_was_chosen_is_waited_for(zone):
    tuesday = Slot(1, time(14, 30))
    assert reminder_at(here(zone, 2026, 11, 23, 9), zone, [tuesday]) is None
    assert reminder_at(here(zone, 2026, 11, 23, 20), zone, [tuesday]) == here(zone, 2026, 11, 24, 14, 30)


@pytest.mark.parametrize("slot", [Slot(5, time(10)), Slot(6, time(10)), Slot(2, time(7, 59)), Slot(2, time(23, 59))])
def test_a_moment_in_quiet_hours_leaves_the_first_fit_hour(slot):
    now = here("Indian/Mayotte", 2026, 11, 24, 6)
    assert reminder_at(now, "Indian/Mayotte", [slot]) == here("Indian/Mayotte", 2026, 11, 24, 8)


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize(("days", "due"), [(6, False), (7, True), (8, True)])
def test_a_week_is_seven_days_of_the_calendar(zone, days, due):
    done = here(zone, 2026, 11, 16, 23, 59)
    now = datetime.combine(done.date() + timedelta(days=days), time(8), tzinfo=ZoneInfo(zone))
    assert may_remind(now, zone, sent=0, last_at=done, reminded_at=None) is due


@pytest.mark.parametrize(
    ("zone", "before", "after"),
    [
        ("Europe/Paris", (2026, 10, 21, 9), (2026, 10, 28, 9)),  # the hour that comes twice
        ("Europe/Paris", (2027, 3, 24, 9), (2027, 3, 31, 9)),  # the hour that never comes
        ("America/Miquelon", (2026, 10, 28, 9), (2026, 11, 4, 9)),
        ("America/Miquelon", (2027, 3, 10, 9), (2027, 3, 17, 9)),
    ],
)
def test_a_week_over_a_change_of_hour_is_still_a_week(zone, before, after):
    reminded = here(zone, *before)
    known = {"sent": 1, "last_at": here(zone, 2026, 1, 1), "reminded_at": reminded}
    assert may_remind(here(zone, *after), zone, **known)
    assert not may_remind(here(zone, *after) - timedelta(days=1), zone, **known)


def test_three_is_the_last():
    known = {"last_at": here("Europe/Paris", 2026, 1, 1), "reminded_at": None}
    now = here("Europe/Paris", 2026, 11, 24, 9)
    assert [may_remind(now, "Europe/Paris", sent=sent, **known) for sent in range(5)] == [True] * 3 + [False] * 2


def test_the_next_of_a_moment_is_today_until_it_has_begun():
    slot = Slot(1, time(9))
    zone = "Pacific/Noumea"
    assert slot.next(here(zone, 2026, 11, 24, 9), zone) == here(zone, 2026, 11, 24, 9)
    assert slot.next(here(zone, 2026, 11, 24, 9, 1), zone) == here(zone, 2026, 12, 1, 9)
