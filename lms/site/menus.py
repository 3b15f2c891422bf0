"""What the header and the plan du site show: each room registers its own spaces and its own public pages."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from django.urls import NoReverseMatch, reverse
from wagtail.models import Site


@dataclass(frozen=True)
class Space:
    label: str
    url_name: str
    allowed: Callable
    """Takes the person signed in, tells whether the space is shown to them; costs at most one query."""
    icon: str = ""
    order: int = 50

    @cached_property
    def url(self):
        return reverse(self.url_name)


@dataclass(frozen=True)
class PublicPage:
    """A page that is not in the CMS and that anybody may open; with an icon, it stands in the header as well."""

    label: str
    url_name: str
    order: int = 50
    icon: str = ""

    @cached_property
    def url(self):
        try:
            return reverse(self.url_name)
        except NoReverseMatch:
            return ""


@dataclass(frozen=True)
class Entry:
    """A page in the side menu of a space; `space` is that of the menu: « Espace formation »."""

    space: str
    label: str
    url_name: str
    allowed: Callable
    """Takes the person signed in; costs at most one query."""
    order: int = 50
    detail: Callable | None = None
    """Takes the person, gives what is beside the label: « 7 en attente »; costs at most one query."""
    about: str = ""
    """What the page holds, where entries are listed with a line each."""

    @cached_property
    def url(self):
        return reverse(self.url_name)

    def beside(self, person) -> str:
        return self.detail(person) if self.detail else ""


@dataclass(frozen=True)
class StructurePage:
    """A page about one structure, in its side menu; its address takes the public identifier of the structure."""

    label: str
    url_name: str
    allowed: Callable
    """Takes the person signed in and the organisation; costs at most one query."""
    order: int = 50

    def url_of(self, organisation):
        return reverse(self.url_name, args=[organisation.public_id])


OWN = "Mon espace"
SPACES: dict[str, Space] = {}
ENTRIES: dict[str, Entry] = {}
PUBLIC_PAGES: dict[str, PublicPage] = {}
PUBLIC_LISTS: list[Callable] = []
"""Each gives addresses for the map of the site, with the instant when each last changed, or nothing."""
STRUCTURE_PAGES: dict[str, StructurePage] = {}


def register(entry: Space | Entry | PublicPage | StructurePage):
    if isinstance(entry, Space):
        SPACES[entry.url_name] = entry
    elif isinstance(entry, Entry):
        ENTRIES[entry.url_name] = entry
    elif isinstance(entry, StructurePage):
        STRUCTURE_PAGES[entry.url_name] = entry
    else:
        PUBLIC_PAGES[entry.url_name] = entry


def header_pages() -> list[PublicPage]:
    """The public pages that stand in the header, in order."""
    return sorted((page for page in PUBLIC_PAGES.values() if page.icon and page.url), key=lambda page: page.order)


def entries_of(space: str, person) -> list[Entry]:
    """What a person finds in a space, in order."""
    found = (entry for entry in ENTRIES.values() if entry.space == space and entry.allowed(person))
    return sorted(found, key=lambda entry: (entry.order, entry.label))


def pages_of(organisation, person) -> list[StructurePage]:
    """What a person finds about one structure, in order."""
    found = (page for page in STRUCTURE_PAGES.values() if page.allowed(person, organisation))
    return sorted(found, key=lambda page: page.order)


def spaces_of(person) -> list[Space]:
    """Several rooms may open the same space: it leads to the first of their pages that the person may see."""
    if not person.is_authenticated:
        return []
    found: dict[str, Space] = {}
    for space in sorted(SPACES.values(), key=lambda space: space.order):
        if space.label not in found and space.allowed(person):
            found[space.label] = space
    return list(found.values())


def opens_to(url: str, person) -> bool:
    """Whether a text read by this person may lead there: not to the page of a space that is not theirs.

    Whoever is not signed in is asked to sign in first; what is about oneself opens to everybody.
    """
    doors = [one for one in (*ENTRIES.values(), *SPACES.values()) if one.url == url and _space_of(one) != OWN]
    return not doors or not person.is_authenticated or any(one.allowed(person) for one in doors)


def _space_of(door):
    return getattr(door, "space", door.label)


def addresses_of(space: str) -> list[str]:
    """Where one stands in this space."""
    entries = [entry.url for entry in ENTRIES.values() if entry.space == space]
    return entries + [one.url for one in SPACES.values() if one.label == space]


def cms_pages(request) -> list:
    """The pages of the CMS that anybody may open, home first, in the order of their tree."""
    root = Site.find_for_request(request).root_page
    found = root.get_descendants(inclusive=True).live().public().order_by("path").specific()
    return [page for page in found if page.get_url(request)]


def public_pages(request) -> list[tuple[int, str, str]]:
    """Depth, label and address: the tree of the CMS, then what the rooms opened."""
    pages = cms_pages(request)
    depth = pages[0].depth if pages else 0
    rows = [
        (page.depth - depth, page.title if page.depth > depth else "Accueil", page.get_url(request)) for page in pages
    ]
    known = {url for _, _, url in rows}
    opened = sorted(PUBLIC_PAGES.values(), key=lambda page: (page.order, page.label))
    return rows + [(1, page.label, page.url) for page in opened if page.url and page.url not in known]
