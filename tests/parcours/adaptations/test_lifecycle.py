import pytest

from parcours.adaptations.lifecycle import LIFECYCLE, State
from tests.parcours.adaptations.factories import MeasureFactory

OPEN = {
    (State.WAITING, "grant"),
    (State.WAITING, "decline"),
    (State.WAITING, "withdraw"),
    (State.GRANTED, "withdraw"),
    (State.GRANTED, "keep"),
}


@pytest.mark.django_db
@pytest.mark.parametrize("move", list(LIFECYCLE.transitions))
@pytest.mark.parametrize("state", State.values)
def test_only_the_moves_of_the_table_are_open(state, move):
    request = MeasureFactory(request__state=state).request
    assert (LIFECYCLE.refusals(request, move) == []) == ((state, move) in OPEN)
