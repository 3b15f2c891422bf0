import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.kernel.quiet import next_quiet_end

PARIS, MAYOTTE, TAHITI = "Europe/Paris", "Indian/Mayotte", "Pacific/Tahiti"


def at(text, zone=PARIS):
    return datetime.datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))


@pytest.mark.parametrize(
    ("asked", "written"),
    [
        ("2026-11-23 08:00", "2026-11-23 08:00"),
        ("2026-11-23 18:59", "2026-11-23 18:59"),
        ("2026-11-23 19:00", "2026-11-24 08:00"),
        ("2026-11-24 03:00", "2026-11-24 08:00"),
        ("2026-11-20 18:59", "2026-11-20 18:59"),
        ("2026-11-20 21:00", "2026-11-23 08:00"),
        ("2026-11-21 10:00", "2026-11-23 08:00"),
        ("2026-11-22 23:59", "2026-11-23 08:00"),
        ("2026-11-23 00:00", "2026-11-23 08:00"),
    ],
)
def test_nobody_is_written_to_in_the_evening_at_night_nor_at_the_weekend(asked, written):
    assert next_quiet_end(at(asked), PARIS) == at(written)


@pytest.mark.parametrize(
    ("zone", "written"),
    [
        (PARIS, at("2026-11-23 17:30")),
        (MAYOTTE, at("2026-11-24 08:00", MAYOTTE)),
        (TAHITI, at("2026-11-23 08:00", TAHITI)),
    ],
)
def test_the_hours_are_those_of_the_reader(zone, written):
    assert next_quiet_end(at("2026-11-23 17:30"), zone) == written


def test_the_night_when_the_clocks_change_opens_at_eight_all_the_same():
    assert next_quiet_end(at("2026-10-24 12:00"), PARIS).isoformat() == "2026-10-26T08:00:00+01:00"
    assert next_quiet_end(at("2027-03-26 20:00"), PARIS).isoformat() == "2027-03-29T08:00:00+02:00"


@given(st.datetimes(timezones=st.sampled_from([ZoneInfo(PARIS), ZoneInfo(MAYOTTE), ZoneInfo(TAHITI)])))
def test_what_is_put_off_is_never_sooner_nor_put_off_twice(moment):
    zone = str(moment.tzinfo)
    try:
        opening = next_quiet_end(moment, zone)
    except OverflowError:
        return
    assert opening >= moment
    assert next_quiet_end(opening, zone) == opening
