"""The spaces shown in the header: each room registers its own, a person sees those that are open to them."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse


@dataclass(frozen=True)
class Space:
    label: str
    url_name: str
    allowed: Callable
    """Takes the person signed in, tells whether the space is shown to them; costs at most one query."""
    icon: str = ""
    order: int = 50

    @property
    def url(self):
        return reverse(self.url_name)


SPACES: dict[str, Space] = {}


def register(space: Space):
    SPACES[space.url_name] = space


def spaces_of(person) -> list[Space]:
    if not person.is_authenticated:
        return []
    return [space for space in sorted(SPACES.values(), key=lambda space: space.order) if space.allowed(person)]
