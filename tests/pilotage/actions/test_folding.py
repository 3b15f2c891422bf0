"""Counts under concurrent writers and folders; the control shows that the danger is real."""

from collections import Counter

import pytest
from django.db import transaction

from lms.kernel import counters
from lms.pilotage.actions import fold, recount
from lms.pilotage.actions.checking import excess_by
from lms.pilotage.models import Change, Count, Dimension, Line
from tests.accounts.factories import PersonFactory
from tests.kernel.threads import together
from tests.organisations.factories import OrganisationFactory


def whole():
    return sum(Count.objects.filter(dimension="").values_list("value", flat=True))


def excess():
    return +sum((excess_by(dimension) for dimension in Dimension), Counter())


def changes(count):
    Change.objects.bulk_create(Change(indicator="habilites", departement="35", delta=1) for _ in range(count))


@pytest.mark.django_db
def test_a_fold_takes_each_change_once_and_a_second_one_finds_nothing():
    changes(3)
    assert [fold(), fold()] == [3, 0]
    assert whole() == 3
    assert not Change.objects.exists()


@pytest.mark.django_db
def test_a_fold_goes_on_until_nothing_waits(monkeypatch):
    monkeypatch.setattr("lms.pilotage.actions.folding.CHANGES_AT_A_TIME", 2)
    changes(5)
    assert fold() == 5
    assert whole() == 5


@pytest.mark.django_db(transaction=True)
def test_eight_workers_that_fold_at_once_count_each_change_once():
    changes(400)
    assert sum(together(8, lambda index: fold())) == 400
    assert whole() == 400


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_without_the_lock_the_same_folders_count_some_changes_twice(monkeypatch):
    """The control: what the lock prevents does happen."""
    monkeypatch.setattr(counters, "lock", lambda name: 0)
    monkeypatch.setattr("lms.pilotage.actions.folding.CHANGES_AT_A_TIME", 40)
    for _ in range(5):
        changes(400)
        together(8, lambda index: fold())
    assert whole() > 2000


@pytest.mark.django_db(transaction=True)
def test_facts_written_while_others_fold_are_neither_lost_nor_doubled(ledger):
    structure = OrganisationFactory()
    people = [PersonFactory() for _ in range(24)]
    for person in people:
        ledger.gives(person, "inscrits", structure)
        ledger.gives(person, "habilites", structure)

    def work(index):
        if index % 4 == 0:
            return fold()
        return recount([person.pk for person in people[index::8]])

    together(8, work)
    recount([person.pk for person in people])
    fold()
    assert Line.objects.count() == 48
    assert whole() == 48
    assert excess() == Counter()


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_facts_about_one_person_at_once_count_once(ledger):
    structure = OrganisationFactory()
    person = PersonFactory()
    ledger.gives(person, structure=structure)
    assert sum(together(8, lambda index: recount([person.pk]))) == 1


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_whoever_counts_one_person_does_not_wait_for_whoever_counts_another(ledger):
    structure = OrganisationFactory()
    first, second = PersonFactory(), PersonFactory()
    for person in (first, second):
        ledger.gives(person, structure=structure)
    with transaction.atomic():
        recount([first.pk])  # held until the end of the block
        assert together(1, lambda index: recount([second.pk])) == [1]
