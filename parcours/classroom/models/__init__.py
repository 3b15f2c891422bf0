from parcours.classroom.models.registration import Registration
from parcours.classroom.models.room import Room
from parcours.classroom.models.session import HalfDay, Session

__all__ = ["HalfDay", "Registration", "Room", "Session"]
