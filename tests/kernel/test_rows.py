import pytest
from django.db import IntegrityError, transaction

from lms.kernel.journal import record_many
from lms.kernel.models import JournalEntry
from lms.kernel.rows import append
from lms.organisations.models import StructureType
from tests.accounts.factories import PersonFactory

pytestmark = pytest.mark.django_db


def test_rows_take_the_defaults_of_the_columns_that_are_not_given():
    append(JournalEntry, ("verb", "subject_type", "subject_id", "after"), [("a.b", "c.d", "1", {"é": [1, "\t\n\\"]})])
    found = JournalEntry.objects.get()
    assert (found.verb, found.before, found.after, found.sequence) == ("a.b", None, {"é": [1, "\t\n\\"]}, None)
    assert found.at is not None


def test_nothing_is_written_of_no_rows(django_assert_num_queries):
    with django_assert_num_queries(0):
        append(JournalEntry, ("verb",), [])


def test_a_row_that_a_constraint_refuses_refuses_them_all():
    rows = [("Mairie", "A"), ("Mairie", "A")]
    with pytest.raises(IntegrityError), transaction.atomic():
        append(StructureType, ("label", "map_code"), rows)
    assert not StructureType.objects.filter(label="Mairie").exists()


def test_the_journal_says_of_many_objects_what_each_was_before_and_is_after():
    people = [PersonFactory(), PersonFactory()]
    record_many(
        "a.move", people, by=people[0], before=lambda one: {"was": one.pk}, after=lambda one: {"is": one.pk + 1}
    )
    found = JournalEntry.objects.filter(verb="a.move").order_by("pk")
    assert [(one.subject_type, one.subject_id, one.by, one.before, one.after) for one in found] == [
        ("accounts.person", str(one.pk), people[0], {"was": one.pk}, {"is": one.pk + 1}) for one in people
    ]
