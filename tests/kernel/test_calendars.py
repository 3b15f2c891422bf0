"""The calendar as programs read it: unfolded, unescaped, its hours compared with those of the zones themselves."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.kernel import calendars
from lms.kernel.calendars import Event, events, written
from lms.kernel.calendars.writing import SUMMER, escaped, folded, offset, sunday_of, zone_lines
from lms.kernel.formats import ZONES

STAMPED = datetime(2026, 11, 22, 8, tzinfo=UTC)


def event(**changes):
    values = {"uid": "moment-1@exemple.test", "title": "Me former", "starts": date(2026, 11, 23), "stamped_at": STAMPED}
    return Event(**values | changes)


def lines_of(*found):
    return written("Mon calendrier", found).decode().replace("\r\n ", "").split("\r\n")


def test_an_empty_calendar_is_a_calendar():
    assert lines_of()[:2] == ["BEGIN:VCALENDAR", "VERSION:2.0"]
    assert lines_of()[-2:] == ["END:VCALENDAR", ""]


def test_a_whole_day_takes_no_place_in_the_agenda():
    lines = lines_of(event(title="Début du parcours"))
    assert "DTSTART;VALUE=DATE:20261123" in lines
    assert "TRANSP:TRANSPARENT" in lines
    assert "BEGIN:VTIMEZONE" not in lines


def test_an_instant_is_written_in_universal_time():
    starts = datetime(2026, 11, 26, 9, tzinfo=ZoneInfo("Indian/Mayotte"))
    lines = lines_of(event(starts=starts, minutes=210, url="https://exemple.test/espace/"))
    assert {"DTSTART:20261126T060000Z", "DURATION:PT210M", "URL:https://exemple.test/espace/"} <= set(lines)


def test_a_weekly_moment_keeps_its_hour_in_its_zone():
    starts = datetime(2026, 11, 24, 13, 30, tzinfo=ZoneInfo("America/Miquelon"))
    lines = lines_of(event(starts=starts, minutes=20, weekly=True, zone="America/Miquelon"))
    assert "DTSTART;TZID=America/Miquelon:20261124T133000" in lines
    assert "RRULE:FREQ=WEEKLY;BYDAY=TU" in lines
    assert lines.count("BEGIN:VTIMEZONE") == 1


@pytest.mark.parametrize("zone", ZONES)
def test_every_zone_is_described_as_it_is_kept(zone):
    lines = zone_lines(zone)
    assert lines[:2] == ["BEGIN:VTIMEZONE", f"TZID:{zone}"]
    told = {line.split(":")[1] for line in lines if line.startswith("TZOFFSETTO")}
    assert told == {offset(zone, date(2030, month, 15)) for month in range(1, 13)}


@pytest.mark.parametrize("zone", SUMMER)
def test_summer_time_begins_and_ends_on_the_days_told(zone):
    for year in range(2026, 2056):
        for before, (month, sunday, hour) in zip((0, 1), SUMMER[zone], strict=True):
            day = sunday_of(year, month, int(sunday[:-2]))
            moment = datetime(day.year, day.month, day.day, hour, tzinfo=ZoneInfo(zone))
            before = (moment - timedelta(hours=1)).replace(tzinfo=ZoneInfo(zone), fold=0).utcoffset()
            after = (moment + timedelta(hours=1)).utcoffset()
            assert before != after, (zone, year, month)


@given(st.text(max_size=300))
def test_no_line_is_longer_than_seventy_five_bytes_and_nothing_is_lost(text):
    line = f"SUMMARY:{escaped(text)}"
    pieces = folded(line)
    assert all(len(piece) <= 75 for piece in pieces.split(b"\r\n"))
    assert pieces.decode().replace("\r\n ", "") == line + "\r\n"


def test_what_would_end_a_value_is_escaped():
    assert escaped("Un, deux ; trois \\ quatre\ncinq") == "Un\\, deux \\; trois \\\\ quatre\\ncinq"


def test_no_text_begins_a_line_of_its_own():
    lines = lines_of(event(title="Titre\r\nBEGIN:VALARM\rX\u2028Y"))
    assert "SUMMARY:Titre\\nBEGIN:VALARM\\nX\\nY" in lines


def test_each_room_adds_what_it_knows(monkeypatch):
    monkeypatch.setattr(events, "SOURCES", [])
    calendars.register(lambda person: [event(uid="b")])
    calendars.register(lambda person: [event(uid="a")])
    assert [one.uid for one in calendars.events_of(None)] == ["a", "b"]
