"""What a departure changes may be known further right: each room registers how to say it. Pure."""

from collections.abc import Callable

_known_by: list[Callable] = []


def register(tell: Callable) -> Callable:
    """`tell(membership)` gives sentences for whoever is about to end it; it may give none."""
    if tell not in _known_by:
        _known_by.append(tell)
    return tell


def told_of(membership) -> list[str]:
    return [sentence for tell in _known_by for sentence in tell(membership)]
