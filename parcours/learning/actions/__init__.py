from parcours.learning.actions.enrol import AlreadyEnrolled, enrol, enrol_with_new_employer, withdraw
from parcours.learning.actions.rebuild import differences, rebuild
from parcours.learning.actions.record import Refused, answer, complete, finish_reading, open_activity, restart

__all__ = [
    "AlreadyEnrolled",
    "Refused",
    "answer",
    "complete",
    "differences",
    "enrol",
    "enrol_with_new_employer",
    "finish_reading",
    "open_activity",
    "rebuild",
    "restart",
    "withdraw",
]
