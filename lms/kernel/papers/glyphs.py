"""Which of our fonts draws which character, so that no name is lost on paper, whatever its script."""

import unicodedata
from functools import cache, lru_cache
from itertools import groupby

from . import fonts

MAIN = "text"
MISSING = "▯"
DIRECTIONS = "\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
JOINERS = "\u200b\u200c\u200d\u2060\ufeff\ufe0e\ufe0f"
SKIN_TONES = "".join(map(chr, range(0x1F3FB, 0x1F400)))
UNDRAWN = str.maketrans("", "", DIRECTIONS + JOINERS + SKIN_TONES)


def runs(text: str, main: str = MAIN) -> list[tuple[str, str]]:
    """Cut `text` into (font, characters): `main` wherever it can, another font for what it lacks.

    A character that no font has becomes `MISSING`; those that only steer the drawing are left out.
    """
    font, placed = main, []
    for char in cleaned(text):
        if not (char.isspace() and font != "emoji" and ord(char) in coverage(font)):
            font = font_of(char, main)
        placed.append((font or "wide", char if font else MISSING))
        font = font or main
    return [(name, "".join(char for _, char in group)) for name, group in groupby(placed, key=lambda one: one[0])]


def cleaned(text: str) -> str:
    """Composed and on one line, without control, direction or joining characters."""
    composed = unicodedata.normalize("NFC", text).translate(UNDRAWN)
    return "".join(" " if unicodedata.category(char) in ("Cc", "Zl", "Zp") else char for char in composed).strip(" ")


def is_complete(text: str) -> bool:
    return all(map(font_of, set(cleaned(text))))


@lru_cache(maxsize=2048)
def font_of(char: str, main: str = MAIN) -> str | None:
    """The first font that has this character; None when none has."""
    return next((font for font in (main, "wide", "emoji") if ord(char) in coverage(font)), None)


def width(text: str, size: float, main: str = MAIN) -> float:
    """In points, on one line."""
    return sum(fonts.face(fonts.REGULAR[font]).stringWidth(chars, size) for font, chars in runs(text, main))


@cache
def coverage(font: str) -> frozenset[int]:
    return frozenset(fonts.face(fonts.REGULAR[font]).face.charToGlyph)
