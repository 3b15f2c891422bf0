"""What the trainer notes, what is locked, and what is corrected since: both versions stay."""

from datetime import timedelta

import pytest

from lms.kernel.lifecycle import TransitionRefused
from lms.kernel.models import JournalEntry
from parcours.classroom.lifecycle import RegistrationState
from parcours.classroom.models import Registration
from parcours.emargement import actions
from parcours.emargement.documents import attendance_rows, hours_of
from parcours.emargement.engine.credit import credited
from parcours.emargement.events import attendance_corrected, sheet_locked
from parcours.emargement.lifecycle import ATTENDANCES, SHEETS, AttendanceState, Excuse, Way
from parcours.emargement.models import Attendance, Correction, Sheet
from parcours.learning.models import Progress, Trace
from tests.parcours.adaptations.factories import MeasureFactory
from tests.parcours.emargement.factories import (
    after,
    during,
    hybrid_edition,
    lines,
    locked,
    session_with_sheets,
    sheet_of,
    sign,
    trainer_of,
)
from tests.parcours.learning.factories import activity, finish

pytestmark = pytest.mark.django_db
S = AttendanceState


def mark(line, state=S.PRESENT, *, by=None, **values):
    return actions.mark(line, actions.Mark(state, **values), by=by or trainer_of(line.sheet.session))


def correct(line, state=S.PRESENT, *, by=None, **values):
    line = Attendance.objects.for_signing().get(pk=line.pk)
    return actions.correct(line, actions.Mark(state, **values), by=by or trainer_of(line.sheet.session))


def refused(act, *args, **values):
    with pytest.raises(TransitionRefused) as caught:
        act(*args, **values)
    return str(caught.value).replace("\u00a0", " ")


# --- Minutes ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("missing", "minutes"),
    [(0, 210), (15, 210), (16, 195), (20, 195), (30, 195), (31, 180), (60, 165), (209, 15), (210, 15), (240, 0)],
)
def test_minutes_are_those_of_the_half_day_less_what_is_missed_beyond_a_quarter(missing, minutes):
    assert credited(210, missing, 15) == minutes


def test_a_half_day_that_is_no_whole_number_of_quarters_is_credited_whole():
    assert (credited(200, 10, 15), credited(200, 20, 15)) == (200, 195)


# --- Before it is locked ------------------------------------------------------------------------------------------


def test_who_comes_late_and_leaves_early_is_noted_with_the_hours(session):
    line = lines(session)[0]
    with during(session):
        sign(line)
    half_day = session.half_days.first()
    late, early = half_day.starts_at + timedelta(minutes=20), half_day.ends_at - timedelta(minutes=10)
    one = mark(line, arrived_at=late, left_at=early)
    assert one.missing_minutes == 30
    assert one.state_words.replace("\u00a0", " ") == "présence signée, arrivée à 9 h 20, départ à 12 h 20"


def test_hours_out_of_the_half_day_or_crossed_are_refused(session):
    line, half_day = lines(session)[0], session.half_days.first()
    with during(session):
        sign(line)
    begin, end = half_day.starts_at, half_day.ends_at
    assert "n’est pas dans la demi-journée" in refused(mark, line, arrived_at=begin - timedelta(minutes=1))
    assert "précède l’arrivée" in refused(mark, line, arrived_at=end, left_at=begin + timedelta(minutes=5))


def test_presence_is_never_noted_without_a_signature():
    line = lines(session_with_sheets())[0]
    assert "n’a pas signé" in refused(mark, line)


def test_an_excuse_is_one_of_a_short_list():
    line = lines(session_with_sheets())[0]
    assert "Dites le motif" in refused(mark, line, S.EXCUSED, excuse="voyage")
    one = mark(line, S.EXCUSED, excuse=Excuse.ILLNESS)
    assert one.state_words.replace("\u00a0", " ") == "absence excusée : maladie ou accident"


def test_a_signature_is_set_aside_with_a_reason_and_stays(session):
    line = lines(session)[0]
    with during(session):
        sign(line)
    line = lines(session)[0]
    assert "dites pourquoi" in refused(mark, line, S.ABSENT)
    one = mark(line, S.ABSENT, reason="A signé depuis chez elle")
    assert (one.state, one.set_aside) == (S.ABSENT, "A signé depuis chez elle")
    assert line.signature is not None
    assert mark(lines(session)[0]).set_aside == ""


def test_who_was_noted_absent_and_arrives_signs_until_the_sheet_is_locked(session):
    line = lines(session)[0]
    mark(line, S.ABSENT)
    with during(session):
        assert sign(line).attendance.state == S.PRESENT


