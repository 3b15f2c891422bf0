"""A signature enters once, in its window, with the words signed; otherwise it says who and why."""

import datetime
import hashlib
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone

from lms.kernel.lifecycle import TransitionRefused
from lms.kernel.models import JournalEntry
from parcours.classroom.lifecycle import RegistrationState, SessionState
from parcours.emargement import actions
from parcours.emargement.actions.signing import known_by_code
from parcours.emargement.lifecycle import AttendanceState, Way
from parcours.emargement.models import Attendance, Signature
from tests.parcours.emargement.factories import (
    after,
    during,
    lines,
    locked,
    seat,
    session_with_sheets,
    sheet_of,
    sign,
    trainer_of,
)

pytestmark = pytest.mark.django_db


def refused(line, **values):
    with pytest.raises(TransitionRefused) as caught:
        sign(line, **values)
    return str(caught.value).replace("\u00a0", " ")


def test_a_signature_freezes_its_words_and_their_hash(session):
    with during(session):
        signed = sign(lines(session)[0])
    row = Signature.objects.get()
    assert signed.new
    assert row.statement.startswith(f"{signed.attendance.person.full_name} certifie sa présence à la demi-journée du")
    assert row.statement_sha256 == hashlib.sha256(row.statement.encode()).hexdigest()
    assert Attendance.objects.get(pk=row.attendance_id).state == AttendanceState.PRESENT
    assert JournalEntry.objects.filter(verb="emargement.sign").count() == 1


def test_signing_twice_keeps_the_first_whatever_the_way(session):
    line, trainer = lines(session)[0], trainer_of(session)
    with during(session):
        first = sign(line)
        again = sign(line, way=Way.TABLET, by=trainer)
    assert (again.new, again.signature) == (False, first.signature)
    assert again.signature.way == Way.CODE


@pytest.mark.parametrize(("minutes", "said"), [(-31, "Trop tôt"), (241, "La signature est fermée depuis 13 h")])
def test_nobody_signs_alone_out_of_the_window(minutes, said, session):
    with during(session, minutes=minutes):
        assert said in refused(lines(session)[0])
    assert not Signature.objects.exists()


@pytest.mark.parametrize("minutes", [-30, 0, 239])
def test_the_window_opens_half_an_hour_before_and_closes_half_an_hour_after(minutes, session):
    with during(session, minutes=minutes):
        assert sign(lines(session)[0]).new


def test_the_trainer_collects_a_late_signature_only_with_a_reason(session):
    line, trainer = lines(session)[0], trainer_of(session)
    with after(session, minutes=45):
        assert "écrivez pourquoi" in refused(line, way=Way.TABLET, by=trainer)
        signed = sign(line, way=Way.TABLET, by=trainer, reason="Téléphone déchargé").signature
    assert (signed.is_late, signed.entered_by, signed.reason) == (True, trainer, "Téléphone déchargé")


def test_a_signature_entered_another_day_is_late_even_when_the_window_is_open():
    session = session_with_sheets(half_days=1, days=-3)
    trainer, sheet = trainer_of(session), sheet_of(session)
    actions.set_window(sheet, opens_at=sheet.opens_at, closes_at=timezone.now() + timedelta(hours=1), by=trainer)
    assert "écrivez pourquoi" in refused(lines(session)[0], way=Way.TABLET, by=trainer)


def test_nobody_signs_before_the_half_day_even_with_a_reason():
    session = session_with_sheets(days=1)
    assert "on ne signe pas d’avance" in refused(
        lines(session)[0], way=Way.TABLET, by=trainer_of(session), reason="Par commodité"
    )


