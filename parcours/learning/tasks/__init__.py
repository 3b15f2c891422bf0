"""What jobs run here; the kernel finds them by importing this package."""

from parcours.learning.tasks import attestations, enrolments, reminders, shared_answers, spread

__all__ = ["attestations", "enrolments", "reminders", "shared_answers", "spread"]
