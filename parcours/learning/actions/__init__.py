from parcours.learning.actions.enrol import AlreadyEnrolled, enrol
from parcours.learning.actions.rebuild import rebuild
from parcours.learning.actions.record import Refused, answer, finish_reading, open_activity, restart

__all__ = [
    "AlreadyEnrolled",
    "Refused",
    "answer",
    "enrol",
    "finish_reading",
    "open_activity",
    "rebuild",
    "restart",
]
