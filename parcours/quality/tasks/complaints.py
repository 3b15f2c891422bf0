import datetime

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from lms.accounts.models import Person
from lms.kernel.jobs import clock, task
from lms.kernel.mail import post_mail
from lms.kernel.quiet import next_quiet_end
from lms.organisations.lifecycle import NATIONAL_ROLES, Role
from lms.organisations.models import Membership
from lms.organisations.models.organisation import working_days
from parcours.quality import actions
from parcours.quality.documents.complaints import due_sentence
from parcours.quality.models import Complaint, ComplaintMessage

TO_WRITER = f"Vous recevez ce message parce que vous avez envoyé une réclamation sur {settings.SITE_NAME}."


@task("quality.send_receipt", atomic=True)
def send_receipt(complaint_pk):
    """At once, at any hour: who complains waits for their number."""
    complaint = Complaint.objects.select_related("organisation", "grant").get(pk=complaint_pk)
    if not complaint.email:
        return
    context = _told(complaint) | {"delay": working_days(actions.delay_days(timezone.localdate(complaint.received_at)))}
    post_mail(
        to=complaint.email,
        subject=f"Votre réclamation {complaint.number} est reçue",
        body=render_to_string("quality/mail_received.txt", context),
        reason=TO_WRITER,
        key=f"quality.received:{complaint.pk}",
    )


@task("quality.send_answer", atomic=True)
def send_answer(message_pk):
    message = ComplaintMessage.objects.select_related("complaint__organisation", "complaint__grant").get(pk=message_pk)
    complaint = message.complaint
    if not complaint.email:
        return
    post_mail(
        to=complaint.email,
        subject=f"Réponse à votre réclamation {complaint.number}",
        body=render_to_string("quality/mail_answered.txt", _told(complaint) | {"text": message.text}),
        reason=TO_WRITER,
        key=f"quality.answered:{message.pk}",
    )


@task("quality.tell_complaint", atomic=True)
def tell_complaint(complaint_pk, message_pk):
    """Those who answer for the organisme, or the national team: that it waits, never what it says."""
    complaint = Complaint.objects.select_related("organisation").get(pk=complaint_pk)
    if not complaint.is_waiting:
        return
    now = timezone.now()
    for person in _answering(complaint):
        context = {"person": person, "complaint": complaint, "due": due_sentence(complaint)}
        context["link"] = settings.BASE_URL + complaint.get_absolute_url()
        post_mail(
            to=person.email,
            subject=f"Une réclamation attend votre réponse : {complaint.number}",
            body=render_to_string("quality/mail_complaint.txt", context),
            reason=f"Vous recevez ce message parce que vous répondez aux réclamations de {complaint.addressee}.",
            key=f"quality.complaint:{complaint.pk}:{message_pk}:{person.pk}",
            due_at=next_quiet_end(now, person.time_zone),
        )


@clock("quality.forget", every="day", at="03:35")
def forget(day):
    """What this room promises not to keep."""
    now = timezone.now()
    actions.forget_complaints(now - actions.COMPLAINTS_KEPT)
    actions.forget_requests(timezone.localdate(now))
    actions.forget_packs(now)


@clock("quality.forget_outlived", every="day", at="03:55")
def forget_outlived(day):
    actions.forget_outlived(datetime.date.fromisoformat(day))


def _told(complaint):
    link = settings.BASE_URL + reverse("quality:followed", args=[complaint.grant.token]) if complaint.grant_id else ""
    return {"complaint": complaint, "due": due_sentence(complaint), "link": link}


def _answering(complaint):
    held = Membership.objects.active()
    if complaint.organisation_id:
        held = held.filter(organisation=complaint.organisation_id, role=Role.TRAINING_MANAGER)
    else:
        held = held.filter(role__in=NATIONAL_ROLES)
    return Person.objects.known().filter(pk__in=held.values("person")).exclude(email=None).order_by("pk")
