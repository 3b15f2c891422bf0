"""A message is written in the transaction of its cause, sent afterwards, always under one Message-ID."""

import uuid
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import BadHeaderError, EmailMultiAlternatives, get_connection
from django.core.validators import validate_email
from django.utils import timezone

from lms.kernel.jobs import post
from lms.kernel.models.mail import MailState, OutgoingMail

SERVER_SECONDS = 20  # for each exchange with the mail server: well within the lease of a job
A_CONNECTION = 50  # messages sent by one job, through one connection


def post_mail(*, to, subject, body, reason, key=None, html=None, due_at=None, stop_url="") -> OutgoingMail:
    """Send a message once the caller's transaction is committed; a second one under the same `key` is not sent.

    `due_at` puts it off: `quiet.next_quiet_end(now, person.time_zone)` for all but sign-in and changed convocations,
    which leave before the others.
    `stop_url` lets mail programs offer to stop such messages: it must do so on a POST without a session (RFC 8058).

    `reason` is the whole sentence that tells why the person receives it; it ends the message.
    Raises ValidationError when `to` is not one address, BadHeaderError when `subject` spans several lines.
    """
    mail = _written(to=to, subject=subject, body=body, reason=reason, key=key, html=html, stop_url=stop_url)
    if key is None:
        mail.save(force_insert=True)
    else:
        OutgoingMail.objects.bulk_create([mail], ignore_conflicts=True)
        mail = OutgoingMail.objects.get(key=key)
    post("kernel.send_mail", mail.pk, key=f"kernel.send_mail:{mail.pk}", due_at=due_at, awaited=due_at is None)
    return mail


def post_mails(messages: list[dict], *, due_at=None) -> None:
    """Send many messages at once: each is what `post_mail` takes, its `key` included, under the same promises.

    They leave by connections of fifty; one that is refused holds back none of the others.
    """
    OutgoingMail.objects.bulk_create([_written(**one) for one in messages], ignore_conflicts=True)
    keys = [one["key"] for one in messages]
    found = OutgoingMail.objects.filter(key__in=keys, state=MailState.WAITING).order_by("pk")
    waiting = list(found.values_list("pk", flat=True))
    for rank in range(0, len(waiting), A_CONNECTION):
        pks = waiting[rank : rank + A_CONNECTION]
        post("kernel.send_mails", *pks, key=f"kernel.send_mails:{pks[0]}", due_at=due_at)


def _written(*, to, subject, body, reason, key=None, html=None, stop_url="") -> OutgoingMail:
    validate_email(to)
    if len(subject.splitlines()) != 1:
        raise BadHeaderError("The subject of a message is one line.")
    host = urlsplit(settings.BASE_URL).hostname or "localhost"
    return OutgoingMail(
        message_id=f"<{uuid.uuid4()}@{host}>",
        to=to,
        subject=subject,
        body=body,
        html=html or "",
        reason=reason,
        stop_url=stop_url,
        key=key,
    )


def open_connection():
    """To the mail server; never waits for long, so that a job keeps its lease."""
    return get_connection(timeout=settings.EMAIL_TIMEOUT or SERVER_SECONDS)


def message(mail: OutgoingMail, connection=None) -> EmailMultiAlternatives:
    stop = f"Ne plus recevoir ces messages : {mail.stop_url}\n" if mail.stop_url else ""
    footer = f"{mail.reason}\n{stop}{settings.SITE_NAME} – {settings.BASE_URL}\n"
    built = EmailMultiAlternatives(
        subject=mail.subject,
        body=f"{mail.body.rstrip()}\n\n-- \n{footer}",
        to=[mail.to],
        connection=connection or open_connection(),
        headers=headers(mail),
    )
    if mail.html:
        built.attach_alternative(mail.html, "text/html")
    return built


def headers(mail: OutgoingMail) -> dict:
    always = {"Message-ID": mail.message_id, "Auto-Submitted": "auto-generated"}
    if not mail.stop_url:
        return always
    return always | {
        "List-Unsubscribe": f"<{mail.stop_url}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }


def mark_sent(mail: OutgoingMail) -> None:
    sent = {"state": MailState.SENT, "sent_at": timezone.now(), "body": "", "html": "", "stop_url": ""}
    OutgoingMail.objects.filter(pk=mail.pk).update(**sent)
