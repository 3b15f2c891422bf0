import pytest
from django.core.management import call_command
from django.utils import timezone

from lms.demo.population.draw import data
from lms.kernel.sensitive import found_in, has_social_security
from parcours.assistance.models import Message, SharedAnswer, Thread
from tests.catalogue.factories import EditionFactory


@pytest.mark.django_db
def test_some_wait_some_wait_too_long_most_are_answered_and_a_second_run_adds_nothing():
    EditionFactory(parcours__live=True, parcours__organisation=None)
    for _ in range(2):
        call_command("load_demo", "--people", "60", verbosity=0)
    assert Thread.objects.count() == len(data("questions")) == 30
    assert set(Thread.objects.values_list("state", flat=True)) == set(Thread.State.values)
    assert Thread.objects.late(timezone.now()).exists()
    assert Thread.objects.waiting().count() > Thread.objects.late(timezone.now()).count()
    assert Thread.objects.exclude(state=Thread.State.WAITING).count() == Message.objects.filter(kind="answer").count()
    assert SharedAnswer.objects.count() == 8
    assert not Message.objects.filter(at__gt=timezone.now()).exists()


def test_no_question_holds_the_data_of_anybody():
    for entry in data("questions"):
        text = " ".join(entry.values())
        assert not has_social_security(text)
        assert found_in(text) == []
