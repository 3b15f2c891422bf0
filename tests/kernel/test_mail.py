import datetime
from smtplib import SMTPRecipientsRefused
from urllib.parse import urlsplit

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.core.mail import BadHeaderError
from django.db import transaction
from django.utils import timezone

from lms.kernel import mail
from lms.kernel.jobs import run_due
from lms.kernel.mail import post_mail, post_mails
from lms.kernel.models import Job, JobState, MailState, OutgoingMail
from lms.kernel.quiet import next_quiet_end
from tests.kernel.smtp import mail_server

pytestmark = pytest.mark.django_db

REASON = "Vous recevez ce message parce que vous suivez un parcours."


class Killed(BaseException):
    """What no `except Exception` catches, as when a process is killed."""


def letter(**changes):
    return post_mail(**{"to": "zoe@example.org", "subject": "Étape", "body": "Bonjour.\n", "reason": REASON} | changes)


@pytest.fixture
def server(settings):
    with mail_server() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.server_address
        settings.EMAIL_TIMEOUT = 5
        yield server


def test_a_message_leaves_with_its_own_message_id_and_says_why_it_is_received(mailoutbox, settings):
    row = letter()
    assert mailoutbox == []
    run_due()
    [message] = mailoutbox
    assert (message.to, message.subject) == (["zoe@example.org"], "Étape")
    assert message.message()["Message-ID"] == row.message_id
    assert row.message_id.endswith(f"@{urlsplit(settings.BASE_URL).hostname}>")
    assert message.message()["Auto-Submitted"] == "auto-generated"
    assert message.body == f"Bonjour.\n\n-- \n{REASON}\n{settings.SITE_NAME} – {settings.BASE_URL}\n"


def test_a_rich_text_goes_beside_the_plain_one(mailoutbox):
    letter(html="<p>Bonjour.</p>")
    run_due()
    assert [(part.content, part.mimetype) for part in mailoutbox[0].alternatives] == [("<p>Bonjour.</p>", "text/html")]


def test_the_text_is_erased_once_the_message_is_accepted(mailoutbox):
    row = letter(html="<p>Bonjour.</p>")
    run_due()
    row.refresh_from_db()
    assert (row.state, row.body, row.html) == (MailState.SENT, "", "")
    assert row.sent_at


def test_a_key_sends_one_message_only(mailoutbox):
    assert letter(key="welcome:1") == letter(key="welcome:1", body="Encore.")
    run_due()
    assert [message.body[:8] for message in mailoutbox] == ["Bonjour."]
    letter(key="welcome:1")
    run_due()
    assert len(mailoutbox) == 1


def test_a_message_put_off_leaves_at_its_hour(mailoutbox):
    with time_machine.travel("2026-11-21T10:00Z", tick=False) as clock:
        letter(due_at=next_quiet_end(timezone.now(), "Europe/Paris"))
        run_due()
        assert mailoutbox == []
        clock.move_to("2026-11-23T07:00Z")
        run_due()
    assert len(mailoutbox) == 1


def test_a_message_of_a_transaction_rolled_back_is_not_sent(mailoutbox):
    with transaction.atomic():
        letter()
        transaction.set_rollback(True)
    run_due()
    assert mailoutbox == []


@pytest.mark.parametrize("character", ["\n", "\r", "\r\n", "\v", "\u2028", "\x85"])
def test_a_subject_of_several_lines_is_refused(character):
    with pytest.raises(BadHeaderError):
        letter(subject=f"Étape{character}Bcc: autre@example.org")
    assert not OutgoingMail.objects.exists()


@pytest.mark.parametrize("to", ["", "zoe", "zoe@example.org\nBcc: autre@example.org", "a@example.org, b@example.org"])
def test_what_is_not_one_address_is_refused(to):
    with pytest.raises(ValidationError):
        letter(to=to)


def test_a_refused_message_keeps_its_text_and_is_tried_again(server):
    server.refusing = True
    row = letter()
    run_due()
    row.refresh_from_db()
    assert (row.state, row.body) == (MailState.WAITING, "Bonjour.\n")
    server.refusing = False
    with time_machine.travel(timezone.now() + datetime.timedelta(seconds=3)):
        run_due()
    assert [message["Message-ID"] for message in server.messages] == [row.message_id]


