"""Weekly reminders from the clock to the mail, at controlled times."""

import re
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.urls import reverse

from lms.accounts.actions import close_account, erase_account
from lms.accounts.models import FrenchZone
from lms.kernel.jobs import post_ticks, run_due
from lms.kernel.jobs.clock import CLOCKS
from lms.kernel.models import Job, JournalEntry, OutgoingMail
from lms.kernel.quiet import next_quiet_end
from parcours.learning import actions
from parcours.learning.models import Enrolment
from tests.accounts.factories import PersonFactory
from tests.catalogue.factories import EditionFactory
from tests.parcours.learning.factories import EnrolmentFactory, activity, finish
from tests.parcours.learning.views.sending import plain

pytestmark = pytest.mark.django_db

MONDAY = datetime(2026, 11, 2, 9, tzinfo=ZoneInfo("Europe/Paris"))


@pytest.fixture(autouse=True)
def _one_clock(monkeypatch):
    """Months pass here, hour by hour: the clocks of the other rooms, tested there, stand still."""
    for name in CLOCKS.keys() - {"learning.remind"}:
        monkeypatch.delitem(CLOCKS, name)


def enrolled(at=MONDAY, zone="Europe/Paris", **values):
    """Somebody who began then, did one étape and stopped; the mail of the enrolment has left."""
    with time_machine.travel(at, tick=False):
        values.setdefault("person", PersonFactory(time_zone=zone))
        enrolment = EnrolmentFactory(started=True, **values)
        post_ticks()
    with time_machine.travel(at + timedelta(days=4), tick=False):
        run_due()
    OutgoingMail.objects.all().delete()
    return enrolment


def live(since, until, every=timedelta(hours=6)):
    """The relay at work: ticks posted and jobs run, hour after hour."""
    at = since
    while at <= until:
        with time_machine.travel(at, tick=False):
            post_ticks()
            run_due()
        at += every


def reminders():
    return OutgoingMail.objects.filter(subject__startswith="Il vous reste").order_by("pk")


def test_a_week_of_silence_is_followed_by_a_reminder_then_two_then_nothing():
    enrolment = enrolled()
    live(MONDAY, MONDAY + timedelta(days=6, hours=20))
    assert not reminders().exists()
    live(MONDAY + timedelta(days=6, hours=21), MONDAY + timedelta(days=60))
    assert reminders().count() == 3
    sent = [mail.sent_at.date() for mail in reminders()]
    assert all((after - before).days >= 7 for before, after in pairwise(sent))
    enrolment.refresh_from_db()
    assert enrolment.reminders_sent == 3


