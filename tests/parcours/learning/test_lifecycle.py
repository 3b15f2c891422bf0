import pytest
from django.utils import timezone

from parcours.learning.lifecycle import LIFECYCLE, SPREADING, SpreadState, State
from parcours.learning.models import Enrolment, Progress, Spread
from tests.catalogue.factories import EditionFactory

OPEN = {(State.ACTIVE, "complete"), (State.ACTIVE, "withdraw")}  # `reopen` wants something left


def enrolment(state, left=0):
    one = Enrolment(state=state)
    one.progress = Progress(done=3 - left, total=3)
    return one


@pytest.mark.parametrize("move", list(LIFECYCLE.transitions))
@pytest.mark.parametrize("state", State.values)
def test_only_the_moves_of_the_table_are_open(state, move):
    assert (LIFECYCLE.refusals(enrolment(state), move) == []) == ((state, move) in OPEN)


@pytest.mark.parametrize(
    ("left", "sentence"), [(1, "Il reste 1\u00a0étape à terminer."), (2, "Il reste 2\u00a0étapes à terminer.")]
)
def test_a_course_is_not_finished_while_something_is_left(left, sentence):
    assert LIFECYCLE.refusals(enrolment(State.ACTIVE, left), "complete") == [sentence]


SPREADING_OPEN = {
    (SpreadState.READY, "count_spread"),
    (SpreadState.READY, "confirm_spread"),
    (SpreadState.COUNTING, "spread_counted"),
    (SpreadState.RUNNING, "spread_finished"),
}


@pytest.mark.django_db
@pytest.mark.parametrize("move", list(SPREADING.transitions))
@pytest.mark.parametrize("state", SpreadState.values)
def test_only_the_moves_of_the_table_of_spreads_are_open(state, move):
    spread = Spread(edition=EditionFactory(), state=state, counted_at=timezone.now())
    assert (SPREADING.refusals(spread, move) == []) == ((state, move) in SPREADING_OPEN)
