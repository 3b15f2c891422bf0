"""Handing an edition over to many: by batches, taken up where they stopped; whatever people did, nothing is lost."""

import uuid

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lms.kernel.jobs import run_due
from lms.kernel.lifecycle import TransitionRefused
from parcours.learning import actions
from parcours.learning.actions import spread as spreading
from parcours.learning.models import EditionMove, Enrolment, Spread
from tests.accounts.factories import PersonFactory
from tests.catalogue.factories import READING, EditionFactory, series
from tests.parcours.learning.editions import fresh, next_edition, questions_of, spread
from tests.parcours.learning.factories import EnrolmentFactory, activity, reply

pytestmark = pytest.mark.django_db


@pytest.fixture
def by():
    return PersonFactory()


@pytest.fixture
def small_batches(monkeypatch):
    monkeypatch.setattr(spreading, "BATCH", 2)


def test_a_job_cut_short_is_taken_up_where_it_stopped(small_batches, by):
    first = EnrolmentFactory(started=True)
    others = [EnrolmentFactory(edition=first.edition, started=True) for _ in range(4)]
    newer = next_edition(first.edition, drop=[0])
    found = actions.preview_spread(newer, by=by)
    assert found.lines.count() == 5
    actions.confirm_spread(found, by=by)
    assert spreading.move_some(found, spreading.Crossings(newer))
    found.refresh_from_db()
    assert (found.seen, found.moved, found.state) == (2, 2, Spread.State.RUNNING)
    run_due()
    run_due()
    found.refresh_from_db()
    assert (found.seen, found.moved, found.state) == (5, 5, Spread.State.DONE)
    assert {fresh(one).edition for one in (first, *others)} == {newer}
    assert EditionMove.objects.count() == 5
    assert not spreading.move_some(found, spreading.Crossings(newer))


def test_many_enrolments_are_counted_in_a_job(small_batches, by, monkeypatch):
    monkeypatch.setattr(spreading, "INLINE", 1)
    first = EnrolmentFactory(started=True)
    EnrolmentFactory(edition=first.edition)
    newer = next_edition(first.edition, add=1)
    found = actions.preview_spread(newer, by=by)
    assert found.state == Spread.State.COUNTING
    with pytest.raises(TransitionRefused, match="déjà en cours"):
        actions.preview_spread(newer, by=by)
    run_due()
    found.refresh_from_db()
    assert (found.state, found.seen, found.lines.count()) == (Spread.State.READY, 2, 1)


def test_a_batch_costs_the_same_whatever_the_number_of_people(by, django_assert_max_num_queries):
    first = EnrolmentFactory(started=True)
    for _ in range(9):
        EnrolmentFactory(edition=first.edition, started=True)
    newer = next_edition(first.edition, drop=[0])
    with django_assert_max_num_queries(40):
        found = actions.preview_spread(newer, by=by)
    actions.confirm_spread(found, by=by)
    with django_assert_max_num_queries(50):
        spreading.move_some(found, spreading.Crossings(newer))


# --- Whatever people did ----------------------------------------------------------------------------------------------

ETAPES = [
    {"minutes": 5, "rule": {"kind": "read"}, "nodes": [READING]},
    {"minutes": 7, "rule": {"kind": "answered"}, "nodes": lambda: [series("choix-unique", "choix-unique")]},
    {
        "minutes": 9,
        "rule": {"kind": "score", "threshold": 50, "keep": "last"},
        "nodes": lambda: [series("choix-unique", "choix-unique")],
    },
]


def changed(kind):
    def change(rank, values):
        if kind == "threshold" and values["rule"]["kind"] == "score":
            values["rule"] = values["rule"] | {"threshold": 100}
        if kind == "question" and questions_of(values):
            questions_of(values)[0]["id"] = str(uuid.uuid5(uuid.NAMESPACE_URL, values["activity_id"]))
        if kind == "minutes":
            values["minutes"] += rank + 1

    return change


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    drop=st.sets(st.integers(0, 2), max_size=2),
    add=st.integers(0, 2),
    kind=st.sampled_from(["", "threshold", "question", "minutes"]),
    acts=st.lists(st.tuples(st.integers(0, 2), st.integers(0, 1), st.booleans()), max_size=8),
)
def test_the_progress_of_whoever_was_moved_is_the_fold_of_their_traces(db, drop, add, kind, acts):
    enrolment = EnrolmentFactory(edition=EditionFactory(activities=ETAPES))
    for rank, which, is_right in acts:
        play(enrolment, rank, which, is_right)
    newer = next_edition(enrolment.edition, drop=drop, add=add, change=changed(kind))
    found = spread(newer, PersonFactory()) if fresh(enrolment).state == Enrolment.State.ACTIVE else None
    moved = fresh(enrolment)
    assert actions.differences(moved) == []
    if found and not found.lines.filter(waits=True).exists():
        assert moved.edition == newer


def play(enrolment, rank, which, is_right):
    """Whatever somebody may click, in any order."""
    enrolment = fresh(enrolment)
    if enrolment.state != Enrolment.State.ACTIVE:
        return
    etape = activity(enrolment, rank)
    try:
        if not etape.questions:
            actions.finish_reading(enrolment, etape)
            return
        row = enrolment.activities.filter(activity_id=etape.activity_id).first()
        attempt = row.attempts[-1]["number"] if row and row.attempts else 1
        question = etape.questions[which]
        options = [option["id"] for option in question["options"] if option["correct"] == is_right][:1]
        reply(enrolment, etape, question, options, attempt=attempt)
    except actions.Refused:
        actions.restart(enrolment, etape, after=attempt) if is_right else None
