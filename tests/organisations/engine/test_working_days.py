import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.organisations.engine.working_days import days_off, deadline
from lms.organisations.models.calendar import PUBLIC_HOLIDAYS

FRANCE = tuple(PUBLIC_HOLIDAYS.default["*"])
PARIS = "Europe/Paris"


def at(text, zone=PARIS):
    return datetime.datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))


@pytest.mark.parametrize(
    ("asked", "days", "due"),
    [
        ("2026-11-23 09:00", 2, "2026-11-25 18:00"),  # Monday: Wednesday
        ("2026-11-20 17:00", 2, "2026-11-24 18:00"),  # Friday: Tuesday
        ("2026-11-22 11:00", 2, "2026-11-24 18:00"),  # Sunday: Tuesday
        ("2026-11-10 09:00", 2, "2026-11-13 18:00"),  # the 11th is a holiday
        ("2026-12-24 16:00", 1, "2026-12-28 18:00"),
        ("2027-03-26 16:00", 1, "2027-03-30 18:00"),  # Easter Monday
        ("2026-05-13 16:00", 1, "2026-05-15 18:00"),  # Ascension
        ("2026-12-31 16:00", 2, "2027-01-05 18:00"),  # the year changes on the way
        ("2026-11-23 09:00", 0, "2026-11-24 18:00"),  # never the same hour
    ],
)
def test_neither_weekends_nor_public_holidays_count(asked, days, due):
    assert deadline(at(asked), days, PARIS, FRANCE) == at(due)


def test_the_day_of_the_question_is_the_organisation_s():
    asked = at("2026-11-23 23:30")
    assert deadline(asked, 1, PARIS, FRANCE) == at("2026-11-24 18:00")
    assert deadline(asked, 1, "Indian/Reunion", FRANCE) == at("2026-11-25 18:00", "Indian/Reunion")


def test_the_holidays_of_a_year_are_those_of_the_code_du_travail():
    days = sorted(f"{day:%d/%m}" for day in days_off(2026, FRANCE))
    assert days == sorted(
        ["01/01", "06/04", "01/05", "08/05", "14/05", "25/05", "14/07", "15/08", "01/11", "11/11", "25/12"]
    )


@given(st.datetimes(datetime.datetime(2020, 1, 1), datetime.datetime(2040, 1, 1)), st.integers(1, 20))
def test_a_deadline_is_a_working_day_and_grows_with_the_days(moment, days):
    asked = moment.replace(tzinfo=ZoneInfo(PARIS))
    due = deadline(asked, days, PARIS, FRANCE)
    assert due.weekday() < 5
    assert due.date() not in days_off(due.year, FRANCE)
    assert asked < due < deadline(asked, days + 1, PARIS, FRANCE)
