from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from parcours.learning.engine.fold import ActivityProgress, Fact, Kind, Rule, State, fold
from parcours.learning.engine.path import Step, walk

START = datetime(2026, 11, 22, 9, tzinfo=UTC)
QUESTIONS = ("a", "b", "c", "d")


def at(minutes):
    return START + timedelta(minutes=minutes)


def answers(rights, attempt=1, first=1):
    return [
        Fact(Kind.ANSWERED, at(first + index), question, attempt, correct)
        for index, (question, correct) in enumerate(zip(QUESTIONS, rights, strict=False))
    ]


def test_nothing_done_is_to_do():
    assert fold(Rule(), []) == ActivityProgress()


def test_a_text_is_done_when_the_learner_says_so_and_not_when_it_is_opened():
    opened = Fact(Kind.OPENED, at(0))
    assert fold(Rule("read"), [opened]).state == State.STARTED
    assert fold(Rule("read"), [opened, Fact(Kind.READ, at(4))]).done_at == at(4)


def test_a_series_is_done_at_the_instant_of_its_last_answer_right_or_wrong():
    rule = Rule("answered", questions=QUESTIONS)
    assert fold(rule, answers([False, True, False])).state == State.STARTED
    assert fold(rule, answers([False, True, False, False])).done_at == at(4)


def test_a_score_just_under_the_threshold_is_not_enough_and_just_at_it_is():
    rule = Rule("score", threshold=75, questions=QUESTIONS)
    assert fold(rule, answers([True, True, False, False])).state == State.STARTED
    assert fold(rule, answers([True, True, True, False])).state == State.DONE


def test_a_worse_second_attempt_undoes_nothing_and_each_rule_keeps_its_score():
    facts = [
        *answers([True, True, True, True]),
        Fact(Kind.RESTARTED, at(10), attempt=2),
        *answers([False] * 4, attempt=2, first=11),
    ]
    best = fold(Rule("score", threshold=70, keep="best", questions=QUESTIONS), facts)
    last = fold(Rule("score", threshold=70, keep="last", questions=QUESTIONS), facts)
    assert (best.state, best.score, best.attempt, best.done_at) == (State.DONE, 100, 2, at(4))
    assert (last.state, last.score) == (State.DONE, 0)


def test_an_answer_to_a_question_of_another_edition_counts_for_nothing():
    rule = Rule("answered", questions=QUESTIONS)
    stranger = Fact(Kind.ANSWERED, at(9), "question-of-last-year", 1, True)
    assert fold(rule, [*answers([True] * 3), stranger]).attempts[0].answered == 3


facts_strategy = st.lists(
    st.builds(
        Fact,
        kind=st.sampled_from(Kind),
        at=st.integers(0, 50).map(at),
        question=st.sampled_from(QUESTIONS),
        attempt=st.integers(1, 3),
        correct=st.booleans(),
    ),
    max_size=14,
    unique_by=lambda fact: (fact.kind, fact.question, fact.attempt) if fact.kind == Kind.ANSWERED else fact,
)
rules = st.builds(
    Rule,
    kind=st.sampled_from(["read", "answered", "score"]),
    threshold=st.integers(0, 100),
    keep=st.sampled_from(["best", "last"]),
    questions=st.just(QUESTIONS),
)


@given(rules, facts_strategy, st.randoms())
def test_the_order_of_arrival_changes_nothing(rule, facts, random):
    shuffled = list(facts)
    random.shuffle(shuffled)
    assert fold(rule, shuffled) == fold(rule, facts)


@given(rules, facts_strategy, facts_strategy)
def test_what_is_done_stays_done_whatever_comes_after(rule, facts, more):
    before = fold(rule, facts)
    known = {(fact.question, fact.attempt) for fact in facts if fact.kind == Kind.ANSWERED}
    later = [fact for fact in more if fact.kind != Kind.ANSWERED or (fact.question, fact.attempt) not in known]
    if before.state == State.DONE:
        assert fold(rule, [*facts, *later]).state == State.DONE


steps = st.lists(
    st.tuples(st.integers(1, 30), st.sampled_from(State), st.integers(0, 50)).map(
        lambda row: (row[0], ActivityProgress(row[1], last_at=None if row[1] == State.TODO else at(row[2])))
    ),
    max_size=20,
).map(lambda rows: [Step(str(index), minutes, progress) for index, (minutes, progress) in enumerate(rows)])


@given(steps)
def test_a_hundred_percent_is_shown_exactly_when_nothing_is_left(path):
    progress = walk(path)
    assert (progress.percent == 100) == progress.complete == (bool(path) and progress.next_activity is None)


def test_one_goes_on_where_one_stopped_then_after_it_then_at_what_was_left_behind():
    done, open_ = (
        (lambda m: ActivityProgress(State.DONE, last_at=at(m))),
        (lambda m: ActivityProgress(State.STARTED, last_at=at(m))),
    )
    todo = ActivityProgress()
    assert walk([Step("1", 5, done(1)), Step("2", 5, open_(2)), Step("3", 5, todo)]).next_activity == "2"
    assert walk([Step("1", 5, todo), Step("2", 5, done(2)), Step("3", 5, todo)]).next_activity == "3"
    assert walk([Step("1", 5, todo), Step("2", 5, done(2)), Step("3", 5, done(1))]).next_activity == "1"
