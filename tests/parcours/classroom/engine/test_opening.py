import datetime

import pytest

from parcours.classroom.engine.opening import closes_on, refusal
from parcours.classroom.engine.queue import offer_until
from parcours.classroom.models.roads import OFFER, OPENING

FIRST_DAY = datetime.date(2027, 3, 31)
RULE = OPENING.default
NOW = datetime.datetime(2027, 3, 1, 10, tzinfo=datetime.UTC)
IN_TWO_DAYS = datetime.datetime(2027, 3, 3, 17, tzinfo=datetime.UTC)


@pytest.mark.parametrize(
    ("registered", "last_day"),
    [(0, datetime.date(2027, 3, 3)), (4, datetime.date(2027, 3, 3)), (5, datetime.date(2027, 3, 17))],
)
def test_registration_closes_later_once_enough_people_come(registered, last_day):
    assert closes_on(FIRST_DAY, registered, RULE) == last_day
    assert refusal(last_day, last_day) == ""
    late = refusal(last_day, last_day + datetime.timedelta(days=1))
    assert late.startswith("Les inscriptions sont closes depuis le")


def until(starts_at):
    return offer_until(NOW, starts_at, OFFER.default, lambda at, days: IN_TWO_DAYS)


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (30, IN_TWO_DAYS),
        (7, IN_TWO_DAYS),
        (6, NOW + datetime.timedelta(hours=24)),
        (1, NOW + datetime.timedelta(hours=22)),
    ],
)
def test_a_seat_is_kept_for_some_working_days_and_less_when_the_session_is_near(days, expected):
    assert until(NOW + datetime.timedelta(days=days)) == expected


def test_no_seat_is_offered_in_the_last_hours():
    assert until(NOW + datetime.timedelta(hours=2)) is None
    assert until(NOW - datetime.timedelta(hours=2)) is None
