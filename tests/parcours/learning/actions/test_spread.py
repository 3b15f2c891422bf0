"""Handing an edition over: whom it changes is shown first; moved, one keeps all that one did."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from lms.kernel.jobs import run_due
from lms.kernel.lifecycle import TransitionRefused
from lms.kernel.models import JournalEntry, Paper
from lms.kernel.privacy import export_person
from parcours.learning import actions
from parcours.learning.models import ActivityProgress, EditionMove, Enrolment, Spread, Trace
from parcours.learning.tasks.spread import spread_to_waiting
from tests.accounts.factories import PersonFactory
from tests.organisations.factories import OrganisationFactory
from tests.parcours.learning.editions import fresh, next_edition, other_question, reworded, spread
from tests.parcours.learning.factories import EnrolmentFactory, activity, finish, reply

pytestmark = pytest.mark.django_db


@pytest.fixture
def by():
    return PersonFactory()


@pytest.fixture
def started():
    """Somebody who has read the first étape and answered the second one."""
    enrolment = EnrolmentFactory(started=True)
    finish(enrolment, activity(enrolment, 1))
    return enrolment


def test_publishing_moves_nobody(started):
    next_edition(started.edition, drop=[0])
    assert fresh(started).edition == started.edition


def test_the_preview_tells_what_each_would_gain_or_lose_and_moves_nobody(started, by):
    newer = next_edition(started.edition, drop=[0], add=2)
    found = actions.preview_spread(newer, by=by)
    line = found.lines.get()
    assert (line.lost, line.gained, line.waits, line.completes) == (1, 0, False, False)
    assert (line.percent_before, line.percent_after) == (73, 26)
    assert (found.state, found.total) == (Spread.State.READY, 1)
    assert fresh(started).edition == started.edition
    assert not EditionMove.objects.exists()


def test_confirmed_the_enrolment_follows_with_all_that_was_done(started, by):
    traces = list(started.traces.values_list("pk", flat=True))
    newer = next_edition(started.edition, drop=[0], add=2)
    found = spread(newer, by)
    moved = fresh(started)
    assert (found.state, found.moved, found.seen) == (Spread.State.DONE, 1, 1)
    assert moved.edition == newer
    assert (moved.progress.done, moved.progress.total, moved.progress.percent) == (1, 4, 26)
    assert list(moved.traces.values_list("pk", flat=True)) == traces
    assert actions.differences(moved) == []
    move = EditionMove.objects.get()
    assert (move.from_edition, move.to_edition, move.by) == (started.edition, newer, by)
    entry = JournalEntry.objects.get(verb="learning.move_to_edition")
    assert (entry.before, entry.after, entry.by) == ({"edition": started.edition_id}, {"edition": newer.pk}, by)


def test_what_left_the_parcours_is_found_again_when_it_comes_back(started, by):
    without = next_edition(started.edition, drop=[0])
    spread(without, by)
    assert fresh(started).progress.done == 1
    back = next_edition(started.edition)
    spread(back, by)
    moved = fresh(started)
    assert (moved.edition, moved.progress.done) == (back, 2)
    assert actions.differences(moved) == []
    assert EditionMove.objects.count() == 2


def test_an_etape_asked_otherwise_is_to_be_done_again_and_its_answers_stay(started, by):
    newer = next_edition(started.edition, change=other_question)
    preview = actions.preview_spread(newer, by=by)
    assert preview.lines.get().lost == 1
    actions.confirm_spread(preview, by=by)
    run_due()
    row = ActivityProgress.objects.get(enrolment=started, activity_id=activity(started, 1).activity_id)
    assert row.state == ActivityProgress.State.STARTED
    assert Trace.objects.filter(enrolment=started, kind="answered").count() == 3
    assert actions.differences(fresh(started)) == []


def test_whoever_has_done_all_that_is_left_is_done_and_gets_the_paper(started, by):
    OrganisationFactory(training=True, assistance_contact="Inès Roux")
    newer = next_edition(started.edition, drop=[2])
    preview = actions.preview_spread(newer, by=by)
    assert preview.lines.get().completes
    actions.confirm_spread(preview, by=by)
    run_due()
    moved = fresh(started)
    assert moved.state == Enrolment.State.COMPLETED
    assert moved.completed_at == moved.progress.last_at
    assert Paper.objects.filter(key=moved.attestation_key).exists()
    preview.refresh_from_db()
    assert preview.completed == 1


def test_whoever_is_done_or_has_left_is_never_moved(by):
    done = EnrolmentFactory(completed=True)
    left = EnrolmentFactory(edition=done.edition)
    actions.withdraw(left, by=left.person)
    newer = next_edition(done.edition, add=1)
    with pytest.raises(TransitionRefused, match="Personne ne suit une édition plus ancienne"):
        actions.preview_spread(newer, by=by)
    running = EnrolmentFactory(edition=done.edition)
    spread(newer, by)
    assert [fresh(one).edition for one in (done, left, running)] == [done.edition, done.edition, newer]


# --- Attempts in hand -------------------------------------------------------------------------------------------------


def test_a_quiz_changed_while_someone_takes_it_changes_nothing_in_that_attempt(by):
    enrolment = EnrolmentFactory(started=True)
    quiz = activity(enrolment, 1)
    reply(enrolment, quiz, quiz.questions[0])
    newer = next_edition(enrolment.edition, change=other_question)
    preview = actions.preview_spread(newer, by=by)
    assert preview.lines.get().waits
    actions.confirm_spread(preview, by=by)
    run_due()
    assert fresh(enrolment).edition == enrolment.edition
    for question in quiz.questions[1:]:
        reply(fresh(enrolment), quiz, question)
    assert fresh(enrolment).progress.done == 2
    spread_to_waiting("2026-11-22T14Z")
    run_due()
    moved = fresh(enrolment)
    assert (moved.edition, moved.progress.done) == (newer, 1)
    preview.refresh_from_db()
    assert (preview.moved, preview.lines.filter(waits=True).count()) == (1, 0)


def test_an_attempt_begun_again_is_in_hand_before_its_first_answer(by):
    enrolment = EnrolmentFactory(started=True)
    quiz = activity(enrolment, 2)
    finish(enrolment, quiz)
    actions.restart(enrolment, quiz, after=1)

    def other_threshold(rank, values):
        if rank == 2:
            values["rule"] = values["rule"] | {"threshold": 90}

    newer = next_edition(enrolment.edition, change=other_threshold)
    assert spread(newer, by).lines.get().waits
    assert fresh(enrolment).edition == enrolment.edition


def test_an_attempt_in_an_etape_that_does_not_change_waits_for_nothing(by):
    enrolment = EnrolmentFactory(started=True)
    quiz = activity(enrolment, 1)
    reply(enrolment, quiz, quiz.questions[0])
    newer = next_edition(enrolment.edition, drop=[0])
    assert spread(newer, by).moved == 1
    for question in quiz.questions[1:]:
        reply(fresh(enrolment), newer.activity(quiz.slug), question)
    assert actions.differences(fresh(enrolment)) == []
    assert fresh(enrolment).progress.done == 1


def test_nobody_waits_for_an_edition_that_is_not_the_last_one_any_more(by):
    enrolment = EnrolmentFactory(started=True)
    quiz = activity(enrolment, 1)
    reply(enrolment, quiz, quiz.questions[0])
    spread(next_edition(enrolment.edition, change=other_question), by)
    assert list(Spread.objects.waited_for())
    next_edition(enrolment.edition)
    assert not list(Spread.objects.waited_for())


def test_an_answer_that_crosses_the_move_is_refused_and_nothing_is_lost(started, by):
    page = fresh(started)
    quiz = activity(page, 2)
    spread(next_edition(started.edition, drop=[0]), by)
    with pytest.raises(actions.Refused, match="vient d’être mis à jour"):
        reply(page, quiz, quiz.questions[0])
    assert actions.differences(fresh(started)) == []


# --- Minor corrections ------------------------------------------------------------------------------------------------


def test_a_minor_correction_is_handed_over_without_a_preview(started, by):
    newer = next_edition(started.edition, change=reworded)
    before = fresh(started).progress.percent
    actions.spread_minor(newer, by=by)
    run_due()
    moved = fresh(started)
    assert (moved.edition, moved.progress.percent) == (newer, before)
    assert actions.differences(moved) == []


def test_a_correction_that_counts_is_refused_with_the_list(started, by):
    newer = next_edition(started.edition, drop=[0], add=1)
    with pytest.raises(TransitionRefused) as refused:
        actions.spread_minor(newer, by=by)
    assert refused.value.sentences == [
        "Ce n’est pas une correction mineure\u00a0: voyez d’abord ce qui changerait pour chacun.",
        "L’étape «\u00a0Lire\u00a0» est retirée.",
        "L’étape «\u00a0Neuve\u00a0» est ajoutée.",
    ]


def test_a_minor_correction_leaves_those_for_whom_it_is_none(started, by):
    second = next_edition(started.edition, add=1)
    other = EnrolmentFactory(edition=second)
    third = next_edition(second, change=reworded)
    found = actions.spread_minor(third, by=by)
    run_due()
    found.refresh_from_db()
    assert (found.moved, found.total) == (1, 1)
    assert [fresh(one).edition for one in (started, other)] == [started.edition, third]


# --- Confirming -------------------------------------------------------------------------------------------------------


def test_an_old_preview_is_counted_again_before_anybody_is_moved(started, by):
    newer = next_edition(started.edition, drop=[0])
    found = actions.preview_spread(newer, by=by)
    with time_machine.travel(timezone.now() + timedelta(hours=25)), pytest.raises(TransitionRefused, match="plus d’un"):
        actions.confirm_spread(found, by=by)
    actions.preview_spread(newer, by=by)
    assert Spread.objects.count() == 1


def test_only_the_last_edition_is_handed_over(started, by):
    found = actions.preview_spread(next_edition(started.edition, drop=[0]), by=by)
    next_edition(started.edition)
    with pytest.raises(TransitionRefused, match="Une édition plus récente a été publiée"):
        actions.confirm_spread(found, by=by)


def test_confirming_twice_moves_once(started, by):
    found = actions.preview_spread(next_edition(started.edition, drop=[0]), by=by)
    actions.confirm_spread(found, by=by)
    with pytest.raises(TransitionRefused):
        actions.confirm_spread(found, by=by)
    run_due()
    assert EditionMove.objects.count() == 1


def test_what_one_did_in_an_etape_that_left_is_still_in_ones_export(started, by):
    spread(next_edition(started.edition, drop=[0]), by)
    assert "Lire" in str(export_person(started.person))
