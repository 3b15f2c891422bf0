"""A text that is carried away whole: its media inside when there is room, its links made to hold anywhere. Pure."""

import re
from base64 import b64encode
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape, unescape
from urllib.parse import urljoin

HEADING = re.compile(r"<(/?)h([1-5])\b")
LINK = re.compile(r'(<a\b(?:[^>"]|"[^"]*")*?\shref=)"([^"]*)"')
SIBLING = re.compile(r"\.\./([\w-]+)/(?:#.*)?")
ONLINE_ONLY = re.compile(r'\s(?:loading|srcset|sizes)="[^"]*"')


@dataclass(frozen=True)
class Carried:
    """A medium on its way: the markup that holds it whole (nothing when it cannot be), or what stands instead."""

    whole: str
    instead: str

    @property
    def more(self) -> int:
        return len(self.whole.encode()) - len(self.instead.encode())


def place(rank: int) -> str:
    """Holds the place of a medium while the rest is weighed; no cleaned text has a comment."""
    return f"<!--medium-{rank}-->"


def filled(html: str, media: Sequence[Carried], budget: int) -> str:
    """The text with its media, the first ones whole as long as the file holds in `budget` bytes."""
    room = budget - len(html.encode()) - sum(len(one.instead.encode()) for one in media)
    drawn = []
    for one in media:
        fits = bool(one.whole) and one.more <= room
        room -= one.more if fits else 0
        drawn.append(one.whole if fits else one.instead)
    return re.sub(r"<!--medium-(\d+)-->", lambda match: drawn[int(match[1])], html)


def data_address(content_type: str, raw: bytes) -> str:
    return f"data:{content_type};base64,{b64encode(raw).decode()}"


def whole_image(html: str, content_type: str, raw: bytes) -> str:
    """The tag of an image with its bytes inside."""
    html = ONLINE_ONLY.sub("", html)
    return re.sub(r'\ssrc="[^"]*"', f' src="{data_address(content_type, raw)}"', html, count=1)


def lowered(html: str, by: int = 1) -> str:
    """The same text with its headings further down, where it stands under others."""
    return HEADING.sub(lambda match: f"<{match[1]}h{min(int(match[2]) + by, 6)}", html)


def linked(html: str, slugs: Iterable[str], home: str) -> str:
    """Links to étapes that came along lead there; the others lead back to the site, `home` for one's own course."""
    slugs = set(slugs)

    def to(match):
        address = unescape(match[2])
        if sibling := SIBLING.fullmatch(address):
            address = f"#etape-{sibling[1]}" if sibling[1] in slugs else home
        elif not address.startswith("#"):
            address = urljoin(home, address)
        return f'{match[1]}"{escape(address)}"'

    return LINK.sub(to, html)
