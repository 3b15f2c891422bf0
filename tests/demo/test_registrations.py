from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db.models import Count, F, Q
from django.utils import timezone

from lms.demo.population import populate_classroom, populate_registrations
from lms.demo.population.institutions import institution
from parcours.classroom.lifecycle import SEATED
from parcours.classroom.models import Registration, Session, SignalledNeed, Survey
from tests.catalogue.factories import EditionFactory
from tests.parcours.classroom.factories import SessionFactory, in_days
from tests.worlds import made_once

pytestmark = pytest.mark.django_db


@made_once
def held():
    """Ten small sessions of the demonstration organisme, some over, some to come, one cancelled."""
    call_command("load_demo", people=30, verbosity=0)
    organisation, edition = institution("training"), EditionFactory()
    values = {"organisation": organisation, "edition": edition, "capacity": 4}
    found = [SessionFactory(**values, first_day=in_days(days)) for days in range(-60, 90, 15)]
    cancelled = {"state": "cancelled", "cancelled_at": timezone.now(), "cancel_reason": "Trop peu d’inscrits"}
    return [*found, SessionFactory(**values, **cancelled, first_day=in_days(33))]


def test_seats_queues_and_needs_are_drawn_once_and_add_up(held):
    assert populate_registrations(seed=1) > len(held)
    assert populate_registrations(seed=1) == 0
    seated = Count("registrations", filter=Q(registrations__state__in=SEATED))
    assert not Session.objects.annotate(seated=seated).exclude(seats_taken=F("seated")).exists()
    states = set(Registration.objects.values_list("state", flat=True))
    assert {"registered", "waiting", "cancelled"} <= states
    assert Survey.objects.filter(answered_at__isnull=False).exists()
    assert SignalledNeed.objects.waiting().count() > 5


def test_nobody_waits_where_a_seat_is_free_and_whoever_has_one_follows_the_parcours(held):
    populate_registrations(seed=1)
    for session in Session.objects.filter(registrations__state="waiting").distinct():
        assert session.seats_left == 0
    assert not Registration.objects.filter(state="registered", enrolment=None).exists()
    soon = timezone.now() + timedelta(seconds=1)
    assert not Registration.objects.filter(registered_at__gt=soon).exists()


def test_without_a_session_there_is_nothing_to_register_in():
    call_command("load_demo", people=5, verbosity=0)
    assert populate_classroom(people=5) == 0
    assert populate_registrations(seed=1) == 0
