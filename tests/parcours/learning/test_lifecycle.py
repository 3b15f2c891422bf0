import pytest

from parcours.learning.lifecycle import LIFECYCLE, State
from parcours.learning.models import Enrolment, Progress

OPEN = {(State.ACTIVE, "complete"), (State.ACTIVE, "withdraw")}


def enrolment(state, left=0):
    one = Enrolment(state=state)
    one.progress = Progress(done=3 - left, total=3)
    return one


@pytest.mark.parametrize("move", list(LIFECYCLE.transitions))
@pytest.mark.parametrize("state", State.values)
def test_only_the_moves_of_the_table_are_open(state, move):
    assert (LIFECYCLE.refusals(enrolment(state), move) == []) == ((state, move) in OPEN)


@pytest.mark.parametrize(
    ("left", "sentence"), [(1, "Il reste 1 étape à terminer."), (2, "Il reste 2 étapes à terminer.")]
)
def test_a_course_is_not_finished_while_something_is_left(left, sentence):
    assert LIFECYCLE.refusals(enrolment(State.ACTIVE, left), "complete") == [sentence]
