"""Somebody complains, is answered, adds to it; it is closed by an answer, and its delay is counted."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from lms.kernel import counters, grants
from lms.kernel.definitions import define
from lms.kernel.jobs import post
from lms.kernel.journal import record
from lms.kernel.lifecycle import TransitionRefused
from lms.kernel.rules import current
from lms.organisations.models.calendar import due_at
from parcours.quality.lifecycle import COMPLAINING, ComplaintState
from parcours.quality.models import Complaint, ComplaintMessage

FOLLOWING = grants.define("quality.complaint", "suivre une réclamation et y répondre")
DELAY = define(
    "quality.complaint_days", "délai de réponse annoncé à une réclamation, en jours ouvrés", "integer", default=10
)
LINK_DAYS = 730
COMPLAINTS_KEPT = timedelta(days=3 * 365)
MOST_MESSAGES = 30
TOO_MANY = "Cette réclamation porte déjà trente messages : téléphonez à l’organisme, ou envoyez-en une nouvelle."


def complain(*, organisation, capacity, subject, text, email, name="", person=None, client_id) -> Complaint:
    """Receive a complaint; the same form sent twice makes one. Its receipt and its private link leave by mail."""
    if known := Complaint.objects.filter(client_id=client_id).first():
        return known
    now = timezone.now()
    try:
        with transaction.atomic():
            complaint = Complaint(
                organisation=organisation,
                person=person,
                name=name,
                email=email,
                capacity=capacity,
                subject=subject,
                received_at=now,
                due_at=_due_at(organisation, now),
                client_id=client_id,
            )
            _number(complaint, now)
            ComplaintMessage.objects.create(complaint=complaint, text=text, at=now, client_id=client_id)
            told = {"organisation": organisation and organisation.pk, "capacity": capacity}
            record("quality.complain", complaint, by=person, after=told)
            post("quality.send_receipt", complaint.pk, key=f"quality.send_receipt:{complaint.pk}")
            post("quality.tell_complaint", complaint.pk, 0, key=f"quality.tell_complaint:{complaint.pk}:0")
            return complaint
    except IntegrityError:
        if known := Complaint.objects.filter(client_id=client_id).first():
            return known
        raise


@transaction.atomic
def complain_again(complaint, *, text, client_id):
    """What the person adds from their link; after an answer, the delay begins again."""
    if ComplaintMessage.objects.filter(client_id=client_id).exists():
        return complaint
    if complaint.messages.count() >= MOST_MESSAGES:
        raise TransitionRefused([TOO_MANY])
    with COMPLAINING.moving(complaint, "complain_again", by=None) as complaint:
        now = timezone.now()
        if complaint.state == ComplaintState.ANSWERED:
            complaint.due_at = _due_at(complaint.organisation, now)
        message = ComplaintMessage.objects.create(complaint=complaint, text=text, at=now, client_id=client_id)
        post("quality.tell_complaint", complaint.pk, message.pk, key=f"quality.tell_complaint:{message.pk}")
    return complaint


@transaction.atomic
def answer_complaint(complaint, *, text, client_id, by, close=False):
    """Answer by mail and on the private page; with `close`, this answer ends it."""
    if ComplaintMessage.objects.filter(client_id=client_id).exists():
        return complaint
    with COMPLAINING.moving(complaint, "answer_complaint", by=by) as complaint:
        now = timezone.now()
        complaint.answered_at = complaint.answered_at or now
        message = ComplaintMessage.objects.create(complaint=complaint, by=by, text=text, at=now, client_id=client_id)
        post("quality.send_answer", message.pk, key=f"quality.send_answer:{message.pk}")
    return close_complaint(complaint, by=by) if close else complaint


def close_complaint(complaint, *, by):
    with COMPLAINING.moving(complaint, "close_complaint", by=by) as complaint:
        complaint.closed_at = timezone.now()
    return complaint


def forget_complaints(before):
    """The people who wrote are forgotten three years after; numbers, dates and delays stay."""
    for complaint in Complaint.objects.outlived(before):
        forget_complaint(complaint)


@transaction.atomic
def forget_complaint(complaint):
    complaint.messages.update(text="")
    if complaint.grant_id:
        grants.revoke(complaint.grant, by=None)
    complaint.name = complaint.email = complaint.subject = ""
    complaint.person, complaint.forgotten_at = None, timezone.now()
    complaint.save()


def delay_days(on=None) -> int:
    return current(DELAY.code, on)


def _number(complaint, now):
    """Taken last: nobody else gets one until the transaction ends."""
    complaint.number = f"attente-{complaint.public_id.hex[:8]}"
    complaint.save(force_insert=True)
    complaint.grant = grants.give(
        FOLLOWING, person=complaint.person, by=None, days=LINK_DAYS, object_ids=[complaint.pk]
    )
    year = timezone.localdate(now).year
    complaint.number = f"R-{year}-{counters.next_number(f'quality.complaint:{year}'):04d}"
    complaint.save(update_fields=["number", "grant"])


def _due_at(organisation, now):
    days = delay_days()
    if organisation:
        return organisation.answer_due_at(now, days)
    zone = settings.TIME_ZONE
    return due_at(now.astimezone(ZoneInfo(zone)), days, zone=zone, departement="")
