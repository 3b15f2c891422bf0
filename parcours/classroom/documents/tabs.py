"""The pages about one session, each opened by the room it belongs to."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse


@dataclass(frozen=True)
class Tab:
    """A page whose address takes the public identifier of the session."""

    label: str
    url_name: str
    allowed: Callable
    """Takes the person signed in and the session; costs no query beyond their memberships."""
    order: int = 50
    count: Callable | None = None
    """Takes the session, gives what stands beside the label: « 14 » or nothing; costs at most one query."""

    def url_of(self, session):
        return reverse(self.url_name, args=[session.public_id])


TABS: dict[str, Tab] = {}


def register_tab(tab: Tab) -> None:
    TABS[tab.url_name] = tab


def tabs_of(session, person) -> list[Tab]:
    found = (tab for tab in TABS.values() if tab.allowed(person, session))
    return sorted(found, key=lambda tab: tab.order)
