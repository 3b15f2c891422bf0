import pytest

from parcours.assistance.lifecycle import LIFECYCLE, State
from parcours.assistance.models import Thread

MOVES = ("ask_again", "answer", "close")
OPEN = {(state, move) for state in (State.WAITING, State.ANSWERED) for move in MOVES}


@pytest.mark.parametrize("move", list(LIFECYCLE.transitions))
@pytest.mark.parametrize("state", State.values)
def test_only_the_moves_of_the_table_are_open(state, move):
    assert (LIFECYCLE.refusals(Thread(state=state), move) == []) == ((state, move) in OPEN)
