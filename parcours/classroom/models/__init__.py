from parcours.classroom.models.deroule import Deroule
from parcours.classroom.models.places import Convocation, OpeningOverride, SessionMessage, SignalledNeed, Survey
from parcours.classroom.models.registration import Registration
from parcours.classroom.models.room import Room
from parcours.classroom.models.session import HalfDay, Session

__all__ = [
    "Convocation",
    "Deroule",
    "HalfDay",
    "OpeningOverride",
    "Registration",
    "Room",
    "Session",
    "SessionMessage",
    "SignalledNeed",
    "Survey",
]