def test_a_silent_mail_server_is_tried_for_hours_before_the_message_is_given_up(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    letter()
    start = timezone.now()
    with time_machine.travel(start, tick=False) as clock:
        while Job.objects.get().state == JobState.READY:
            clock.move_to(max(start, Job.objects.get().due_at))
            run_due()
        assert timezone.now() - start > datetime.timedelta(hours=4)
    assert OutgoingMail.objects.get().state == MailState.WAITING


def test_a_kill_between_acceptance_and_mark_sends_the_same_message_id_again(server, monkeypatch):
    """A kill leaves no trace but the expired lease: the row still says running, the mark is missing."""
    row = letter()

    def killed(mail):
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(mail, "mark_sent", killed)
        with pytest.raises(Killed):
            run_due()
    assert Job.objects.get().state == JobState.RUNNING
    with time_machine.travel(timezone.now() + datetime.timedelta(seconds=61)):
        assert run_due() == 1
    row.refresh_from_db()
    assert row.state == MailState.SENT
    assert [message["Message-ID"] for message in server.messages] == [row.message_id] * 2
    assert server.messages[0].get_content() == server.messages[1].get_content()


def test_a_message_already_marked_is_not_sent_again(mailoutbox):
    row = letter()
    run_due()
    Job.objects.update(state=JobState.READY)
    run_due()
    assert len(mailoutbox) == 1
    assert row.message_id == mailoutbox[0].extra_headers["Message-ID"]


def test_a_message_that_may_be_stopped_says_how_to_people_and_to_programs(mailoutbox):
    row = letter(stop_url="https://exemple.test/rappels/arret/jeton/")
    run_due()
    [message] = mailoutbox
    assert "Ne plus recevoir ces messages : https://exemple.test/rappels/arret/jeton/\n" in message.body
    built = message.message()
    assert built["List-Unsubscribe"] == "<https://exemple.test/rappels/arret/jeton/>"
    assert built["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    row.refresh_from_db()
    assert row.stop_url == ""


def test_a_message_that_cannot_be_stopped_offers_nothing(mailoutbox):
    letter()
    run_due()
    assert mailoutbox[0].message()["List-Unsubscribe"] is None


def letters(count):
    return [
        {
            "to": f"zoe{rank}@example.org",
            "subject": "Bonjour",
            "body": "Lisez.",
            "reason": "Pour rien.",
            "key": f"l:{rank}",
        }
        for rank in range(count)
    ]


def test_many_messages_leave_by_fifties_each_once_and_each_its_own(mailoutbox):
    post_mails(letters(60))
    post_mails(letters(60))
    assert Job.objects.filter(name="kernel.send_mails").count() == 2
    run_due()
    assert sorted(one.to[0] for one in mailoutbox) == sorted(one["to"] for one in letters(60))
    assert len({one.extra_headers["Message-ID"] for one in mailoutbox}) == 60
    assert not OutgoingMail.objects.exclude(state=MailState.SENT, body="").exists()


def test_one_refused_among_many_holds_back_none_and_is_alone_tried_again(monkeypatch, mailoutbox):
    whole = mail.EmailMultiAlternatives.send

    def send(self, **values):
        if self.to == ["zoe1@example.org"]:
            raise SMTPRecipientsRefused({})
        return whole(self, **values)

    post_mails(letters(3))
    with monkeypatch.context() as patched:
        patched.setattr(mail.EmailMultiAlternatives, "send", send)
        run_due()
    assert [one.to[0] for one in mailoutbox] == ["zoe0@example.org", "zoe2@example.org"]
    assert Job.objects.get().state == JobState.READY
    Job.objects.update(due_at=timezone.now())
    run_due()
    assert [one.to[0] for one in mailoutbox[2:]] == ["zoe1@example.org"]


def test_a_kill_among_many_sends_at_most_one_of_them_again(monkeypatch, mailoutbox):
    post_mails(letters(3))
    whole = mail.mark_sent

    def killed(outgoing):
        if len(mailoutbox) == 2:
            raise Killed
        whole(outgoing)

    with monkeypatch.context() as patched:
        patched.setattr(mail, "mark_sent", killed)
        with pytest.raises(Killed):
            run_due()
    with time_machine.travel(timezone.now() + datetime.timedelta(seconds=61)):
        run_due()
    assert [one.to[0][3] for one in mailoutbox] == ["0", "1", "1", "2"]
