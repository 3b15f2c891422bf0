from parcours.learning.actions.calendar import CALENDAR, open_calendar
from parcours.learning.actions.enrol import AlreadyEnrolled, enrol, enrol_with_new_employer, withdraw
from parcours.learning.actions.moments import choose_moment, give_up_moment
from parcours.learning.actions.rebuild import differences, rebuild
from parcours.learning.actions.record import Refused, answer, complete, finish_reading, open_activity, restart
from parcours.learning.actions.reminders import (
    REMINDERS,
    count_reminder,
    forget_person,
    resume_reminders,
    stop_link_of,
    stop_reminders,
)

__all__ = [
    "CALENDAR",
    "REMINDERS",
    "AlreadyEnrolled",
    "Refused",
    "answer",
    "choose_moment",
    "complete",
    "count_reminder",
    "differences",
    "enrol",
    "enrol_with_new_employer",
    "finish_reading",
    "forget_person",
    "give_up_moment",
    "open_activity",
    "open_calendar",
    "rebuild",
    "restart",
    "resume_reminders",
    "stop_link_of",
    "stop_reminders",
    "withdraw",
]
