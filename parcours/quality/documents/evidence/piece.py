"""One piece of evidence: a file as it is kept, or a page written from the records when it is asked for."""

import datetime
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from django.template.loader import render_to_string
from django.utils import timezone

from lms.kernel.formats import date_short, instant

CHUNK = 1 << 20
HTML = "html"


@dataclass(frozen=True)
class Grid:
    """A table of a page; without row, `empty` says so."""

    caption: str
    headings: tuple[str, ...]
    rows: list[tuple]
    empty: str = "Aucune ligne."


@dataclass(frozen=True)
class Page:
    title: str
    eyebrow: str = ""
    lead: str = ""
    facts: list[tuple[str, str]] = field(default_factory=list)
    grids: list[Grid] = field(default_factory=list)
    texts: list[tuple[str, str]] = field(default_factory=list)
    """Pairs of who wrote when, and what."""
    masked: str = ""

    def html(self) -> bytes:
        return render_to_string("quality/pack/page.html", {"page": self}).encode()


@dataclass(frozen=True)
class Piece:
    """`proof` is the code an indicator asks for; `on` and `author` are those of the fact, not of the copy.

    `masked` says what is kept from the reader: « 2 lignes masquées : adaptations ».
    """

    proof: str
    folder: str
    title: str
    chunks: Callable[[], Iterable[bytes]]
    extension: str = HTML
    on: datetime.date | None = None
    author: str = ""
    masked: str = ""
    stem: str = ""
    """What its file is called when its title names a person."""


def page_piece(proof, folder, title, build: Callable[[], Page], **told) -> Piece:
    """A page that is written only when it is read."""
    return Piece(proof, folder, title, lambda: iter([build().html()]), **told)


def file_piece(proof, folder, title, stored, name, **told) -> Piece:
    """A file as it was received; its name gives nothing but the extension."""
    extension = name.rpartition(".")[2] if "." in name else "bin"
    return Piece(proof, folder, title, lambda: read(stored), extension, **told)


def read(stored) -> Iterator[bytes]:
    with stored.open("rb") as file:
        while chunk := file.read(CHUNK):
            yield chunk


def day(value) -> str:
    """A day, an instant or nothing, as the pages write it."""
    if value is None:
        return ""
    if isinstance(value, datetime.datetime):
        return instant(timezone.localtime(value))
    return date_short(value)


def day_of(at) -> datetime.date | None:
    return at and timezone.localdate(at)
