"""The sheets follow the seats and the hours of the session."""

from datetime import timedelta

import pytest
from django.utils import timezone

from parcours.classroom.actions import cancel
from parcours.classroom.events import registered, seat_lost, session_rescheduled
from parcours.classroom.lifecycle import RegistrationState, SessionState
from parcours.classroom.models import Registration, Session
from parcours.emargement import actions, tasks
from parcours.emargement.lifecycle import Way
from parcours.emargement.models import Attendance, Sheet
from tests.parcours.classroom.factories import SessionFactory
from tests.parcours.emargement.factories import during, lines, seat, session_with_sheets, sheet_of, sign, trainer_of

pytestmark = pytest.mark.django_db


def test_preparing_again_changes_nothing(session):
    before = list(Attendance.objects.values())
    actions.prepare(session)
    assert list(Attendance.objects.values()) == before
    assert Sheet.objects.count() == 2


def test_in_a_room_one_signs_with_a_code_and_at_a_distance_from_ones_account():
    assert sheet_of(session_with_sheets()).way == Way.CODE
    assert sheet_of(session_with_sheets(remote=True)).way == Way.ACCOUNT


def test_a_draft_has_no_sheet():
    with pytest.raises(actions.Refused, match="pas publiée"):
        actions.prepare(SessionFactory(state=SessionState.DRAFT))


def test_who_takes_a_seat_comes_on_the_sheets_and_who_loses_it_goes():
    session = session_with_sheets(people=1)
    new = seat(session)
    registered.send(sender=Registration, registration=new)
    assert len(lines(session)) == 2
    with during(session):
        sign(lines(session)[0])
    for registration in session.registrations.all():
        Registration.objects.filter(pk=registration.pk).update(state=RegistrationState.WITHDRAWN)
    seat_lost.send(sender=Registration, registration=new)
    assert [line.is_signed for line in lines(session)] == [True]
    assert lines(session, 1) == []


def test_a_session_whose_sheets_are_made_is_cancelled_and_nobody_is_expected_any_more():
    session = session_with_sheets(people=2, days=2)
    cancelled = cancel(session, reason="La salle est fermée.", by=trainer_of(session))
    assert cancelled.state == SessionState.CANCELLED
    assert not session.registrations.active().exists()
    assert not Attendance.objects.exists()
    assert Sheet.objects.count() == 2


def test_sheets_that_are_not_made_yet_are_not_made_by_a_seat():
    session = SessionFactory()
    registered.send(sender=Registration, registration=seat(session, enrolled=False))
    assert not Sheet.objects.exists()


def test_other_hours_give_the_windows_of_the_rule_again():
    session = session_with_sheets(days=2)
    sheet = sheet_of(session)
    actions.set_window(
        sheet, opens_at=sheet.opens_at, closes_at=sheet.closes_at + timedelta(hours=1), by=trainer_of(session)
    )
    session_rescheduled.send(sender=Session, session=session, before=[])
    assert sheet_of(session).set_closes_at is None


def test_the_clock_prepares_what_comes_within_three_days():
    soon = session_with_sheets(days=2)
    Sheet.objects.all().delete()
    SessionFactory()
    tasks.prepare("2026-11-22T10Z")
    assert set(Sheet.objects.values_list("half_day__session", flat=True)) == {soon.pk}
    assert actions.prepare_coming(timezone.now()) == 0


def test_a_trainer_opens_earlier_and_closes_when_all_have_signed(session):
    trainer = trainer_of(session)
    with during(session, minutes=-50):
        opened = actions.open_now(sheet_of(session), by=trainer)
        assert opened.is_open()
        with pytest.raises(actions.Refused, match="déjà ouverte"):
            actions.open_now(opened, by=trainer)
    with during(session, minutes=30):
        closed = actions.close_now(opened, by=trainer)
        assert not closed.is_open()
        assert actions.open_now(closed, by=trainer).is_open()


def test_signing_does_not_open_the_day_before():
    session = session_with_sheets(days=2)
    sheet = sheet_of(session)
    with pytest.raises(actions.Refused, match="avant le jour"):
        actions.set_window(
            sheet, opens_at=sheet.opens_at - timedelta(days=1), closes_at=sheet.closes_at, by=trainer_of(session)
        )
    with pytest.raises(actions.Refused, match="ferme avant d’ouvrir"):
        actions.set_window(sheet, opens_at=sheet.closes_at, closes_at=sheet.opens_at, by=trainer_of(session))


def test_the_windows_follow_the_rule_dated_on_the_day():
    from lms.kernel.models import Rule

    session = session_with_sheets()
    assert sheet_of(session).half_day.starts_at - sheet_of(session).opens_at == timedelta(minutes=30)
    Rule.objects.create(code="emargement.ouverture", value=45, valid_from="2020-01-01", source="Décision interne")
    assert sheet_of(session).half_day.starts_at - sheet_of(session).opens_at == timedelta(minutes=45)
