"""What jobs run here; the kernel finds them by importing this package."""

from parcours.classroom.tasks import (
    convoking,
    joining,
    queueing,
    rescheduling,
    signalling,
    surveying,
    teaching,
    telling,
    writing,
)

__all__ = [
    "convoking",
    "joining",
    "queueing",
    "rescheduling",
    "signalling",
    "surveying",
    "teaching",
    "telling",
    "writing",
]
