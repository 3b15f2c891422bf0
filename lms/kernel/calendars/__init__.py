"""What is dated in a person's life here, in one calendar: each room registers what it knows, one writer shows it."""

from .events import Event, events_of, register
from .writing import written

__all__ = ["Event", "events_of", "register", "written"]
