"""A file as a page shows it, wherever its bytes are."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

WIDTHS = (400, 800, 1200)


@dataclass(frozen=True)
class ShownImage:
    url: str
    width: int
    height: int
    srcset: str = ""
    """The same image at several widths, for the browser to choose; nothing for a drawing, which fits them all."""


@dataclass(frozen=True)
class ShownFile:
    url: str
    content_type: str
    size: int


def widths_of(width: int) -> list[int]:
    """Those in which an image as wide as this is shown: it is never enlarged."""
    return sorted({min(width, one) for one in WIDTHS})


def in_widths(shown: Sequence[ShownImage]) -> ShownImage:
    """One image, shown by its widest file, from what it is in each width."""
    srcset = ", ".join(f"{one.url} {one.width}w" for one in shown) if len(shown) > 1 else ""
    return replace(shown[-1], srcset=srcset)
