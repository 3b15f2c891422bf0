import datetime

import pytest
from django.db import IntegrityError, transaction

from certification.habilitation.lifecycle import EXITS, ExitReason, Step
from certification.habilitation.models import Habilitation, KnownSession
from tests.certification.habilitation.factories import HabilitationFactory, ImportedFileFactory

pytestmark = pytest.mark.django_db
DAY = datetime.date(2026, 9, 14)


@pytest.mark.parametrize("step", Step.values)
def test_only_a_way_out_is_kept_as_one(step):
    one = HabilitationFactory()
    values = {"exit_step": step, "exit_reason": ExitReason.OTHER, "exited_on": DAY}
    if step in EXITS:
        assert Habilitation.objects.filter(pk=one.pk).update(**values) == 1
    else:
        with pytest.raises(IntegrityError, match="habilitation_exit_is_a_way_out"), transaction.atomic():
            Habilitation.objects.filter(pk=one.pk).update(**values)


def test_a_session_never_ends_before_it_begins():
    values = {"external_id": "12", "name": "Aidants", "file": ImportedFileFactory(), "seen_on": DAY}
    with pytest.raises(IntegrityError, match="known_session_dates_in_order"), transaction.atomic():
        KnownSession.objects.create(starts_on=DAY, ends_on=DAY - datetime.timedelta(days=1), **values)
