import pytest
from django.db import connection, transaction
from django.db.transaction import TransactionManagementError

from lms.kernel import counters
from tests.kernel.threads import together


class Rolled(Exception):
    """What undoes one transaction in seven."""


@pytest.mark.django_db
def test_numbers_follow_one_another_under_each_name():
    assert [counters.next_number("ours") for _ in range(3)] == [1, 2, 3]
    assert counters.next_number("theirs") == 1
    assert counters.value("ours") == 3


@pytest.mark.django_db(transaction=True)
def test_a_number_is_refused_outside_a_transaction():
    with pytest.raises(TransactionManagementError):
        counters.next_number("ours")
    assert counters.value("ours") == 0


@pytest.mark.django_db(transaction=True)
def test_a_number_taken_in_a_transaction_rolled_back_is_given_again():
    with pytest.raises(Rolled), transaction.atomic():
        counters.next_number("ours")
        raise Rolled
    with transaction.atomic():
        assert counters.next_number("ours") == 1


@pytest.mark.django_db(transaction=True)
def test_fifty_at_once_with_one_in_seven_rolled_back_leave_no_double_and_no_hole():
    def take_seven(index):
        kept = []
        for turn in range(7):
            try:
                with transaction.atomic():
                    number = counters.next_number("papers")
                    if (index + turn) % 7 == 0:
                        raise Rolled
            except Rolled:
                continue
            kept.append(number)
        return kept

    kept = sorted(number for numbers in together(50, take_seven) for number in numbers)
    assert kept == list(range(1, 301))
    assert counters.value("papers") == 300


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_without_the_counter_the_same_run_gives_doubles():
    """The control: what the counter prevents does happen with `max + 1`."""
    _run("CREATE TABLE race (number integer)")

    def take_three(index):
        for _ in range(3):
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("SELECT coalesce(max(number), 0) + 1 FROM race")
                cursor.execute("INSERT INTO race VALUES (%s)", cursor.fetchone())

    try:
        together(50, take_three)
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*), count(DISTINCT number) FROM race")
            count, distinct = cursor.fetchone()
    finally:
        _run("DROP TABLE race")
    assert count == 150
    assert distinct < count


def _run(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)
