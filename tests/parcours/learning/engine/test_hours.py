from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.accounts.models import FrenchZone
from parcours.learning.engine.hours import writing_hour

PARIS = ZoneInfo("Europe/Paris")


@pytest.mark.parametrize(
    ("asked", "fit"),
    [
        ("2026-11-20T14:00", "2026-11-20T14:00"),  # Friday afternoon
        ("2026-11-20T18:59", "2026-11-20T18:59"),
        ("2026-11-20T19:00", "2026-11-23T08:00"),  # Friday evening: Monday morning
        ("2026-11-22T11:00", "2026-11-23T08:00"),
        ("2026-11-24T03:00", "2026-11-24T08:00"),
        ("2026-03-28T23:00", "2026-03-30T08:00"),  # the night the hour changes
        ("2026-10-24T23:00", "2026-10-26T08:00"),
    ],
)
def test_nobody_is_written_to_at_night_nor_at_the_weekend(asked, fit):
    moment = datetime.fromisoformat(asked).replace(tzinfo=PARIS)
    assert writing_hour(moment, "Europe/Paris") == datetime.fromisoformat(fit).replace(tzinfo=PARIS)


@given(st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC)), st.sampled_from(FrenchZone))
def test_the_hour_is_fit_where_the_reader_is_and_never_before_it_was_asked(now, zone):
    found = writing_hour(now, zone)
    local = found.astimezone(ZoneInfo(zone))
    assert found >= now
    assert local.weekday() < 5
    assert time(8) <= local.time() < time(19)