def test_the_rest_is_noted_absent_at_once():
    session = session_with_sheets(people=3)
    with during(session):
        sign(lines(session)[0])
    assert actions.mark_rest_absent(sheet_of(session), by=trainer_of(session)) == 2
    assert [line.state for line in lines(session)] == [S.PRESENT, S.ABSENT, S.ABSENT]


# --- Locking ------------------------------------------------------------------------------------------------------


def test_a_sheet_is_locked_once_everybody_is_told_and_the_half_day_is_over(session):
    trainer = trainer_of(session)
    with during(session):
        assert "n’est pas finie" in refused(actions.lock, sheet_of(session), by=trainer)
    with after(session):
        assert "2 personnes n’ont ni signé" in refused(actions.lock, sheet_of(session), by=trainer)


def test_locking_countersigns_counts_the_minutes_and_announces_it(run_jobs):
    heard = []
    sheet_locked.connect(lambda sheet, **kwargs: heard.append(sheet), weak=False, dispatch_uid="t")
    session = session_with_sheets(days=-1)
    trainer = trainer_of(session)
    sheet = locked(session, absent=[lines(session)[1].registration], by=trainer)
    sheet_locked.disconnect(dispatch_uid="t")
    assert heard == [sheet]
    assert (sheet.locked_by, len(sheet.countersign_sha256)) == (trainer, 64)
    assert [line.minutes for line in lines(session)] == [210, 0]
    run_jobs()
    assert list(Trace.objects.values_list("kind", "minutes")) == [("present", 210)]
    assert Progress.objects.filter(live_done=1).count() == 1


def test_a_measure_of_adaptation_served_whoever_was_there(run_jobs):
    session = session_with_sheets(days=-1)
    there, absent = (line.registration.person for line in lines(session))
    measures = [MeasureFactory(request__person=one, request__occasions=["sessions"]) for one in (there, absent)]
    locked(session, absent=[lines(session)[1].registration])
    run_jobs()
    for measure in measures:
        measure.request.refresh_from_db()
    assert [bool(one.request.last_used_on) for one in measures] == [True, False]


def test_a_sheet_is_locked_once(session):
    sheet = locked(session)
    assert "verrouillée" in refused(actions.lock, sheet, by=trainer_of(session))


def test_after_locking_nothing_is_noted_without_a_reason(session):
    locked(session)
    line = lines(session)[0]
    assert "verrouillée" in refused(mark, line, S.ABSENT, reason="x")
    assert "porte son motif" in refused(correct, line, S.ABSENT)
    assert "Rien ne change" in refused(correct, line, reason="Relecture")
    for act in (actions.open_now, actions.close_now):
        refused(act, sheet_of(session), by=trainer_of(session))
    assert "verrouillée" in refused(actions.choose_way, sheet_of(session), Way.PAPER, by=trainer_of(session))


# --- Corrections --------------------------------------------------------------------------------------------------


def test_a_correction_keeps_both_versions_and_is_journaled(run_jobs):
    heard = []
    attendance_corrected.connect(lambda attendance, **kw: heard.append(attendance), weak=False, dispatch_uid="t")
    session = session_with_sheets(days=-1)
    locked(session)
    trainer, line = trainer_of(session), lines(session)[0]
    run_jobs()
    arrived_at = session.half_days.first().starts_at + timedelta(minutes=35)
    one = correct(line, arrived_at=arrived_at, reason="Retard signalé par le groupe", by=trainer)
    attendance_corrected.disconnect(dispatch_uid="t")
    assert (one.minutes, heard) == (180, [one])
    kept = Correction.objects.get()
    assert (kept.before["minutes"], kept.after["minutes"], kept.by) == (210, 180, trainer)
    assert JournalEntry.objects.filter(verb="emargement.correct_present", by=trainer).exists()
    run_jobs()
    progress = Progress.objects.get(pk=line.registration.enrolment_id)
    assert progress.minutes_done == 180


def test_an_absence_corrected_into_presence_is_signed_for_with_its_reason(run_jobs):
    session = session_with_sheets(days=-1)
    absent = lines(session)[0].registration
    locked(session, absent=[absent])
    one = correct(lines(session)[0], reason="Feuille papier retrouvée")
    assert (one.state, one.minutes) == (S.PRESENT, 210)
    signature = Attendance.objects.get(pk=one.pk).signature
    assert (signature.way, signature.is_late, signature.reason) == (Way.CORRECTION, True, "Feuille papier retrouvée")
    run_jobs()
    assert Progress.objects.filter(live_done=1).count() == 2


