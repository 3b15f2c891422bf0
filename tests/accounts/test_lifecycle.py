import datetime

import pytest
from django.utils import timezone

from lms.accounts.lifecycle import DATA_REQUEST, FACTOR_RESET, RequestState, ResetState
from lms.accounts.models import DataRequest, FactorReset

OPEN_RESET = {(ResetState.ASKED, "execute_factor_reset"), (ResetState.ASKED, "stop_factor_reset")}
OPEN_REQUEST = {(RequestState.OPEN, "answer_data_request")}


@pytest.mark.parametrize("move", list(FACTOR_RESET.transitions))
@pytest.mark.parametrize("state", ResetState.values)
def test_only_the_moves_of_the_table_are_open_to_a_reset(state, move):
    reset = FactorReset(state=state, due_at=timezone.now())
    assert (FACTOR_RESET.refusals(reset, move) == []) == ((state, move) in OPEN_RESET)


@pytest.mark.parametrize("move", list(DATA_REQUEST.transitions))
@pytest.mark.parametrize("state", RequestState.values)
def test_only_the_moves_of_the_table_are_open_to_a_request(state, move):
    request = DataRequest(state=state, answer="C’est corrigé.")
    assert (DATA_REQUEST.refusals(request, move) == []) == ((state, move) in OPEN_REQUEST)


def test_a_reset_waits_for_its_delay_and_says_until_when():
    reset = FactorReset(state=ResetState.ASKED, due_at=timezone.now() + datetime.timedelta(hours=1))
    (sentence,) = FACTOR_RESET.refusals(reset, "execute_factor_reset")
    assert "peut encore s’y opposer" in sentence
    assert FACTOR_RESET.refusals(reset, "stop_factor_reset") == []


def test_an_empty_answer_is_not_sent():
    (sentence,) = DATA_REQUEST.refusals(DataRequest(state=RequestState.OPEN, answer="  "), "answer_data_request")
    assert sentence.startswith("La réponse est vide")
