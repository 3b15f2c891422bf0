import datetime

import pytest
from django.utils import timezone

from parcours.classroom.documents.coming import next_step
from parcours.classroom.documents.dates import hours_line
from parcours.classroom.models import Session
from tests.parcours.classroom.factories import RoomFactory, SessionFactory, in_days
from tests.parcours.classroom.ready import guadeloupe, mayotte

PLACES = {"Indian/Mayotte": mayotte, "America/Guadeloupe": guadeloupe}
NAMES = {"Indian/Mayotte": "heure de Mayotte", "America/Guadeloupe": "heure de la Guadeloupe"}


def half_day_in(zone):
    departement = PLACES[zone]()
    session = SessionFactory(zone=zone, departement=departement, half_days=1)
    session.half_days.update(room=RoomFactory(organisation=session.organisation, departement=departement))
    return Session.objects.for_page().get(pk=session.pk).half_days.all()[0]


@pytest.mark.django_db
@pytest.mark.parametrize("zone", list(PLACES))
def test_hours_are_those_of_the_place_named_for_whoever_reads_elsewhere(zone):
    half_day = half_day_in(zone)
    with timezone.override("Europe/Paris"):
        assert hours_line(half_day).replace("\u00a0", " ").endswith(f"de 9 h à 12 h 30 ({NAMES[zone]})")
    with timezone.override(zone):
        assert hours_line(half_day).replace("\u00a0", " ").endswith("de 9 h à 12 h 30")


@pytest.mark.django_db
def test_today_is_that_of_the_place():
    """In Mayotte the day has come while it is still yesterday in Paris."""
    zone = "Indian/Mayotte"
    mayotte()
    session = SessionFactory(zone=zone, first_day=in_days(0, zone), half_days=1)
    half_day = session.half_days.get()
    half_day.starts_at = timezone.now() - datetime.timedelta(minutes=1)
    half_day.ends_at = timezone.now() + datetime.timedelta(minutes=1)
    half_day.save()
    step = next_step(Session.objects.for_page().get(pk=session.pk))
    assert step.title.startswith("Aujourd’hui")
