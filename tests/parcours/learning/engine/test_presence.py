from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from parcours.learning.engine.presence import IDLE, minutes, seconds_spent

START = datetime(2026, 11, 22, 9, tzinfo=UTC)
FACTS = st.lists(
    st.tuples(st.sampled_from("abc"), st.integers(0, 8 * 3600).map(lambda seconds: START + timedelta(seconds=seconds))),
    max_size=30,
)


def at(minute, etape="a"):
    return etape, START + timedelta(minutes=minute)


def test_what_passes_between_two_facts_of_one_etape_was_spent_in_it():
    assert seconds_spent([at(0, "a"), at(5, "a"), at(7, "b"), at(10, "b")]) == {"a": 300, "b": 180}


def test_what_passes_between_two_etapes_belongs_to_neither():
    assert seconds_spent([at(0, "a"), at(5, "b"), at(9, "a")]) == {"a": 0, "b": 0}


def test_a_pause_counts_for_nothing():
    assert seconds_spent([at(0), at(5), at(26), at(30)]) == {"a": 540}
    assert seconds_spent([at(0), at(20)]) == {"a": 1200}


def test_one_fact_alone_proves_no_time():
    assert seconds_spent([at(0)]) == {"a": 0}
    assert seconds_spent([]) == {}


@given(FACTS, st.randoms())
def test_the_order_in_which_facts_are_read_changes_nothing(facts, random):
    shuffled = list(facts)
    random.shuffle(shuffled)
    assert seconds_spent(shuffled) == seconds_spent(facts)


@given(FACTS)
def test_no_more_is_told_than_passed(facts):
    spent = sum(seconds_spent(facts).values())
    instants = [instant for _, instant in facts]
    assert 0 <= spent <= (max(instants) - min(instants)).total_seconds() if facts else spent == 0
    assert spent <= IDLE.total_seconds() * max(len(facts) - 1, 0)


def test_minutes_are_rounded_down():
    assert [minutes(seconds) for seconds in (0, 59, 60, 119)] == [0, 0, 1, 1]
