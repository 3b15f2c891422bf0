import datetime
import itertools

import pytest

from certification.habilitation.engine.rule import Counting, Kind, Route, Step, derived

MAY, JUNE, JULY = (datetime.date(2026, month, 4) for month in (5, 6, 7))


def stands(route=Route.CLASSIC, exit_step="", exited_on=None, **facts):
    known = [Counting(Kind(kind), on) for kind, on in facts.items()]
    return derived(known, route=route, exit_step=exit_step, exited_on=exited_on)


@pytest.mark.parametrize(
    ("facts", "step"),
    [
        ({}, Step.INVITED),
        ({"eligibility": MAY}, Step.INVITED),
        ({"registration": MAY}, Step.REGISTERED),
        ({"registration": MAY, "start": JUNE}, Step.UNDERWAY),
        ({"training": MAY}, Step.ATTENDED),
        ({"pix": MAY}, Step.INVITED),
        ({"training": MAY, "pix": JUNE}, Step.PIX_SENT),
        ({"eligibility": MAY, "training": MAY, "pix": JUNE}, Step.HABILITATED),
        ({"account": JUNE}, Step.HABILITATED),
        ({"account": JUNE, "device": JULY}, Step.OPERATIONAL),
        ({"device": JULY}, Step.INVITED),
    ],
)
def test_the_facts_say_the_step(facts, step):
    assert stands(**facts).step == step


@pytest.mark.parametrize("order", [*itertools.permutations(["eligibility", "training", "pix"])])
def test_one_is_habilitated_on_the_day_the_last_condition_is_met_in_any_order(order):
    facts = dict(zip(order, (MAY, JUNE, JULY), strict=True))
    assert stands(**facts).habilitated_on == JULY


@pytest.mark.parametrize(
    ("facts", "day"),
    [
        ({"account": JULY, "training": MAY}, MAY),
        ({"account": JULY, "training": MAY, "pix": JUNE}, JUNE),
        ({"account": JULY, "training": MAY, "eligibility": JUNE}, JUNE),
        ({"account": JULY, "eligibility": MAY}, JULY),
        ({"account": MAY, "training": JULY}, MAY),
    ],
)
def test_a_file_says_that_an_account_exists_and_not_since_when(facts, day):
    """A stock taken over today does not count as habilitated today; an account seen later moves nobody’s day."""
    assert stands(**facts).habilitated_on == day


@pytest.mark.parametrize(("seen", "day"), [(JUNE, MAY), (JULY, JULY)])
def test_a_device_seen_with_the_account_is_as_old_and_one_seen_later_is_not(seen, day):
    assert stands(account=JUNE, training=MAY, device=seen).operational_on == day


def test_a_fact_brought_twice_changes_nothing():
    known = [
        Counting(Kind.TRAINING, MAY),
        Counting(Kind.TRAINING, JUNE),
        Counting(Kind.PIX, JUNE),
        Counting(Kind.ELIGIBILITY, MAY),
    ]
    assert derived(known + known, route=Route.CLASSIC) == derived(known, route=Route.CLASSIC)


def test_between_peers_the_date_of_the_test_stands_for_that_of_the_training():
    found = stands(route=Route.PEER, eligibility=MAY, pix=JUNE)
    assert (found.step, found.trained_on) == (Step.HABILITATED, JUNE)
    assert stands(eligibility=MAY, pix=JUNE).step == Step.INVITED


@pytest.mark.parametrize("way_out", [Step.LEFT, Step.CANCELLED, Step.REFUSED])
def test_a_way_out_blocks_whatever_comes_after(way_out):
    found = stands(exit_step=way_out, exited_on=JUNE, eligibility=MAY, training=MAY, pix=JULY)
    assert (found.step, found.step_on, found.habilitated_on) == (way_out, JUNE, None)


def test_who_leaves_once_habilitated_was_habilitated_and_who_is_refused_was_not():
    facts = {"eligibility": MAY, "training": MAY, "pix": JUNE}
    found = stands(exit_step=Step.LEFT, exited_on=JULY, **facts)
    assert (found.step, found.habilitated_on) == (Step.LEFT, JUNE)
    assert stands(exit_step=Step.REFUSED, exited_on=JULY, **facts).habilitated_on is None
