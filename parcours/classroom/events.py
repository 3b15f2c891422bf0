"""What happens to a session and to its seats. Each is sent inside the transaction of the fact."""

from django.dispatch import Signal

session_published = Signal()  # session
session_rescheduled = Signal()  # session, before (half-days as they were: id, starts_at, ends_at)
session_cancelled = Signal()  # session
session_closed = Signal()  # session
registered = Signal()  # registration, that holds a seat now
seat_lost = Signal()  # registration, that held one
convoked = Signal()  # registration, that has just been told when and where
seat_offered = Signal()  # registration, first of the waiting list
