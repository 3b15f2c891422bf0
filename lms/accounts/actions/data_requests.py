import datetime

from django.db import transaction
from django.utils import timezone

from lms.accounts.lifecycle import DATA_REQUEST
from lms.accounts.models import DataRequest
from lms.kernel import journal

from .mails import send

ANSWER_WITHIN = datetime.timedelta(days=30)


@transaction.atomic
def ask_about_data(person, *, kind, message):
    """Record what a person asks about their data. Source of the delay: RGPD, art. 12, § 3 (one month)."""
    request = DataRequest.objects.create(
        person=person, kind=kind, message=message, answer_due_on=timezone.localdate() + ANSWER_WITHIN
    )
    journal.record("accounts.ask_about_data", request, by=person, after={"kind": kind})
    if person.email:
        send("account/email/data_request", person.email, request=request)
    return request


def answer_data_request(request, *, answer, by):
    with transaction.atomic():
        request.answer = answer
        request.save(update_fields=["answer"])
        with DATA_REQUEST.moving(request, "answer_data_request", by=by) as request:
            request.answered_by, request.answered_at = by, timezone.now()
        if request.person.email:
            send("account/email/data_answer", request.person.email, request=request)
    return request


def note_export(person, *, by):
    journal.record("accounts.export_data", person, by=by)
