"""Where a parcours leads may be known further right: each room registers the way to its own page. Pure."""

from collections.abc import Callable

_known_by: list[Callable] = []


def register(lead: Callable) -> Callable:
    """`lead(edition)` gives ways onward, from what is already read: {label, url, detail}; it may give none."""
    if lead not in _known_by:
        _known_by.append(lead)
    return lead


def ways_from(edition) -> list[dict]:
    return [way for lead in _known_by for way in lead(edition)]
