"""What waits for a person's answer may be known further right: each room registers how to ask it. Pure."""

from collections.abc import Callable

_known_by: list[Callable] = []


def register(ask: Callable) -> Callable:
    """`ask(person)` gives lines for Mon espace, most urgent first: {badge, badge_kind, label, url, detail}."""
    if ask not in _known_by:
        _known_by.append(ask)
    return ask


def waiting_for(person) -> list[dict]:
    return [line for ask in _known_by for line in ask(person)]
