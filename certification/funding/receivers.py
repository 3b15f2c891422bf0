from django.dispatch import receiver

from lms.kernel.jobs import post
from parcours.emargement.events import attendance_corrected, sheet_locked


@receiver(sheet_locked)
def on_sheet_locked(sheet, **kwargs):
    session = sheet.half_day.session_id
    post("funding.recheck_session", session, key=f"funding.recheck_session:{session}:{sheet.pk}")


@receiver(attendance_corrected)
def on_attendance_corrected(attendance, **kwargs):
    last = attendance.corrections.order_by("pk").last()
    session = attendance.registration.session_id
    post("funding.recheck_session", session, key=f"funding.recheck_session:{session}:{attendance.pk}:{last.pk}")
