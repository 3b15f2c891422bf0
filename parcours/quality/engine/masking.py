"""Names of other people taken out of a text that has to be shown."""

import re
import unicodedata
from collections.abc import Iterable

MASK = "[nom masqué]"
SHORTEST = 3  # a shorter family name would mask ordinary words


def mask(text: str, names: Iterable[tuple[str, str]]) -> tuple[str, int]:
    """The text without these (first name, family name), whole or family name alone; and how many were taken out."""
    patterns = [pattern for first, last in names for pattern in _patterns(first.strip(), last.strip())]
    if not patterns:
        return text, 0
    longest_first = sorted(patterns, key=len, reverse=True)
    return re.subn(rf"(?<!\w)(?:{'|'.join(longest_first)})(?!\w)", MASK, _whole(text), flags=re.IGNORECASE)


def _patterns(first, last):
    first, last = _as_written(first), _as_written(last)
    if first and last:
        yield rf"{first}\s+{last}"
        yield rf"{last}\s+{first}"
    if len(last) >= SHORTEST:
        yield last


def _as_written(name):
    """A space or a hyphen may stand for the other."""
    return r"[\s\-‐’']+".join(re.escape(part) for part in re.split(r"[\s\-‐’']+", _whole(name)) if part)


def _whole(text):
    return unicodedata.normalize("NFC", text)
