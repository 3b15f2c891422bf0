"""In which alphabet a text file was saved. Files rarely say it; French letters do.

General detectors were tried first (charset-normalizer 3.5): on three short lines of names they answer cp1250, johab or
iso8859_14 in eight cases out of ten. Here the question is smaller: which of the four alphabets French machines write.
"""

import codecs
import re
from dataclasses import dataclass

CHUNK = 65_536
ENOUGH = 8_192  # bytes around those beyond ASCII: as many tell everything
MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig", "UTF-8"),
    (codecs.BOM_UTF32_LE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
)
LEGACY = (
    ("cp1252", "Windows-1252"),
    ("iso8859_15", "ISO-8859-15"),
    ("mac_roman", "Mac OS Roman"),
    ("cp850", "MS-DOS (850)"),
)
LETTERS = "éèçëïêôàâîœûüùöäÿæñáíóú"  # the most usual first, in names of people
LIKELY = {letter: 6 - rank // 5 for rank, letter in enumerate(LETTERS)}
LIKELY |= {letter.upper(): 1 for letter in LETTERS} | dict.fromkeys("«»–€°…\u00a0", 1) | {"’": 6}
UNLIKELY, MIXED = -2, -8
AROUND = re.compile(rb"[\x00-\x7f]?[\x80-\xff]+[\x00-\x7f]?")


@dataclass(frozen=True)
class Encoding:
    """`guessed` when nothing in the file proves it: the person is then told to look at the accents."""

    codec: str
    label: str
    guessed: bool = False


def encoding_of(file) -> Encoding:
    """How a binary file, read from its beginning, was saved. Leaves it at its beginning."""
    start = file.read(CHUNK)
    file.seek(0)
    for mark, codec, label in MARKS:
        if start.startswith(mark):
            return Encoding(codec, label)
    if wide := _wide(start):
        return wide
    beyond = _beyond_utf8(file)
    return Encoding("utf-8", "UTF-8") if beyond is None else _legacy(beyond)


def _wide(start) -> Encoding | None:
    """UTF-16 without a mark: one byte in two is null."""
    half = len(start) // 2
    for order, nulls in (("le", start[1::2].count(0)), ("be", start[::2].count(0))):
        if half and nulls > 0.4 * half:
            return Encoding(f"utf-16-{order}", "UTF-16", guessed=True)
    return None


def _beyond_utf8(file) -> bytes | None:
    """None when the whole file is UTF-8, otherwise its bytes beyond ASCII with their neighbours."""
    decoder, beyond, valid = codecs.getincrementaldecoder("utf-8")(), b"", True
    while chunk := file.read(CHUNK):
        beyond = b" ".join([beyond, *AROUND.findall(chunk)])[:ENOUGH]
        if valid:
            valid = _decodes(decoder, chunk)
        elif len(beyond) == ENOUGH:
            break
    valid = valid and _decodes(decoder, b"", final=True)
    file.seek(0)
    return None if valid else beyond


def _decodes(decoder, chunk, final=False) -> bool:
    try:
        decoder.decode(chunk, final)
    except UnicodeDecodeError:
        return False
    return True


def _legacy(beyond) -> Encoding:
    """The alphabet in which these bytes read most like French; the first of the list between equals."""
    codec, label = max(LEGACY, key=lambda each: _likeness(beyond, each[0]))
    return Encoding(codec, label, guessed=True)


def _likeness(beyond, codec) -> int:
    text = beyond.decode(codec, errors="replace")
    places = (at for at, char in enumerate(text) if not char.isascii())
    return sum(LIKELY.get(text[at], UNLIKELY) + MIXED * _mixes_cases(text, at) for at in places)


def _mixes_cases(text, at) -> bool:
    """« NoÙl » and « éLéONORE » are nobody's name."""
    before, char, after = text[at - 1 : at], text[at], text[at + 1 : at + 2]
    return (char.isupper() and before.islower()) or (char.islower() and after.isupper())
