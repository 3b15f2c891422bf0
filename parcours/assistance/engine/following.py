"""Who follows a parcours is known further right: the room that knows registers here how to ask it. Pure."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Following:
    """What a person follows of a parcours: the edition, the page of the course, that of one of its étapes."""

    edition_id: int
    url: str
    etape_url: Callable[[str], str]


_known_by: list[Callable] = []


def register(ask: Callable) -> None:
    """`ask(person, parcours_id)` gives a Following, or None for someone who does not follow the parcours."""
    _known_by[:] = [ask]


def following_of(person, parcours_id) -> Following | None:
    return next((found for ask in _known_by if (found := ask(person, parcours_id))), None)
