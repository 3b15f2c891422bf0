"""Presence in class enters the progress of a hybrid course, and leaves it when it is corrected."""

import random
import uuid
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lms.kernel.models import Job, Paper
from parcours.learning import actions
from parcours.learning.documents import attestation_content, distance_of
from parcours.learning.engine.fold import Fact, Rule, State, fold
from parcours.learning.engine.path import Step, walk
from parcours.learning.models import ActivityProgress, Enrolment, Progress, Trace
from parcours.learning.privacy import _traces_of
from tests.catalogue.factories import EditionFactory
from tests.parcours.learning.factories import EnrolmentFactory, activity, finish

pytestmark = pytest.mark.django_db
SEANCES = [
    {"id": str(uuid.uuid5(uuid.NAMESPACE_URL, title)), "title": title, "minutes": 210, "summary": ""}
    for title in ("Tenir son rôle", "Prendre en main")
]
FIRST, SECOND = (one["id"] for one in SEANCES)
NOON = datetime(2026, 11, 20, 11, 30, tzinfo=UTC)


def hybrid(**values):
    """A course of 30 minutes online and two half-days, for one person."""
    known = EditionFactory()
    content = known.content | {"seances": SEANCES, "minutes": 450}
    return EnrolmentFactory(edition=EditionFactory(parcours=known.parcours, content=content, minutes=450), **values)


def there(enrolment, seance=FIRST, minutes=210, key="half-day:1"):
    return actions.attend(enrolment, seance, minutes=minutes, key=key, at=NOON)


def progress_of(enrolment):
    return Progress.objects.get(pk=enrolment.pk)


def test_a_half_day_counts_beside_the_etapes_with_its_minutes():
    enrolment = hybrid()
    assert (progress_of(enrolment).total, progress_of(enrolment).minutes_total) == (5, 450)
    assert there(enrolment, minutes=195)
    progress = progress_of(enrolment)
    assert (progress.done, progress.live_done, progress.minutes_done) == (1, 1, 195)
    assert ActivityProgress.objects.get(enrolment=enrolment).done_at == NOON


def test_the_same_presence_said_twice_is_written_once():
    enrolment = hybrid()
    assert there(enrolment)
    assert not there(enrolment)
    assert Trace.objects.count() == 1


def test_a_presence_taken_back_and_given_again_leaves_three_traces():
    enrolment = hybrid()
    there(enrolment)
    assert actions.unattend(enrolment, FIRST, key="half-day:1")
    assert progress_of(enrolment).done == 0
    assert not actions.unattend(enrolment, FIRST, key="half-day:1")
    there(enrolment, minutes=180)
    assert progress_of(enrolment).minutes_done == 180
    assert list(Trace.objects.values_list("kind", flat=True)) == ["present", "absent", "present"]


def test_both_halves_complete_the_course_once_and_issue_its_attestation():
    enrolment = hybrid(completed=True)
    assert enrolment.state == Enrolment.State.ACTIVE
    there(enrolment)
    there(enrolment, SECOND, minutes=195, key="half-day:2")
    enrolment.refresh_from_db()
    assert enrolment.state == Enrolment.State.COMPLETED
    assert Job.objects.filter(name="learning.issue_attestation").count() == 1
    content = attestation_content(Enrolment.objects.for_attestation().get())
    said = content["proof"].replace("\u00a0", " ")
    assert content["proven_minutes"] == 30 + 210 + 195
    assert said.startswith("En direct, 6 h 45 : 2 demi-journées signées sur 2. À distance, 30 min : somme des durées")


def test_a_course_that_was_completed_opens_again_when_presence_is_corrected(run_jobs):
    enrolment = hybrid(completed=True)
    there(enrolment)
    there(enrolment, SECOND, key="half-day:2")
    run_jobs()
    first = Paper.objects.get()
    actions.unattend(enrolment, SECOND, key="half-day:2")
    enrolment.refresh_from_db()
    assert (enrolment.state, enrolment.completed_at) == (Enrolment.State.ACTIVE, None)
    run_jobs()
    first.refresh_from_db()
    assert first.is_revoked
    call_command("check_consistency")
    there(enrolment, SECOND, minutes=150, key="half-day:2")
    run_jobs()
    assert Paper.objects.exclude(pk=first.pk).get().content["proven_minutes"] == 30 + 210 + 150
    call_command("check_consistency")


def test_other_minutes_on_a_completed_course_issue_another_attestation(run_jobs):
    enrolment = hybrid(completed=True)
    there(enrolment)
    there(enrolment, SECOND, key="half-day:2")
    run_jobs()
    there(enrolment, SECOND, minutes=180, key="half-day:2")
    run_jobs()
    old, new = Paper.objects.order_by("pk")
    assert (old.is_revoked, new.is_revoked) == (True, False)
    assert new.content["proven_minutes"] == 30 + 210 + 180
    call_command("check_consistency")