def test_it_says_what_is_left_what_comes_first_and_how_to_stop(mailoutbox):
    enrolment = enrolled()
    live(MONDAY, MONDAY + timedelta(days=8))
    [mail] = reminders()
    [message] = [one for one in mailoutbox if one.subject == mail.subject]
    body = plain(message.body)
    assert plain(mail.subject) == f"Il vous reste 2 étapes (18 min) de « {enrolment.edition.title} »"
    assert "La prochaine : Décider (10 min)" in body
    assert reverse("learning:activity", args=[enrolment.pk, activity(enrolment, 1).slug]) in body
    assert message.message()["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert re.search(r"/rappels/arret/[\w-]{43}/", body)


def test_the_last_one_says_that_it_is_the_last(mailoutbox):
    enrolled()
    live(MONDAY, MONDAY + timedelta(days=40))
    bodies = [plain(message.body) for message in mailoutbox if message.subject.startswith("Il vous reste")]
    assert ["dernier rappel" in body for body in bodies] == [False, False, True]


@pytest.mark.parametrize("clock", [(2, 23, 59), (6, 18, 59)], ids=["23:59", "a friday evening"])
def test_wherever_one_lives_it_comes_in_working_hours(clock):
    day, hour, minute = clock
    began = {str(zone): datetime(2026, 11, day, hour, minute, tzinfo=ZoneInfo(zone)) for zone in FrenchZone}
    people = {zone: enrolled(at, zone).person for zone, at in began.items()}
    live(min(began.values()), max(began.values()) + timedelta(days=12), every=timedelta(minutes=97))
    for zone, person in people.items():
        mail = reminders().get(to=person.email)
        assert next_quiet_end(mail.sent_at, zone) == mail.sent_at
        assert (mail.sent_at.astimezone(ZoneInfo(zone)).date() - began[zone].date()).days >= 7


@pytest.mark.parametrize(
    ("zone", "began"),
    [
        ("Europe/Paris", datetime(2026, 10, 19, 9, tzinfo=ZoneInfo("Europe/Paris"))),
        ("Europe/Paris", datetime(2027, 3, 22, 9, tzinfo=ZoneInfo("Europe/Paris"))),
        ("America/Miquelon", datetime(2026, 10, 26, 9, tzinfo=ZoneInfo("America/Miquelon"))),
    ],
)
def test_a_change_of_hour_loses_and_doubles_nothing(zone, began):
    enrolled(began, zone)
    live(began, began + timedelta(days=30), every=timedelta(hours=1))
    assert reminders().count() == 3
    assert all(next_quiet_end(mail.sent_at, zone) == mail.sent_at for mail in reminders())


def test_nights_that_were_missed_are_caught_up_and_never_doubled():
    enrolled()
    live(MONDAY, MONDAY + timedelta(days=1))
    back = MONDAY + timedelta(days=16)
    with time_machine.travel(back, tick=False):
        post_ticks()
        run_due()
        post_ticks()
        run_due()
    assert reminders().count() == 1


def test_a_job_that_comes_late_writes_at_the_next_fit_hour():
    enrolled()
    live(MONDAY, MONDAY + timedelta(days=6, hours=21), every=timedelta(hours=3))
    assert Job.objects.filter(name="learning.send_reminder", state="ready").exists()
    night = datetime(2026, 11, 10, 2, tzinfo=ZoneInfo("Europe/Paris"))
    with time_machine.travel(night, tick=False):
        run_due()
        [mail] = reminders()
        assert mail.sent_at is None
    with time_machine.travel(night.replace(hour=8), tick=False):
        run_due()
    mail.refresh_from_db()
    assert mail.sent_at


def test_who_came_back_meanwhile_is_left_in_peace():
    enrolment = enrolled()
    live(MONDAY, MONDAY + timedelta(days=6))
    with time_machine.travel(MONDAY + timedelta(days=6, hours=21), tick=False):
        post_ticks()
        finish(enrolment, activity(enrolment, 1))
    live(MONDAY + timedelta(days=6, hours=22), MONDAY + timedelta(days=9))
    assert not reminders().exists()


def test_a_moment_that_was_chosen_is_when_it_comes():
    enrolment = enrolled()
    actions.choose_moment(enrolment.person, weekday=3, starts_at=datetime(2026, 1, 1, 14, 30).time(), minutes=20)
    live(MONDAY, MONDAY + timedelta(days=12), every=timedelta(minutes=30))
    [mail] = reminders()
    local = mail.sent_at.astimezone(ZoneInfo("Europe/Paris"))
    assert (local.isoweekday(), local.hour, local.minute) == (4, 14, 30)


def test_several_courses_bring_one_reminder_a_week():
    person = PersonFactory()
    for _ in range(3):
        enrolled(person=person)
    live(MONDAY, MONDAY + timedelta(days=13))
    assert reminders().count() == 1


@pytest.mark.parametrize("end", ["stopped", "withdrawn", "closed", "erased", "finished", "no address"])
def test_nothing_is_sent_to_whom_nothing_must_be_said(end):
    enrolment = enrolled()
    person = enrolment.person
    with time_machine.travel(MONDAY + timedelta(hours=1), tick=False):
        if end == "stopped":
            actions.stop_reminders(enrolment, by=person)
        elif end == "withdrawn":
            actions.withdraw(enrolment, by=person)
        elif end == "closed":
            close_account(person, by=person)
        elif end == "erased":
            erase_account(person, by=person)
        elif end == "finished":
            for one in enrolment.edition.outline[1:]:
                finish(enrolment, enrolment.edition.activity(one.slug))
        else:
            person.email = None
            person.save()
        Job.objects.exclude(name="learning.remind").delete()
    live(MONDAY, MONDAY + timedelta(days=20))
    assert not reminders().exists()


def test_a_course_without_anything_online_reminds_of_nothing():
    with time_machine.travel(MONDAY, tick=False):
        EnrolmentFactory(edition=EditionFactory(activities=[]))
    live(MONDAY, MONDAY + timedelta(days=9))
    assert not reminders().exists()
    assert not Job.objects.filter(name="learning.send_reminder").exists()


def test_reminders_that_were_resumed_begin_again_where_they_stopped():
    enrolment = enrolled()
    actions.stop_reminders(enrolment, by=enrolment.person)
    actions.resume_reminders(enrolment, by=enrolment.person)
    live(MONDAY, MONDAY + timedelta(days=9))
    assert reminders().count() == 1


def test_an_erased_account_keeps_no_moment_and_no_reminder():
    enrolment = enrolled()
    actions.choose_moment(enrolment.person, weekday=0, starts_at=datetime(2026, 1, 1, 9).time(), minutes=20)
    erase_account(enrolment.person, by=None)
    assert not enrolment.person.moments.exists()
    assert Enrolment.objects.get(pk=enrolment.pk).reminders_stopped_at


def test_the_journal_says_who_stopped_them():
    enrolment = enrolled()
    for _ in range(2):
        actions.stop_reminders(enrolment, by=enrolment.person)
    assert JournalEntry.objects.get(verb="learning.stop_reminders").by == enrolment.person


def test_the_clock_costs_the_same_whoever_has_nothing_to_be_reminded_of(django_assert_max_num_queries):
    from parcours.learning.tasks.reminders import remind

    for _ in range(8):
        EnrolmentFactory(completed=True)
    with time_machine.travel(datetime.now(UTC) + timedelta(days=9)), django_assert_max_num_queries(2):
        remind("2026-11-30")
