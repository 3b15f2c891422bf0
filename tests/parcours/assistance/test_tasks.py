import datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine

from lms.kernel.models import Job, OutgoingMail
from lms.organisations.models import Role
from parcours.assistance import actions
from tests.accounts.factories import PersonFactory
from tests.parcours.assistance.factories import (
    answer,
    ask,
    edition_of,
    follower,
    number,
    responsible,
    share,
    trainer_of,
)
from tests.parcours.learning.factories import EnrolmentFactory

pytestmark = pytest.mark.django_db
PARIS = ZoneInfo("Europe/Paris")
MORNING = datetime.datetime(2026, 11, 23, 9, tzinfo=PARIS)
SECRET = "Une dame nommée Zoé Xylophone"


@pytest.fixture
def clock():
    with time_machine.travel(MORNING, tick=False) as clock:
        yield clock


def told(subject):
    return OutgoingMail.objects.filter(subject__startswith=subject)


def test_the_trainers_of_the_organisme_are_told_that_a_question_waits(clock, run_jobs, mailoutbox):
    organisation = responsible()
    trainer, manager = trainer_of(organisation), trainer_of(organisation, Role.TRAINING_MANAGER)
    trainer_of(organisation, Role.REVIEWER)
    trainer_of(responsible(name="Ailleurs"))
    thread = ask(edition_of(organisation), text=SECRET)
    run_jobs()
    assert {mail.to[0] for mail in mailoutbox} == {trainer.email, manager.email}
    body = mailoutbox[0].body
    assert thread.answering_url in body
    assert "au plus tard\u00a0: mercredi 25" in body
    assert "Vous recevez ce message parce que vous répondez aux apprenants de Formation Armor." in body


def test_no_word_of_the_exchange_leaves_by_mail(clock, run_jobs, mailoutbox):
    organisation = responsible()
    trainer, edition = trainer_of(organisation), edition_of(organisation)
    follower(edition)
    thread = answer(ask(edition, text=SECRET), trainer, text=SECRET)
    share(thread, trainer, question=SECRET, answer_text=SECRET)
    run_jobs()
    sent = [mail for mail in mailoutbox if "inscription" not in mail.subject]
    assert len(sent) == 2  # answered before the trainers were told
    for mail in sent:
        assert "Zoé" not in mail.subject + mail.body
        assert thread.person.last_name not in mail.subject + mail.body


def test_who_follows_a_question_is_told_alone(clock, run_jobs, mailoutbox):
    organisation = responsible()
    first, _ = trainer_of(organisation), trainer_of(organisation)
    thread = ask(edition_of(organisation))
    actions.assign(thread, to=first, by=first)
    run_jobs()
    assert [mail.to for mail in mailoutbox] == [[first.email]]


def test_who_followed_a_question_and_left_is_replaced_by_the_team(clock, run_jobs, mailoutbox):
    organisation = responsible()
    gone, there = trainer_of(organisation), trainer_of(organisation)
    thread = ask(edition_of(organisation))
    actions.assign(thread, to=gone, by=gone)
    gone.memberships.update(ends_on="2026-01-02")
    run_jobs()
    assert [mail.to for mail in mailoutbox] == [[there.email]]


def test_nobody_is_told_of_a_question_answered_meanwhile(clock, run_jobs):
    answer(ask())
    run_jobs()
    assert not told("Une question attend").exists()


def test_a_trainer_reads_at_fit_hours_where_they_are(run_jobs):
    organisation = responsible()
    near, far = trainer_of(organisation), trainer_of(organisation, time_zone="America/Martinique")
    with time_machine.travel(MORNING, tick=False):
        ask(edition_of(organisation))
        run_jobs()
    due = {
        OutgoingMail.objects.get(pk=job.args[0]).to: job.due_at for job in Job.objects.filter(name="kernel.send_mail")
    }
    assert due[near.email] == MORNING
    assert due[far.email] == datetime.datetime(2026, 11, 23, 8, tzinfo=ZoneInfo("America/Martinique"))


def test_who_asked_is_told_that_the_answer_is_there_at_a_fit_hour(run_jobs, mailoutbox):
    person = PersonFactory(time_zone="Indian/Mayotte")
    with time_machine.travel(datetime.datetime(2026, 11, 23, 18, tzinfo=PARIS), tick=False) as clock:
        thread = answer(ask(person=person))
        run_jobs()
        assert told("Votre question a reçu une réponse").get().to == person.email
        assert mailoutbox == []
        clock.move_to(datetime.datetime(2026, 11, 24, 8, tzinfo=ZoneInfo("Indian/Mayotte")))
        run_jobs()
    assert thread.get_absolute_url() in mailoutbox[0].body


@pytest.mark.parametrize("values", [{"email": None}, {"is_active": False}])
def test_nobody_is_written_to_who_cannot_read(clock, run_jobs, values):
    person = PersonFactory(**values)
    answer(ask(person=person))
    run_jobs()
    assert not told("Votre question").exists()


def test_all_who_follow_the_parcours_are_told_of_a_shared_answer_once(clock, run_jobs, monkeypatch, mailoutbox):
    monkeypatch.setattr("parcours.learning.tasks.shared_answers.BATCH", 2)
    edition = edition_of()
    people = [follower(edition) for _ in range(5)]
    stopped, left, asker = (EnrolmentFactory(edition=edition) for _ in range(3))
    type(stopped).objects.filter(pk=stopped.pk).update(reminders_stopped_at=MORNING)
    type(left).objects.filter(pk=left.pk).update(state="withdrawn")
    EnrolmentFactory()
    thread = ask(edition, asker.person, rank=1)
    share(thread)
    run_jobs()
    run_jobs()
    assert sorted(told("Une réponse utile").values_list("to", flat=True)) == sorted(one.email for one in people)
    body = next(mail for mail in mailoutbox if mail.to == [people[0].email] and "utile" in mail.subject).body
    assert f"/{edition.outline[1].slug}/#assistance" in body
    assert "étape « Décider »".replace(" ", "\u00a0").replace("étape\u00a0", "étape ") in body


def test_an_answer_withdrawn_before_the_notices_is_not_announced(clock, run_jobs):
    edition = edition_of()
    follower(edition)
    thread = ask(edition)
    shared = share(thread)
    actions.withdraw(shared, by=shared.by)
    run_jobs()
    assert not told("Une réponse utile").exists()


def test_a_notice_is_not_sent_twice_when_a_job_runs_again(clock, run_jobs):
    thread = ask()
    trainer_of(thread.organisation)
    run_jobs()
    Job.objects.filter(name="assistance.tell_trainers").update(state="ready")
    run_jobs()
    assert told("Une question attend").count() == 1
    assert number() != number()
