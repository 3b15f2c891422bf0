import datetime
from zoneinfo import ZoneInfo

import pytest

from parcours.classroom.documents.hours import hours_lines
from parcours.classroom.models import Session
from tests.parcours.classroom.factories import RoomFactory, SessionFactory

pytestmark = pytest.mark.django_db
DAY = datetime.date(2027, 1, 12)


def lines(reader_zone="", *, room=False, **values):
    session = SessionFactory(first_day=DAY, **values)
    if room:
        session.half_days.update(room=RoomFactory(organisation=session.organisation))
    session = Session.objects.for_finding().get(pk=session.pk)
    return [line.replace("\u00a0", " ") for line in hours_lines(session, reader_zone)]


def test_in_a_room_of_the_hexagone_no_zone_is_named():
    assert lines(room=True)[0] == "mardi 12 janvier 2027, de 9 h à 12 h 30"


def test_in_a_room_overseas_the_zone_of_the_place_is_named_whoever_reads():
    told = lines("Europe/Paris", room=True, zone="Indian/Mayotte")[0]
    assert told == "mardi 12 janvier 2027, de 9 h à 12 h 30 (heure de Mayotte)"


def test_at_a_distance_the_reader_s_hour_comes_first_then_the_organiser_s():
    told = lines("Indian/Mayotte", modality="remote")[0]
    assert told == (
        "mardi 12 janvier 2027, de 11 h à 14 h 30 (heure de Mayotte), soit de 9 h à 12 h 30, heure de Paris"
    )


def test_the_day_is_that_of_the_reader_when_it_is_not_the_same():
    told = lines("Pacific/Noumea", modality="remote")[1]
    assert told.startswith("mardi 12 janvier 2027, de 23 h 30 à 3 h (heure de la Nouvelle-Calédonie)")
    assert datetime.datetime.combine(DAY, datetime.time(13, 30), ZoneInfo("Europe/Paris")).date() == DAY


def test_the_same_hour_is_said_once():
    assert lines("Europe/Paris", modality="remote")[0].count("heure de Paris") == 1