def test_a_presence_corrected_into_absence_leaves_progress(run_jobs):
    session = session_with_sheets(days=-1)
    locked(session)
    run_jobs()
    correct(lines(session)[0], S.ABSENT, reason="Erreur de personne")
    run_jobs()
    assert Progress.objects.filter(live_done=1).count() == 1
    assert list(Trace.objects.order_by("pk").values_list("kind", flat=True)) == ["present", "present", "absent"]


def test_a_sheet_that_is_not_locked_is_not_corrected():
    line = lines(session_with_sheets())[0]
    assert "n’est pas verrouillée" in refused(correct, line, S.ABSENT, reason="Trop tôt")


# --- Hours --------------------------------------------------------------------------------------------------------


def test_hours_are_those_of_locked_half_days_and_finished_etapes(django_assert_max_num_queries):
    session = session_with_sheets(people=3)
    registration = lines(session)[0].registration
    finish(registration.enrolment, activity(registration.enrolment, 0))
    locked(session)
    with during(session, 1):
        sign(lines(session, 1)[0])
    with django_assert_max_num_queries(9):
        found = hours_of(session.registrations.all())
    hours = found[registration.pk]
    assert (hours.planned_minutes, hours.signed_minutes, hours.distance_minutes, hours.total_minutes) == (
        450,
        210,
        12,
        222,
    )
    assert [label for _, label, _ in hours.half_days] == [
        "présence signée",
        "présence signée (feuille non verrouillée)",
    ]
    assert hours.all_locked is False


def test_a_session_of_10_h_30_gives_10_h_30_7_h_or_3_h_30():
    online = {"title": "La partie en ligne", "minutes": 210, "rule": {"kind": "read"}}
    session = session_with_sheets(people=3, days=-1, edition=hybrid_edition(activities=[online]))
    whole, half, none = (line.registration for line in lines(session))
    for registration in (whole, half, none):
        finish(registration.enrolment, activity(registration.enrolment, 0))
    locked(session, 0, absent=[none])
    locked(session, 1, absent=[half, none])
    found = hours_of(session.registrations.all())
    assert [found[one.pk].total_minutes for one in (whole, half, none)] == [630, 420, 210]
    assert {one.planned_minutes for one in found.values()} == {630}


def test_who_left_between_two_half_days_has_the_hours_of_the_first_and_nothing_left_to_lock():
    session = session_with_sheets(people=2, days=-1)
    locked(session)
    left = lines(session)[0].registration
    Registration.objects.filter(pk=left.pk).update(state=RegistrationState.WITHDRAWN)
    actions.refresh(session)
    locked(session, 1)
    hours = hours_of([left])[left.pk]
    assert (hours.signed_minutes, hours.all_locked) == (210, True)
    assert [label for _, label, _ in hours.half_days] == ["présence signée", "hors de la feuille"]


def test_the_rows_of_the_register_cost_the_same_for_two_people_or_twelve(django_assert_num_queries):
    few, many = session_with_sheets(people=2), session_with_sheets(people=12)
    locked(few), locked(many)
    with django_assert_num_queries(5):
        attendance_rows(few)
    with django_assert_num_queries(5):
        rows = attendance_rows(many)
    assert [len(one.lines) for one in rows] == [12, 12]
    assert rows[0].locked_by


# --- Tables -------------------------------------------------------------------------------------------------------

OPEN_TO = {
    "sign": {S.EXPECTED, S.ABSENT, S.EXCUSED},
    "mark_present": set(S),
    "mark_absent": set(S),
    "mark_excused": set(S),
    "mark_expected": {S.ABSENT, S.EXCUSED},
    "correct_present": set(S),
    "correct_absent": set(S),
    "correct_excused": set(S),
}


@pytest.mark.parametrize("is_locked", [True, False])
@pytest.mark.parametrize("move", list(ATTENDANCES.transitions))
@pytest.mark.parametrize("state", S.values)
def test_only_the_moves_of_the_table_are_open(state, move, is_locked):
    line = Attendance(state=state, sheet=Sheet(state=Sheet.State.LOCKED if is_locked else Sheet.State.RUNNING))
    line.__dict__["_state"].fields_cache["signature"] = object()
    allowed = state in OPEN_TO[move] and move.startswith("correct") == is_locked
    assert (ATTENDANCES.refusals(line, move) == []) == allowed


@pytest.mark.parametrize("state", Sheet.State.values)
def test_only_a_running_sheet_is_locked(state, session):
    sheet = sheet_of(session)
    actions.mark_rest_absent(sheet, by=trainer_of(session))
    with after(session):
        if state == Sheet.State.LOCKED:
            sheet = actions.lock(sheet, by=trainer_of(session))
        assert (SHEETS.refusals(sheet, "lock") == []) == (state == Sheet.State.RUNNING)
