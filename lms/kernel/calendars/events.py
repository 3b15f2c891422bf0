from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True)
class Event:
    """One line of a calendar.

    uid: the same as long as the thing lives. starts: a date for a whole day, an instant otherwise. stamped_at: when
    what is said of it was last true. weekly: comes back every week, at the same hour of `zone`.
    """

    uid: str
    title: str
    starts: date | datetime
    stamped_at: datetime
    minutes: int = 0
    url: str = ""
    note: str = ""
    weekly: bool = False
    zone: str = ""

    @property
    def is_whole_day(self) -> bool:
        return not isinstance(self.starts, datetime)


SOURCES: list[Callable] = []


def register(source: Callable) -> Callable:
    """`source` takes a person and yields `Event`s: titles and dates, nothing else about anybody."""
    if source not in SOURCES:
        SOURCES.append(source)
    return source


def events_of(person) -> Iterable[Event]:
    found = [event for source in SOURCES for event in source(person)]
    return sorted(found, key=lambda event: event.uid)
