from parcours.learning.actions.attend import attend, unattend
from parcours.learning.actions.auditing import audit
from parcours.learning.actions.by_session import enrol_by_session, leave_session
from parcours.learning.actions.calendar import CALENDAR, open_calendar
from parcours.learning.actions.enrol import (
    AlreadyEnrolled,
    enrol,
    enrol_with_new_employer,
    enrolment_refusals,
    withdraw,
)
from parcours.learning.actions.enrol_many import enrol_many
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
from parcours.learning.actions.spread import confirm_spread, older_editions, preview_spread, spread_minor

__all__ = [
    "CALENDAR",
    "REMINDERS",
    "AlreadyEnrolled",
    "Refused",
    "answer",
    "attend",
    "audit",
    "choose_moment",
    "complete",
    "confirm_spread",
    "count_reminder",
    "differences",
    "enrol",
    "enrol_by_session",
    "enrol_many",
    "enrol_with_new_employer",
    "enrolment_refusals",
    "finish_reading",
    "forget_person",
    "give_up_moment",
    "leave_session",
    "older_editions",
    "open_activity",
    "open_calendar",
    "preview_spread",
    "rebuild",
    "restart",
    "resume_reminders",
    "spread_minor",
    "stop_link_of",
    "stop_reminders",
    "unattend",
    "withdraw",
]
