"""What else a trainee finds about a session, each opened by the room it belongs to."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Goes:
    label: str
    url_of: Callable
    """Takes the registration, gives the address, or nothing when there is nothing to see; costs at most one query."""
    detail: str = ""
    order: int = 50


_GOES: dict[str, Goes] = {}


def register_goes(one: Goes) -> None:
    _GOES[one.label] = one


def goes_of(registration) -> list[dict]:
    found = sorted(_GOES.values(), key=lambda one: one.order)
    addressed = [(one, one.url_of(registration)) for one in found]
    return [{"label": one.label, "url": url, "detail": one.detail} for one, url in addressed if url]
