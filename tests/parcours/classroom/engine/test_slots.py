import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parcours.classroom.engine.plain import lines_of_html
from parcours.classroom.engine.slots import RHYTHMS, Slot, at, entangled, moved, proposed

FRIDAY = datetime.date(2026, 12, 4)
PARIS = "Europe/Paris"


def days(pairs):
    return [(start.date().isoformat(), start.strftime("%H:%M"), end.strftime("%H:%M")) for start, end in pairs]


def test_whole_days_hold_two_half_days_and_skip_the_weekend():
    assert days(proposed(FRIDAY, [210, 210, 210], "journees", PARIS)) == [
        ("2026-12-04", "09:00", "12:30"),
        ("2026-12-04", "13:30", "17:00"),
        ("2026-12-07", "09:00", "12:30"),
    ]


@pytest.mark.parametrize(
    ("rhythm", "second"),
    [
        ("matins", ("2026-12-07", "09:00", "12:30")),
        ("apres-midi", ("2026-12-07", "13:30", "17:00")),
        ("semaines", ("2026-12-11", "09:00", "12:30")),
    ],
)
def test_each_rhythm_says_when_the_second_half_day_is(rhythm, second):
    assert days(proposed(FRIDAY, [210, 210], rhythm, PARIS))[1] == second


@given(
    st.dates(datetime.date(2025, 1, 1), datetime.date(2030, 12, 31)),
    st.lists(st.integers(60, 210), min_size=1, max_size=8),
    st.sampled_from(sorted(RHYTHMS)),
    st.sampled_from(["Europe/Paris", "Indian/Mayotte", "America/Guadeloupe", "Pacific/Noumea", "America/Miquelon"]),
)
def test_what_is_proposed_follows_one_another_on_the_clock_of_the_place(day, minutes, rhythm, zone):
    slots = [Slot(start, end) for start, end in proposed(day, minutes, rhythm, zone)]
    assert entangled(slots) is None
    assert [int((one.ends_at - one.starts_at).total_seconds() // 60) for one in slots] == minutes
    assert slots[0].starts_at.astimezone(ZoneInfo(zone)).date() == day
    assert {one.starts_at.astimezone(ZoneInfo(zone)).hour for one in slots} <= {9, 13}


def test_half_days_moved_to_summer_keep_the_hour_of_the_place():
    winter = [Slot(at(FRIDAY, datetime.time(9), PARIS), at(FRIDAY, datetime.time(12, 30), PARIS), 7, "", (3,))]
    summer = moved(winter, datetime.date(2027, 6, 4), PARIS)[0]
    assert summer.starts_at.astimezone(datetime.UTC).hour == 7
    assert (summer.room, summer.trainers) == (7, (3,))
    assert moved([], FRIDAY, PARIS) == []


def test_half_days_that_overlap_or_go_backwards_are_told_apart():
    first = Slot(at(FRIDAY, datetime.time(9), PARIS), at(FRIDAY, datetime.time(12), PARIS))
    second = Slot(at(FRIDAY, datetime.time(11), PARIS), at(FRIDAY, datetime.time(13), PARIS))
    assert entangled([first, second]) == (1, 2)
    assert entangled([second, first]) == (1, 2)


def test_rich_text_becomes_lines():
    html = "<p>Accueille &amp; présente.</p><ul><li>Une <b>règle</b></li><li>Deux</li></ul><p></p>"
    assert lines_of_html(html) == "Accueille & présente.\n– Une règle\n– Deux"
    assert lines_of_html("") == ""
