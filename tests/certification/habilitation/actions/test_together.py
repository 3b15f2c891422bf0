"""Two conditions recorded at once, by two transactions that do not see each other."""

import threading

import pytest
from django.db import connection, transaction

from certification.habilitation.actions import Draft, facts, record_facts
from certification.habilitation.lifecycle import FactKind, Origin, Standing, Step
from certification.habilitation.models import Move
from tests.certification.habilitation.factories import DAY, HabilitationFactory
from tests.kernel.threads import together

pytestmark = pytest.mark.django_db(transaction=True)
KINDS = (FactKind.TRAINING, FactKind.PIX)


def habilitated(one):
    one.refresh_from_db()
    return one.step, Move.objects.filter(habilitation=one, after=Step.HABILITATED).count()


def draft(one, index):
    return Draft(one.person_id, KINDS[index], DAY, Standing.CONFIRMED, Origin.HERE)


def test_a_training_and_a_test_recorded_at_once_leave_one_move():
    one = HabilitationFactory(facts=["eligibility"])
    together(2, lambda index: record_facts([draft(one, index)]))
    assert habilitated(one) == (Step.HABILITATED, 1)


def test_the_same_fact_brought_eight_times_at_once_is_one():
    one = HabilitationFactory(facts=["eligibility", "training"])
    together(8, lambda index: record_facts([draft(one, 1)]))
    assert one.person.habilitation_facts.filter(kind=FactKind.PIX).count() == 1
    assert habilitated(one) == (Step.HABILITATED, 1)


@pytest.mark.postgres
def test_without_the_lock_on_the_person_neither_would_see_the_other(monkeypatch):
    """The control: each transaction derives before the other commits, and nobody is habilitated."""
    one = HabilitationFactory(facts=["eligibility"])
    monkeypatch.setattr(facts, "locked", lambda people: None)
    ready = threading.Barrier(2)
    row_of = facts._derive_batch

    def derived(people, **values):
        ready.wait(10)
        return row_of(people, **values)

    monkeypatch.setattr(facts, "_derive_batch", derived)

    def careless(index):
        try:
            with transaction.atomic():
                record_facts([draft(one, index)])
        finally:
            connection.close()

    together(2, careless)
    assert habilitated(one) != (Step.HABILITATED, 1)
