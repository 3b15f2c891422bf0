"""What happens to the sheets. Each is sent inside the transaction of the fact."""

from django.dispatch import Signal

sheet_locked = Signal()  # sheet
attendance_corrected = Signal()  # attendance
