"""The images, films and sounds of a frozen text, found so that something else may stand in their place. Pure.

The text was cleaned when it was frozen: attributes are quoted, names are in lower case.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from html import unescape

INSIDE = r"""(?:[^>"]|"[^"]*")*"""
MEDIUM = re.compile(
    rf"<picture\b{INSIDE}>.*?</picture>|<video\b{INSIDE}>.*?</video>|<audio\b{INSIDE}>.*?</audio>|<img\b{INSIDE}>",
    re.DOTALL,
)
TAG = re.compile(rf"<(picture|video|audio|img|source)\b({INSIDE})>")
ATTRIBUTE = re.compile(r"""([\w:-]+)(?:="([^"]*)")?""")
FROZEN = re.compile(r"/medias/([0-9a-f]{64})/")
KINDS = {"picture": "image", "img": "image", "video": "video", "audio": "audio"}


@dataclass(frozen=True)
class Medium:
    """One of them. html: as it was frozen. label: what it shows, in words. sources: (address, width or 0), lightest
    use first."""

    kind: str
    html: str
    label: str
    sources: tuple[tuple[str, int], ...]

    @property
    def address(self) -> str:
        return self.sources[0][0] if self.sources else ""

    @property
    def digest(self) -> str:
        """What names its bytes among those of the edition; empty for a file that is not one of them."""
        return digest_of(self.address)


def replace(html: str, draw: Callable[[Medium], str]) -> str:
    """The text with each of its media replaced by what `draw` makes of it."""
    return MEDIUM.sub(lambda match: draw(read(match[0])), html)


def read(html: str) -> Medium:
    tags = [(name, dict(ATTRIBUTE.findall(inside))) for name, inside in TAG.findall(html)]
    kind = KINDS[tags[0][0]]
    label = next((values[name] for _, values in tags for name in ("alt", "aria-label") if values.get(name)), "")
    return Medium(kind, html, unescape(label), tuple(sources_of(tags)))


def sources_of(tags) -> list[tuple[str, int]]:
    """Every address of a medium once, the narrowest image first; a film comes in the order of its author."""
    found: dict[str, int] = {}
    for _, values in tags:
        for candidate in filter(None, (part.split() for part in values.get("srcset", "").split(","))):
            width = candidate[1].removesuffix("w") if len(candidate) > 1 else ""
            found[candidate[0]] = int(width) if width.isdigit() else 0
        if address := values.get("src"):
            width = values.get("width", "")
            found.setdefault(address, int(width) if width.isdigit() else 0)
    return sorted(found.items(), key=lambda source: source[1])


def narrowed(medium: Medium) -> str:
    """An image asked for on a poor connection: its narrowest file, whatever the screen."""
    if medium.kind != "image" or len(medium.sources) < 2:
        return medium.html
    html = re.sub(r'\s(?:srcset|sizes)="[^"]*"', "", medium.html)
    html = re.sub(r"</?(?:picture|source)\b[^>]*>", "", html)
    return re.sub(r'(<img\b(?:[^>"]|"[^"]*")*?\ssrc=)"[^"]*"', rf'\1"{medium.address}"', html)


def digest_of(address: str) -> str:
    found = FROZEN.search(address)
    return found[1] if found else ""
