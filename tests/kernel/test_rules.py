import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from lms.kernel import definitions, rules
from lms.kernel.forms import RuleForm
from lms.kernel.models import JournalEntry, Rule
from tests.accounts.factories import PersonFactory
from tests.kernel.threads import together

pytestmark = pytest.mark.django_db

JULY, AUGUST, SEPTEMBER = (datetime.date(2026, month, 1) for month in (7, 8, 9))
END_OF_JULY = datetime.date(2026, 7, 31)


@pytest.fixture(autouse=True)
def _own_definitions():
    known = dict(definitions.DEFINITIONS)
    rules.define("test.hours", "heures d’essai", "integer", default=7)
    rules.define("test.sentence", "phrase d’essai", default="Bonjour.")
    rules.define("test.words", "mots d’essai", "texts", default=["un"])
    rules.define("test.table", "table d’essai", "json", default={"a": 1})
    yield
    definitions.DEFINITIONS.clear()
    definitions.DEFINITIONS.update(known)


def dated(value, valid_from, valid_until=None, code="test.hours", **kwargs):
    return Rule.objects.create(code=code, value=value, valid_from=valid_from, valid_until=valid_until, **kwargs)


def test_a_rule_that_nobody_dated_has_its_default():
    assert rules.current("test.hours") == 7


def test_a_rule_that_nobody_defined_is_a_mistake():
    with pytest.raises(LookupError):
        rules.current("test.unknown")


@pytest.mark.parametrize(
    ("day", "value"),
    [
        (datetime.date(2026, 6, 30), 7),
        (JULY, 8),
        (END_OF_JULY, 8),
        (AUGUST, 7),
        (SEPTEMBER, 9),
        (datetime.date(2040, 1, 1), 9),
    ],
)
def test_a_value_holds_from_its_first_day_to_its_last_both_included(day, value):
    dated(8, JULY, END_OF_JULY)
    dated(9, SEPTEMBER)
    assert rules.current("test.hours", day) == value


def test_what_was_read_is_not_read_again_until_it_changes(django_assert_num_queries):
    rule = dated(8, JULY)
    assert rules.current("test.hours", AUGUST) == 8
    with django_assert_num_queries(0):
        assert rules.current("test.hours", SEPTEMBER) == 8
        assert rules.current("test.hours", JULY) == 8
    rule.value = 10
    rule.save()
    assert rules.current("test.hours", AUGUST) == 10
    rule.delete()
    assert rules.current("test.hours", AUGUST) == 7


def test_what_another_process_changed_is_seen_within_a_minute(monkeypatch):
    dated(8, JULY)
    assert rules.current("test.hours", AUGUST) == 8
    Rule.objects.update(value=11)
    assert rules.current("test.hours", AUGUST) == 8
    monkeypatch.setattr(rules, "REMEMBERED_SECONDS", 0)
    assert rules.current("test.hours", AUGUST) == 11


@pytest.mark.parametrize(
    ("valid_from", "valid_until"),
    [(END_OF_JULY, AUGUST), (JULY, JULY), (datetime.date(2026, 1, 1), None), (datetime.date(2026, 7, 10), END_OF_JULY)],
)
def test_two_values_of_one_rule_never_hold_on_the_same_day(valid_from, valid_until):
    dated(8, JULY, END_OF_JULY)
    with pytest.raises(ValidationError):
        dated(9, valid_from, valid_until)
    assert Rule.objects.count() == 1


def test_neighbours_and_other_rules_do_not_overlap():
    dated(8, JULY, END_OF_JULY)
    dated(9, AUGUST)
    dated("Bonsoir.", JULY, code="test.sentence")
    assert Rule.objects.count() == 3


def test_the_refusal_says_which_dates_are_taken():
    dated(8, JULY, END_OF_JULY)
    with pytest.raises(ValidationError) as refused:
        Rule(code="test.hours", value=9, valid_from=JULY - datetime.timedelta(days=1)).full_clean()
    assert "vaut du 01/07/2026 au 31/07/2026" in str(refused.value)


def test_an_end_before_the_start_is_refused_by_a_sentence_and_by_the_database():
    with pytest.raises(ValidationError, match="La fin précède le début"):
        dated(8, AUGUST, JULY)
    with pytest.raises(IntegrityError), transaction.atomic():
        Rule.objects.bulk_create([Rule(code="test.hours", value=8, valid_from=AUGUST, valid_until=JULY)])


@pytest.mark.parametrize(
    ("code", "value"),
    [
        ("test.hours", "8"),
        ("test.hours", True),
        ("test.sentence", ""),
        ("test.sentence", 3),
        ("test.words", "mot"),
        ("test.words", [""]),
        ("test.unknown", 1),
    ],
)
def test_a_value_of_another_shape_or_of_no_rule_is_refused(code, value):
    with pytest.raises(ValidationError):
        dated(value, JULY, code=code)


def test_every_change_is_journalled_with_who_made_it():
    person = PersonFactory()
    rule = Rule(code="test.hours", value=8, valid_from=JULY)
    rule.changed_by = person
    rule.save()
    rule.value = 9
    rule.save()
    rule.delete()
    lines = list(JournalEntry.objects.order_by("pk").values_list("verb", "before__value", "after__value", "by"))
    assert lines == [
        ("kernel.change_rule", None, 8, person.pk),
        ("kernel.change_rule", 8, 9, person.pk),
        ("kernel.delete_rule", 9, None, person.pk),
    ]


def test_a_rule_defined_twice_otherwise_is_a_mistake():
    rules.define("test.hours", "heures d’essai", "integer", default=7)
    with pytest.raises(ValueError, match="defined twice"):
        rules.define("test.hours", "heures d’essai", "integer", default=8)


@pytest.mark.parametrize(("kind", "default"), [("number", 1), ("integer", "7"), ("texts", [3])])
def test_a_definition_at_odds_with_itself_is_a_mistake(kind, default):
    with pytest.raises(ValueError, match=r"test\.odd"):
        rules.define("test.odd", "essai", kind, default=default)


@pytest.mark.parametrize(
    ("code", "typed", "value"),
    [
        ("test.hours", " 12 ", 12),
        ("test.sentence", "Bonsoir.", "Bonsoir."),
        ("test.words", "un\n\n deux \n", ["un", "deux"]),
        ("test.table", '{"a": [1, 2]}', {"a": [1, 2]}),
    ],
)
def test_an_editor_types_a_value_as_the_rule_wants_it(code, typed, value):
    form = RuleForm({"code": code, "value": typed, "valid_from": "2026-07-01"})
    assert form.is_valid(), form.errors
    rule = form.save()
    assert rules.current(code, AUGUST) == value
    again = RuleForm(instance=rule)
    assert definitions.DEFINITIONS[code].read(again["value"].value()) == value


@pytest.mark.parametrize(
    ("code", "typed", "sentence"),
    [
        ("test.hours", "sept", "nombre entier"),
        ("test.table", "{", "ligne 1"),
        ("test.words", " \n", "requis"),
    ],
)
def test_a_value_mistyped_is_refused_by_a_sentence_beside_it(code, typed, sentence):
    form = RuleForm({"code": code, "value": typed, "valid_from": "2026-07-01"})
    assert not form.is_valid()
    [error] = form.errors["value"]
    assert sentence in error


@pytest.mark.django_db(transaction=True)
def test_ten_editors_at_once_leave_one_value_in_force():
    def date_from(index):
        try:
            dated(index, JULY + datetime.timedelta(days=index))
        except ValidationError:
            return False
        return True

    assert sum(together(10, date_from)) == 1
    assert Rule.objects.count() == 1
