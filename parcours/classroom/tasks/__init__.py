"""What jobs run here; the kernel finds them by importing this package."""

from parcours.classroom.tasks import rescheduling

__all__ = ["rescheduling"]
