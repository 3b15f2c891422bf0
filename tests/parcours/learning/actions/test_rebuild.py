import uuid
from contextlib import suppress

import pytest
from django.core.management import CommandError, call_command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from parcours.learning import actions
from parcours.learning.models import ActivityProgress, Enrolment, Progress, Trace
from tests.parcours.learning.factories import EnrolmentFactory, activity, right, wrong

pytestmark = pytest.mark.django_db

moves = st.lists(
    st.tuples(
        st.sampled_from(["open", "read", "answer", "answer", "answer", "restart"]),
        st.integers(0, 2),
        st.integers(0, 3),
        st.booleans(),
        st.integers(1, 2),
    ),
    max_size=30,
)


def play(enrolment, move):
    """One thing a browser may send, sensible or not: what is refused leaves nothing."""
    verb, rank, number, is_right, attempt = move
    found = activity(enrolment, rank)
    with suppress(actions.Refused):
        if verb == "open":
            actions.open_activity(enrolment, found)
        elif verb == "read":
            actions.finish_reading(enrolment, found)
        elif verb == "restart":
            actions.restart(enrolment, found, after=attempt)
        elif found.questions:
            question = found.questions[number % len(found.questions)]
            given_ = right(question) if is_right else wrong(question)
            actions.answer(enrolment, found, question["id"], given_, client_id=str(uuid.uuid4()), attempt=attempt)


@given(moves, st.randoms())
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_rebuilding_changes_nothing_whatever_was_done_in_whatever_order(sequence, random):
    repeated = [move for move in sequence for _ in range(random.choice([1, 1, 2]))]
    random.shuffle(repeated)
    enrolment = EnrolmentFactory()
    for move in repeated:
        play(enrolment, move)
    stored = list(ActivityProgress.objects.filter(enrolment=enrolment).values())
    assert actions.rebuild(enrolment) == []
    assert list(ActivityProgress.objects.filter(enrolment=enrolment).values()) == stored
    enrolment = Enrolment.objects.get(pk=enrolment.pk)
    progress = Progress.objects.get(pk=enrolment.pk)
    assert (progress.percent == 100) == (enrolment.state == Enrolment.State.COMPLETED)


TAMPERINGS = {
    "a score": lambda e: ActivityProgress.objects.filter(enrolment=e, score=100).update(score=40),
    "a state": lambda e: ActivityProgress.objects.filter(enrolment=e).update(state="started"),
    "a row too few": lambda e: e.activities.first().delete(),
    "a row too many": lambda e: ActivityProgress.objects.create(enrolment=e, activity_id="n-existe-pas"),
    "hours": lambda e: Progress.objects.filter(pk=e.pk).update(minutes_done=2),
    "the whole row": lambda e: Progress.objects.filter(pk=e.pk).delete(),
}


@pytest.mark.parametrize("what", TAMPERINGS)
def test_a_tampered_progress_is_found_put_right_and_reported(what, capsys):
    enrolment, honest = EnrolmentFactory(completed=True), EnrolmentFactory(started=True)
    expected = picture(enrolment)
    TAMPERINGS[what](enrolment)
    with pytest.raises(CommandError, match="1 inscription"):
        call_command("check_consistency")
    with pytest.raises(CommandError, match="1 inscription"):
        call_command("rebuild_progress")
    told = capsys.readouterr().err
    assert f"inscription {enrolment.pk}\u00a0:" in told
    assert f"inscription {honest.pk}\u00a0:" not in told
    assert picture(enrolment) == expected
    call_command("rebuild_progress")
    call_command("check_consistency")


def picture(enrolment):
    rows = ActivityProgress.objects.filter(enrolment=enrolment).order_by("activity_id")
    return list(rows.values("activity_id", "state", "score", "attempts", "done_at")), Progress.objects.filter(
        pk=enrolment.pk
    ).values().get()


def test_a_completion_without_its_attestation_is_reported(capsys):
    from lms.kernel.models import Job

    EnrolmentFactory(completed=True)
    Job.objects.filter(name="learning.issue_attestation").delete()
    with pytest.raises(CommandError):
        call_command("check_consistency")
    assert "attestation.never-posted" in capsys.readouterr().err


def test_only_the_enrolments_asked_for_are_read(capsys):
    first, second = EnrolmentFactory(), EnrolmentFactory()
    Progress.objects.filter(pk=second.pk).update(minutes_done=3)
    call_command("rebuild_progress", enrolment=[first.pk])
    assert "1 inscription(s) relues" in capsys.readouterr().out


def test_a_trace_is_never_changed_nor_removed():
    EnrolmentFactory(started=True)
    trace = Trace.objects.first()
    for change in (trace.save, trace.delete, Trace.objects.all().delete):
        with pytest.raises(TypeError):
            change()
    with pytest.raises(TypeError):
        Trace.objects.update(correct=True)
