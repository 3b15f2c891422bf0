import io

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from lms.accounts.models import Person
from lms.kernel import prepared
from lms.kernel.formats import NBSP, duration
from lms.kernel.jobs import clock, post, task
from lms.kernel.mail import post_mail
from lms.kernel.quiet import next_quiet_end
from parcours.assistance.documents import assistance_of
from parcours.colleagues import actions
from parcours.colleagues.documents import Search, write_register
from parcours.colleagues.models import EnrolmentList, Invitation, RegisterExport
from parcours.learning.actions import stop_link_of
from parcours.learning.models import Enrolment

LINES_AT_A_TIME = 200


@task(EnrolmentList.TASK)
def enrol_list(list_pk, batch):
    """Some lines, then a job for the following ones: nobody else's job waits behind a long list."""
    found = EnrolmentList.objects.select_related("organisation__departement", "confirmed_by", "parcours").get(
        pk=list_pk
    )
    if found.is_over:
        return None
    if found.state == EnrolmentList.State.CONFIRMED:
        found = actions.start_list(found)
    edition = actions.open_edition(found.parcours)
    if edition is None:
        actions.refuse_waiting(found)
    waiting = list(found.lines.waiting().order_by("position").values_list("pk", flat=True)[: LINES_AT_A_TIME + 1])
    if waiting:
        actions.enrol_lines(waiting[:LINES_AT_A_TIME], found, edition)
    return lambda: _go_on(found, batch + 1, more=len(waiting) > LINES_AT_A_TIME)


def _go_on(found, batch, *, more):
    if more:
        post("colleagues.enrol_list", found.pk, batch, key=f"colleagues.enrol_list:{found.pk}:{batch}", awaited=True)
    else:
        actions.finish_list(found)


@task("colleagues.send_invitation", atomic=True)
def send_invitation(invitation_pk):
    invitation = Invitation.objects.for_answer().get(pk=invitation_pk)
    person = invitation.person
    if invitation.state != Invitation.State.SENT or not person.email:
        return
    post_mail(
        to=person.email,
        subject=f"{invitation.organisation} vous propose un parcours",
        body=render_to_string("colleagues/mail_invitation.txt", _announced(invitation)),
        reason=(
            f"Vous recevez ce message parce qu’un référent de {invitation.organisation} "
            f"a inscrit cette adresse sur {settings.SITE_NAME}."
        ),
        key=f"colleagues.invitation:{invitation.pk}",
        due_at=next_quiet_end(timezone.now(), person.time_zone),
    )


def _announced(invitation):
    edition = actions.open_edition(invitation.parcours)
    return {
        "invitation": invitation,
        "hours": duration(edition.minutes) if edition else "",
        "assistance": assistance_of(invitation.parcours_id),
        "link": settings.BASE_URL + invitation.get_absolute_url(),
    }


@task("colleagues.send_reminder", atomic=True)
def send_reminder(enrolment_pk, by_pk):
    """Nothing to somebody who finished, stopped or asked for no reminder meanwhile."""
    enrolment = Enrolment.objects.for_reminder().select_related("employer").get(pk=enrolment_pk)
    person, progress = enrolment.person, enrolment.progress
    if enrolment.state != Enrolment.State.ACTIVE or enrolment.reminders_stopped_at or not person.email:
        return
    context = {
        "enrolment": enrolment,
        "by": Person.objects.get(pk=by_pk),
        "left": duration(progress.minutes_left),
        "link": settings.BASE_URL + enrolment.get_absolute_url(),
    }
    post_mail(
        to=person.email,
        subject=f"Votre parcours «{NBSP}{enrolment.edition.title}{NBSP}»",
        body=render_to_string("colleagues/mail_reminder.txt", context),
        reason=f"Vous recevez ce message parce que vous suivez un parcours sur {settings.SITE_NAME}.",
        key=f"colleagues.reminder:{enrolment.pk}:{enrolment.reminded_at:%Y-%m-%d}",
        due_at=next_quiet_end(timezone.now(), person.time_zone),
        stop_url=settings.BASE_URL + reverse("learning:stop_reminders", args=[stop_link_of(enrolment).token]),
    )


@task(RegisterExport.TASK)
def write_export(export_pk):
    export, out = RegisterExport.objects.select_related("organisation", "by").get(pk=export_pk), io.BytesIO()
    with timezone.override(export.by.time_zone):  # the days are those of who asked
        write_register(out, export.form, export.organisation, Search(**export.filters))
    return lambda: prepared.keep(export, out.getvalue())


@clock("colleagues.forget", every="day", at="03:20")
def forget(day):
    """What this room promises not to keep."""
    for found in EnrolmentList.objects.forsaken():
        actions.discard_list(found)
    for found in EnrolmentList.objects.outlived():
        actions.forget_lines(found)
    for invitation in Invitation.objects.overdue():
        actions.expire_invitation(invitation)
    prepared.forget(RegisterExport)
