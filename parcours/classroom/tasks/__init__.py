"""What jobs run here; the kernel finds them by importing this package."""

from parcours.classroom.tasks import (
    convoking,
    joining,
    queueing,
    rescheduling,
    signalling,
    surveying,
    telling,
)

__all__ = [
    "convoking",
    "joining",
    "queueing",
    "rescheduling",
    "signalling",
    "surveying",
    "telling",
]
