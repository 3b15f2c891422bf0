"""The half-days of the demonstration that were held are signed, locked and counted."""

import pytest
from django.core.management import call_command
from django.utils import timezone

from lms.demo.population.emargement import populate_emargement
from parcours.emargement.models import Attendance, Correction, Sheet, Signature
from parcours.learning.models import ActivityProgress
from tests.parcours.emargement.factories import session_with_sheets, trainer_of

pytestmark = pytest.mark.django_db


def test_what_was_held_is_signed_and_locked_what_comes_is_ready_and_a_second_run_adds_nothing():
    held, coming = session_with_sheets(people=8, days=-20), session_with_sheets(people=2, days=2)
    for half_day in held.half_days.all():
        half_day.trainers.add(trainer_of(held))
    Sheet.objects.all().delete()
    assert populate_emargement(seed=4) == 2
    assert Sheet.objects.filter(half_day__session=held, state=Sheet.State.LOCKED).count() == 2
    assert Sheet.objects.filter(half_day__session=coming, state=Sheet.State.RUNNING).count() == 2
    lines = Attendance.objects.filter(sheet__half_day__session=held)
    assert lines.filter(state=Attendance.State.PRESENT).count() == Signature.objects.count()
    assert not lines.filter(minutes=None).exists()
    assert not lines.exclude(code_hash=None).exists()
    assert not Signature.objects.filter(signed_at__gt=timezone.now()).exists()
    assert Correction.objects.count() == 1
    counted = ActivityProgress.objects.filter(minutes__gt=0).count()
    assert counted == lines.filter(minutes__gt=0).count()
    assert populate_emargement(seed=4) == 0
    call_command("rebuild_progress")
