from hypothesis import given
from hypothesis import strategies as st

from parcours.learning.engine.competences import Stage, Work, counting, level, readable
from tests.parcours.learning.views.sending import plain

WORKS = st.lists(
    st.tuples(st.booleans(), st.integers(0, 9), st.integers(0, 9)).map(
        lambda one: Work(one[0] or one[1] > 0, one[1], min(one[1], one[2]))
    )
)
FIRST = {"number": 1, "answered": 4, "right": 3, "score": 75}
SECOND = {"number": 2, "answered": 4, "right": 1, "score": 25}
IN_HAND = {"number": 3, "answered": 2, "right": 2, "score": None}
BLANK = {"number": 1, "answered": 0, "right": 0, "score": None}


def test_what_was_never_opened_is_not_claimed():
    assert plain(level([Work(), Work()]).words) == "pas encore travaillée"
    assert level([]).stage == Stage.UNTOUCHED


def test_what_was_opened_is_worked_on():
    assert plain(level([Work(opened=True), Work()]).words) == "travaillée dans 1 étape"


def test_what_was_answered_is_counted_in_words():
    assert plain(level([Work(True, 4, 3), Work(True, 6, 5), Work()]).words) == "évaluée : 8 réponses justes sur 10"
    assert plain(level([Work(True, 2, 0)]).words) == "évaluée : 0 réponse juste sur 2"


@given(WORKS)
def test_a_level_is_the_sum_of_its_evidence_in_any_order(works):
    found = level(works)
    assert found == level(reversed(works))
    assert found.right <= found.answered
    assert (found.stage == Stage.EVALUATED) == (found.answered > 0)
    assert found.opened <= found.etapes == len(works)


def test_the_attempt_that_counts_is_the_one_the_rule_keeps():
    assert counting([FIRST, SECOND]) == FIRST
    assert counting([FIRST, SECOND], "last") == SECOND
    assert counting([FIRST, SECOND, IN_HAND]) == FIRST


def test_without_a_finished_attempt_the_one_in_hand_counts_once_something_is_answered():
    assert counting([IN_HAND]) == IN_HAND
    assert counting([BLANK]) is None
    assert counting([]) is None


def test_a_code_nobody_named_is_read_as_words():
    assert readable("contexte-inclusion_numerique") == "Contexte inclusion numerique"