def test_who_stopped_the_course_is_credited_with_nothing():
    enrolment = hybrid()
    actions.withdraw(enrolment, by=enrolment.person)
    assert not there(enrolment)
    assert not Trace.objects.exists()


def test_a_seance_that_the_edition_does_not_have_is_kept_as_a_fact_alone():
    enrolment = EnrolmentFactory()
    assert there(enrolment)
    assert progress_of(enrolment).total == 3
    assert actions.rebuild(enrolment) == []


moves = st.lists(
    st.tuples(st.sampled_from(["there", "there", "not", "finish"]), st.integers(0, 2), st.sampled_from([0, 150, 210])),
    max_size=15,
)


@given(moves)
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_progress_is_the_fold_of_traces_whatever_happened_in_class(sequence):
    enrolment = hybrid()
    for verb, rank, minutes in sequence:
        seance = SEANCES[rank % 2]["id"]
        if verb == "there":
            there(enrolment, seance, minutes=minutes, key=f"half-day:{rank}")
        elif verb == "not":
            actions.unattend(enrolment, seance, key=f"half-day:{rank}")
        else:
            with suppress(actions.Refused):
                finish(enrolment, activity(enrolment, rank))
    assert actions.rebuild(enrolment) == []
    enrolment = Enrolment.objects.get(pk=enrolment.pk)
    assert (progress_of(enrolment).percent == 100) == (enrolment.state == Enrolment.State.COMPLETED)


facts = st.lists(
    st.builds(
        Fact,
        st.sampled_from(["present", "absent", "opened"]),
        st.integers(0, 5).map(lambda n: NOON + timedelta(minutes=n)),
        minutes=st.sampled_from([None, 0, 180, 210]),
    ),
    max_size=8,
)


@given(facts, st.randoms())
def test_the_order_in_which_presence_arrives_changes_nothing(known, shuffle):
    other = known[:]
    shuffle.shuffle(other)
    assert fold(Rule("present"), known) == fold(Rule("present"), other)


def test_etapes_come_before_half_days_in_what_is_next():
    done = fold(Rule("read"), [Fact("read", NOON)])
    online, live = Step("etape", 10), Step("seance", 210, live=True)
    assert walk([online, live]).next_activity == "etape"
    assert walk([Step("etape", 10, done), live]).next_activity == "seance"
    assert (
        fold(Rule("present"), [Fact("present", NOON, minutes=210), Fact("absent", NOON + timedelta(1))]).state
        == State.TODO
    )


def test_another_edition_of_the_course_keeps_the_half_days_it_still_has(run_jobs):
    enrolment = hybrid(started=True)
    there(enrolment)
    there(enrolment, SECOND, minutes=180, key="half-day:2")
    old = enrolment.edition
    fewer = old.content | {"seances": SEANCES[:1]}
    new = EditionFactory(parcours=old.parcours, content=fewer, minutes=240)
    actions.confirm_spread(actions.preview_spread(new, by=enrolment.person), by=enrolment.person)
    run_jobs()
    enrolment = Enrolment.objects.get(pk=enrolment.pk)
    assert enrolment.edition == new
    assert (progress_of(enrolment).live_done, progress_of(enrolment).live_total) == (1, 1)
    assert actions.rebuild(enrolment) == []


def test_mon_espace_leads_to_a_session_when_the_etapes_are_done(client):
    enrolment = hybrid(completed=True)
    client.force_login(enrolment.person)
    page = client.get(reverse("learning:home")).content.decode()
    assert "Trouver une session" in page
    assert "Encore 2\u00a0demi-journées" in page
    course = client.get(enrolment.get_absolute_url()).content.decode()
    assert "session à trouver" in course
    assert client.get(reverse("learning:releve", args=[enrolment.pk])).status_code == 200


def test_presence_is_not_time_spent_at_a_distance_and_is_exported_in_words():
    enrolment = hybrid(started=True)
    there(enrolment)
    distance = distance_of([enrolment.pk])[enrolment.pk]
    assert (distance.planned_minutes, distance.done_minutes) == (30, 12)
    assert _traces_of(enrolment.person)[-1]["demi-journée"] == "Tenir son rôle"


def test_a_hundred_random_ways_never_pass_the_hours_declared():
    enrolment, draw = hybrid(), random.Random(4)
    for _ in range(20):
        there(enrolment, draw.choice((FIRST, SECOND)), minutes=draw.choice((0, 210, 240)), key="half-day:1")
    assert progress_of(enrolment).minutes_done <= 420
