"""A convocation leaves two weeks before, once, and again as soon as what it told has changed."""

from datetime import timedelta

import pytest

from lms.kernel.models import OutgoingMail
from parcours.classroom.events import session_rescheduled
from parcours.classroom.models import Session
from parcours.classroom.tasks.convoking import convoke_near
from tests.parcours.classroom.factories import RegistrationFactory, SessionFactory, in_days

pytestmark = pytest.mark.django_db


def convoked(registration):
    mails = OutgoingMail.objects.filter(to=registration.person.email, subject__startswith="Convocation")
    return list(mails.order_by("pk").values_list("subject", flat=True))


@pytest.mark.parametrize(("days", "count"), [(13, 1), (20, 0), (-2, 0)])
def test_the_clock_convokes_whoever_has_a_seat_in_a_near_session(run_jobs, days, count):
    registration = RegistrationFactory(session=SessionFactory(first_day=in_days(days)))
    for day in ("2026-11-22", "2026-11-23"):
        convoke_near(day)
        run_jobs()
    assert len(convoked(registration)) == count


@pytest.mark.parametrize("state", ["waiting", "withdrawn"])
def test_whoever_has_no_seat_is_not_convoked(run_jobs, state):
    registration = RegistrationFactory(session=SessionFactory(first_day=in_days(5)), state=state)
    convoke_near("2026-11-22")
    run_jobs()
    assert convoked(registration) == []


def test_new_dates_convoke_again_those_who_were_convoked(run_jobs):
    session = SessionFactory(first_day=in_days(5))
    told, later = RegistrationFactory(session=session), RegistrationFactory(session=session)
    convoke_near("2026-11-22")
    run_jobs()
    later.convocations.all().delete()
    for half_day in session.half_days.all():
        half_day.starts_at, half_day.ends_at = half_day.starts_at + timedelta(days=30), half_day.ends_at + timedelta(30)
        half_day.save()
    starts_at, ends_at = session.starts_at + timedelta(days=30), session.ends_at + timedelta(days=30)
    Session.objects.filter(pk=session.pk).update(starts_at=starts_at, ends_at=ends_at)
    session_rescheduled.send(sender=Session, session=session, before=[])
    run_jobs()
    assert convoked(told)[1].startswith("Convocation modifiée")
    assert len(convoked(later)) == 1
