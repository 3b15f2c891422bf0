import pytest
from django.db import IntegrityError
from django.db.models import ProtectedError
from django.utils import timezone

from parcours.learning.models import Enrolment, Progress, Trace
from tests.parcours.learning.factories import EnrolmentFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "values",
    [
        {"done": 4},
        {"percent": 100},
        {"done": 3},
        {"done": 3, "percent": 99},
    ],
)
def test_a_hundred_percent_is_written_exactly_when_everything_is_done(values):
    enrolment = EnrolmentFactory()
    with pytest.raises(IntegrityError):
        Progress.objects.filter(pk=enrolment.pk).update(**values)


@pytest.mark.parametrize("values", [{"state": "completed"}, {"completed_at": timezone.now()}])
def test_a_finished_course_has_its_instant_and_the_others_none(values):
    enrolment = EnrolmentFactory()
    with pytest.raises(IntegrityError):
        Enrolment.objects.filter(pk=enrolment.pk).update(**values)


def trace(enrolment, **values):
    return Trace.objects.create(
        enrolment=enrolment, at=timezone.now(), **{"client_id": "a", "kind": "answered", "activity_id": "e"} | values
    )


@pytest.mark.parametrize(
    "second", [{"question_id": "q2"}, {"client_id": "b"}, {"client_id": "b", "activity_id": "another"}]
)
def test_the_database_itself_keeps_one_answer_and_one_number(second):
    enrolment = EnrolmentFactory()
    trace(enrolment, question_id="q1")
    with pytest.raises(IntegrityError):
        trace(enrolment, **{"question_id": "q1"} | second)


def test_an_enrolment_that_left_traces_is_not_deleted():
    with pytest.raises(ProtectedError):
        EnrolmentFactory(started=True).delete()
