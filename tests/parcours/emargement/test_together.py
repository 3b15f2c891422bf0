"""Several at once: two tablets, a phone and a lock, a device that sends twice. On both databases."""

import threading
import uuid

import pytest
from django.db import IntegrityError

from lms.kernel.lifecycle import TransitionRefused
from parcours.emargement import actions
from parcours.emargement.lifecycle import Way
from parcours.emargement.models import Attendance, Signature
from tests.kernel.threads import together
from tests.parcours.emargement.factories import after, during, lines, session_with_sheets, sheet_of, sign, trainer_of

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_tablets_that_sign_the_same_person_at_once_make_one_signature():
    session = session_with_sheets(people=1, half_days=1)
    line, trainer = lines(session)[0], trainer_of(session)
    with during(session):
        signed = together(8, lambda index: sign(line, way=Way.TABLET, by=trainer, client_id=str(uuid.uuid4())))
    assert sorted(one.new for one in signed) == [False] * 7 + [True]
    assert {one.signature for one in signed} == {Signature.objects.get()}


@pytest.mark.postgres
def test_without_the_lock_on_the_sheet_they_would_collide():
    """The control: the same gesture, looking before it writes but holding nothing."""
    session = session_with_sheets(people=1, half_days=1)
    line, ready = lines(session)[0], threading.Barrier(2)

    def careless(index):
        assert not Signature.objects.filter(attendance=line).exists()
        ready.wait(5)
        try:
            Signature.objects.create(attendance=line, way=Way.CODE, statement="…", statement_sha256="0" * 64)
        except IntegrityError:
            return "collision"
        return "signed"

    assert sorted(together(2, careless)) == ["collision", "signed"]


def test_a_device_that_sends_twice_at_once_is_heard_once():
    session = session_with_sheets(people=1, half_days=1)
    line, trainer, number = lines(session)[0], trainer_of(session), str(uuid.uuid4())
    with during(session):
        together(4, lambda index: sign(line, way=Way.TABLET, by=trainer, client_id=number))
    assert Signature.objects.get().client_id == number


def test_a_lock_and_a_signature_at_once_leave_a_sheet_that_agrees_with_itself():
    session = session_with_sheets(people=2, half_days=1)
    trainer = trainer_of(session)
    first, second = lines(session)
    with after(session):
        sign(first)
        actions.mark(second, actions.Mark(Attendance.State.ABSENT), by=trainer)

        def act(index):
            try:
                return bool(sign(second) if index else actions.lock(sheet_of(session), by=trainer))
            except TransitionRefused:
                return False

        together(2, act)
    second = Attendance.objects.get(pk=second.pk)
    sheet = sheet_of(session)
    if sheet.is_locked:
        assert (second.minutes > 0) == second.is_signed == (second.state == Attendance.State.PRESENT)
    else:
        assert second.is_signed
