"""What the signed half-days of somebody are worth in the course they follow."""

from django.db.models import Max, Sum

from parcours.emargement.models import Attendance
from parcours.learning.actions import attend, unattend


def count_presence(attendance, *, by=None) -> None:
    """Say the séance of this line as it stands: all half-days signed and locked that stand for it, in any session."""
    enrolment, half_day = attendance.registration.enrolment, attendance.sheet.half_day
    if enrolment is None or not half_day.seance_id:
        return
    counted = Attendance.objects.counted().filter(
        registration__enrolment=enrolment, sheet__half_day__seance_id=half_day.seance_id
    )
    told = counted.aggregate(minutes=Sum("minutes"), ended_at=Max("sheet__half_day__ends_at"))
    key = f"half-day:{half_day.pk}"
    if told["minutes"]:
        attend(enrolment, half_day.seance_id, minutes=told["minutes"], key=key, at=told["ended_at"], by=by)
    else:
        unattend(enrolment, half_day.seance_id, key=key, by=by)
