from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from lms.kernel.lifecycle import TransitionRefused
from lms.kernel.models import Job, JournalEntry, OutgoingMail
from parcours.colleagues import actions
from parcours.colleagues.tasks import send_reminder
from parcours.learning import actions as learning
from tests.accounts.factories import PersonFactory
from tests.organisations.factories import OrganisationFactory
from tests.parcours.colleagues.factories import edition_open, referent_of
from tests.parcours.learning.factories import EnrolmentFactory

pytestmark = pytest.mark.django_db
MONDAY, SUNDAY = "2026-11-23T10:00Z", "2026-11-22T10:00Z"


@pytest.fixture
def enrolment():
    return EnrolmentFactory(edition=edition_open(), employer=OrganisationFactory(name="CCAS de Dol"))


@pytest.fixture
def nadia(enrolment):
    return referent_of(enrolment.employer)


def refusal(enrolment, by):
    with pytest.raises(TransitionRefused) as refused:
        actions.remind(enrolment, by=by)
    return str(refused.value)


def test_a_reminder_names_who_asks_what_is_left_and_how_to_stop(enrolment, nadia, run_jobs):
    with time_machine.travel(MONDAY, tick=False):
        actions.remind(enrolment, by=nadia)
        job = Job.objects.get(name="colleagues.send_reminder")
        send_reminder(*job.args)
        send_reminder(*job.args)
    mail = OutgoingMail.objects.get()
    for words in ("Nadia Vasseur, de CCAS de Dol", enrolment.edition.title, "30", enrolment.get_absolute_url()):
        assert words in mail.body
    assert mail.stop_url
    assert JournalEntry.objects.get(verb="colleagues.remind").by == nadia


def test_nobody_is_written_to_on_a_sunday_or_at_night_where_they_live(enrolment, nadia):
    enrolment.person.time_zone = "Indian/Mayotte"
    enrolment.person.save()
    with time_machine.travel(SUNDAY, tick=False):
        actions.remind(enrolment, by=nadia)
    due = Job.objects.get(name="colleagues.send_reminder").due_at
    assert due.isoformat() == "2026-11-23T05:00:00+00:00"


def test_a_person_is_reminded_once_a_week_whatever_the_parcours(enrolment, nadia):
    other = EnrolmentFactory(person=enrolment.person, edition=edition_open(), employer=enrolment.employer)
    with time_machine.travel(MONDAY, tick=False) as clock:
        actions.remind(enrolment, by=nadia)
        assert "Le prochain sera possible le 30/11/2026" in refusal(other, nadia)
        clock.shift(timedelta(days=7, seconds=1))
        actions.remind(other, by=nadia)
    assert Job.objects.filter(name="colleagues.send_reminder").count() == 2


def test_a_reminder_of_the_platform_counts_for_the_week_too(enrolment, nadia):
    enrolment.reminded_at = timezone.now() - timedelta(days=3)
    enrolment.save()
    assert "un rappel est déjà parti cette semaine" in refusal(enrolment, nadia)


def test_it_is_not_one_of_the_three_the_platform_sends(enrolment, nadia):
    actions.remind(enrolment, by=nadia)
    enrolment.refresh_from_db()
    assert (enrolment.reminders_sent, enrolment.reminded_at is None) == (0, False)


def test_whoever_stopped_reminders_receives_none(enrolment, nadia):
    learning.stop_reminders(enrolment, by=enrolment.person)
    enrolment.refresh_from_db()
    assert "ne reçoit plus de rappels" in refusal(enrolment, nadia)


def test_nothing_is_sent_about_what_is_over_or_without_an_address(enrolment, nadia):
    finished = EnrolmentFactory(completed=True)
    assert "il n’y a rien à rappeler" in refusal(finished, nadia)
    nowhere = EnrolmentFactory(person=PersonFactory(unknown_address=True))
    assert "aucune adresse" in refusal(nowhere, nadia)


@pytest.mark.parametrize("meanwhile", ["withdraw", "stop_reminders"])
def test_what_happens_before_the_message_leaves_is_seen(enrolment, nadia, meanwhile):
    actions.remind(enrolment, by=nadia)
    getattr(learning, meanwhile)(enrolment, by=enrolment.person)
    send_reminder(enrolment.pk, nadia.pk)
    assert not OutgoingMail.objects.exists()