def test_a_late_signature_without_its_reason_is_refused_by_the_database(session):
    values = {"attendance": lines(session)[0], "way": Way.CODE, "statement": "…", "statement_sha256": "0" * 64}
    for wrong in ({"is_late": True}, {"way": Way.TABLET}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Signature.objects.create(**values | wrong)


def test_a_locked_sheet_takes_no_signature(session):
    absent = lines(session)[0].registration
    locked(session, absent=[absent])
    with during(session):
        assert "verrouillée" in refused(lines(session)[0])


def test_who_lost_their_seat_and_who_has_a_cancelled_session_do_not_sign(session):
    gone, other = lines(session)
    gone.registration.state = RegistrationState.WITHDRAWN
    gone.registration.save()
    with during(session):
        assert "n’a plus de place" in refused(gone)
        session.state, session.cancelled_at, session.cancel_reason = SessionState.CANCELLED, timezone.now(), "Neige"
        session.save()
        assert "annulée" in refused(other)


def test_a_signature_and_a_correction_are_never_changed_nor_removed(session):
    with during(session):
        row = sign(lines(session)[0]).signature
    for change in (row.save, row.delete, Signature.objects.all().delete):
        with pytest.raises(TypeError):
            change()
    with pytest.raises(TypeError):
        Signature.objects.update(way=Way.PAPER)


# --- Codes --------------------------------------------------------------------------------------------------------


def test_a_code_is_known_by_its_hash_alone_and_is_another_one_each_half_day():
    session = session_with_sheets(people=3)
    codes = [line.code for rank in (0, 1) for line in lines(session, rank)]
    assert len(set(codes)) == 6
    stored = list(Attendance.objects.values_list("code_hash", flat=True))
    assert all(len(one) == 64 for one in stored)
    assert not any(code in one for code in codes for one in stored)
    assert known_by_code(f"{codes[0][:3]} {codes[0][3:]}") == lines(session)[0]


@pytest.mark.parametrize("typed", ["", "12345", "abcdef", "1234567", "٣٣٣٣٣٣"])
def test_what_is_no_code_opens_nothing(typed):
    with pytest.raises(actions.Refused):
        known_by_code(typed)


def test_a_new_code_replaces_the_one_that_others_saw(session):
    line = lines(session)[0]
    old, new = line.code, actions.draw_code(line, by=trainer_of(session)).code
    assert known_by_code(new) == line
    if old != new:
        with pytest.raises(actions.Refused):
            known_by_code(old)


def test_two_people_never_have_the_same_code(monkeypatch):
    from parcours.emargement.actions import preparing

    monkeypatch.setattr(preparing, "code_of", lambda key, owner, nonce: f"{nonce:06d}")
    session = session_with_sheets(people=4, half_days=1)
    assert sorted(Attendance.objects.values_list("nonce", flat=True)) == [0, 1, 2, 3]
    assert len({line.code_hash for line in lines(session)}) == 4


def test_codes_are_forgotten_when_the_sheet_is_locked_or_a_day_after(session):
    locked(session)
    assert not sheet_of(session).attendances.exclude(code_hash=None).exists()
    with after(session, 1, minutes=23 * 60):
        assert actions.forget_codes(timezone.now()) == 0
    with after(session, 1, minutes=25 * 60):
        assert actions.forget_codes(timezone.now()) == 2


# --- Days ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("zone", ["America/Guadeloupe", "Indian/Mayotte"])
def test_a_signature_at_23_59_lands_on_the_day_of_the_place(zone):
    session = session_with_sheets(half_days=1, zone=zone, remote=True)
    half_day = session.half_days.get()
    day = half_day.day
    half_day.starts_at = datetime.datetime.combine(day, datetime.time(21), ZoneInfo(zone))
    half_day.ends_at = datetime.datetime.combine(day, datetime.time(23, 59), ZoneInfo(zone))
    half_day.save()
    at = datetime.datetime.combine(day, datetime.time(23, 59), ZoneInfo(zone))
    with time_machine.travel(at, tick=False):
        signed = sign(lines(session)[0], way=Way.ACCOUNT).signature
        late = sign(lines(session)[1], way=Way.TABLET, by=trainer_of(session)).signature
    sheet = sheet_of(session)
    assert sheet.local(signed.signed_at).date() == day
    assert (signed.is_late, late.is_late) == (False, False)
    assert f"{day.day}" in sheet.day
    seat(session)
    actions.prepare(session)
    with time_machine.travel(at + timedelta(minutes=2), tick=False):
        assert "écrivez pourquoi" in refused(lines(session)[2], way=Way.TABLET, by=trainer_of(session))
