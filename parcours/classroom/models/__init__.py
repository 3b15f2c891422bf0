from parcours.classroom.models.places import Convocation, OpeningOverride, SignalledNeed, Survey
from parcours.classroom.models.registration import Registration
from parcours.classroom.models.room import Room
from parcours.classroom.models.session import HalfDay, Session

__all__ = [
    "Convocation",
    "HalfDay",
    "OpeningOverride",
    "Registration",
    "Room",
    "Session",
    "SignalledNeed",
    "Survey",
]
