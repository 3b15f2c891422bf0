from datetime import datetime, time

from django.dispatch import receiver
from django.utils import timezone

from lms.kernel.jobs import post
from lms.organisations.events import membership_changed
from lms.organisations.lifecycle import Role
from parcours.classroom.events import convoked, registered, session_closed
from parcours.emargement.events import attendance_corrected, sheet_locked
from parcours.learning.events import parcours_completed
from parcours.paperwork import actions


@receiver(registered)
def on_registered(registration, **kwargs):
    post("paperwork.deliver_texts", registration.pk, key=f"paperwork.deliver_texts:{registration.pk}")


@receiver(convoked)
def on_convoked(registration, **kwargs):
    last = registration.convocations.order_by("pk").last()
    post("paperwork.issue_convocation", registration.pk, key=f"paperwork.issue_convocation:{last.pk}")


@receiver(sheet_locked)
def on_sheet_locked(sheet, **kwargs):
    post("paperwork.issue_sheet", sheet.pk, sheet.locked_by_id or 0, key=f"paperwork.issue_sheet:{sheet.pk}")


@receiver(attendance_corrected)
def on_attendance_corrected(attendance, **kwargs):
    """Each correction makes a new sheet, that cites the one before."""
    last = attendance.corrections.order_by("pk").last()
    key = f"paperwork.issue_sheet:{attendance.sheet_id}:{last.pk}"
    post("paperwork.issue_sheet", attendance.sheet_id, last.by_id, key=key)


@receiver(session_closed)
def on_session_closed(session, **kwargs):
    post("paperwork.close_session", session.pk, key=f"paperwork.close_session:{session.pk}")


@receiver(membership_changed)
def on_membership_changed(membership, **kwargs):
    """Somebody answers for the training from that day on."""
    if membership.role == Role.TRAINING_MANAGER:
        begins = datetime.combine(membership.starts_on, time(0, 5), tzinfo=timezone.get_default_timezone())
        post("paperwork.close_waiting_sessions", membership.organisation_id, due_at=max(begins, timezone.now()))


@receiver(parcours_completed)
def on_parcours_completed(enrolment, **kwargs):
    actions.withdraw_partial_attestations(enrolment)
