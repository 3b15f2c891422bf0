"""A file as a page shows it, wherever its bytes are."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ShownImage:
    url: str
    width: int
    height: int


@dataclass(frozen=True)
class ShownFile:
    url: str
    content_type: str
    size: int
