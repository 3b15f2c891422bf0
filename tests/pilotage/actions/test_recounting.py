from datetime import date

import pytest
from django.db import IntegrityError, transaction

from lms.kernel.models import Job
from lms.pilotage.actions import fold, recount
from lms.pilotage.actions.checking import excess_by
from lms.pilotage.models import Change, Count, Dimension, Line
from tests.accounts.factories import PersonFactory
from tests.organisations.factories import CampagneFactory, DepartementFactory, OrganisationFactory

pytestmark = pytest.mark.django_db


def counted(**cell):
    return sum(Count.objects.filter(**cell).values_list("value", flat=True))


def agrees():
    return not any(value for dimension in Dimension for value in excess_by(dimension).values())


@pytest.fixture
def structure():
    return OrganisationFactory(name="Mairie de Dol")


def test_a_person_counts_once_however_many_times_they_are_counted_again(ledger, structure):
    person = PersonFactory()
    ledger.gives(person, structure=structure, origin="ici")
    assert [recount([person.pk, person.pk]) for _ in range(3)] == [1, 0, 0]
    assert Line.objects.get().departement_id == "35"
    assert Change.objects.get().delta == 1
    fold()
    assert counted(dimension="", indicator="habilites", departement="35") == 1
    assert counted(dimension="origin", key="ici") == 1
    assert counted(dimension="month", key="2026-10") == 1
    assert agrees()


def test_what_no_longer_holds_is_taken_off(ledger, structure):
    person = PersonFactory()
    ledger.gives(person, structure=structure)
    recount([person.pk])
    fold()
    ledger.forgets(person)
    assert recount([person.pk]) == 1
    assert not Line.objects.exists()
    fold()
    assert counted(dimension="") == 0
    assert agrees()


def test_a_person_who_moves_counts_elsewhere_and_no_longer_here(ledger, structure):
    person = PersonFactory()
    ledger.gives(person, structure=structure)
    recount([person.pk])
    ledger.forgets(person)
    ledger.gives(person, structure=OrganisationFactory(departement=DepartementFactory(code="29")))
    assert recount([person.pk]) == 2
    fold()
    assert counted(dimension="", departement="35") == 0
    assert counted(dimension="", departement="29") == 1


def test_an_habilitation_given_to_another_person_follows_them_whichever_is_counted(ledger, structure):
    kept, merged = PersonFactory(), PersonFactory()
    ledger.gives(merged, "habilitations", structure, subject="habilitation:7")
    recount([merged.pk])
    ledger.forgets(merged)
    ledger.gives(kept, "habilitations", structure, subject="habilitation:7")
    recount([kept.pk])
    assert Line.objects.get().person == kept
    recount([merged.pk])
    assert Line.objects.get().person == kept


def test_the_campagne_is_the_one_of_the_day_it_was_reached(ledger, structure):
    campagne = CampagneFactory(starts_on=date(2026, 9, 1), ends_on=date(2026, 12, 31))
    person = PersonFactory()
    ledger.gives(person, "formes", structure, on=date(2026, 8, 31))
    ledger.gives(person, "habilites", structure, on=date(2026, 12, 31))
    recount([person.pk])
    assert {line.indicator: line.campagne for line in Line.objects.all()} == {"formes": None, "habilites": campagne}


def test_a_fact_that_is_rolled_back_leaves_nothing_to_count(ledger, structure):
    person = PersonFactory()
    ledger.gives(person, structure=structure)

    class Refused(Exception):
        pass

    with pytest.raises(Refused), transaction.atomic():
        recount([person.pk])
        raise Refused
    assert not Line.objects.exists()
    assert not Change.objects.exists()


def test_the_database_refuses_that_one_subject_counts_twice(ledger, structure):
    person = PersonFactory()
    ledger.gives(person, structure=structure)
    recount([person.pk])
    line = Line.objects.get()
    line.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        line.save(force_insert=True)


def test_someone_unknown_of_any_structure_counts_for_the_nation_only(ledger):
    person = PersonFactory()
    ledger.gives(person)
    recount([person.pk])
    fold()
    assert counted(dimension="", departement="") == 1
    assert agrees()


def test_a_fold_is_ordered_a_minute_later_and_once(ledger, structure, django_capture_on_commit_callbacks):
    people = [PersonFactory() for _ in range(3)]
    with django_capture_on_commit_callbacks(execute=True):
        for person in people:
            ledger.gives(person, structure=structure)
            recount([person.pk])
    assert Job.objects.filter(name="pilotage.fold").count() == 1


def test_thirty_people_are_counted_in_as_many_queries_as_three(ledger, structure, django_assert_max_num_queries):
    for size in (3, 30):
        people = [PersonFactory() for _ in range(size)]
        for person in people:
            ledger.gives(person, structure=structure)
        with django_assert_max_num_queries(9):
            recount([person.pk for person in people])
