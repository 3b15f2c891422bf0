"""How typed text is compared: the same normalisation on both sides, then slips of the keyboard counted."""

import re
import unicodedata

from rapidfuzz.distance import DamerauLevenshtein

SAME = str.maketrans(
    dict.fromkeys("\u00a0\u202f", " ")
    | dict.fromkeys("‘’‚‛ʼ‹›′", "'")
    | dict.fromkeys("“”„‟″", '"')
    | dict.fromkeys("‐‑‒–—―−", "-")
    | {"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae"}
)
QUOTES = re.compile(r"« ?| ?»")
DIGIT = re.compile(r"\d")
EDITS = ((4, 0), (8, 1), (14, 2))
MOST_EDITS = 3


def normalise(text: str, *, accents: bool = True) -> str:
    """Spaces, quotes, dashes, capitals and ends made alike; without `accents`, letters lose theirs."""
    text = unicodedata.normalize("NFC", text).translate(SAME)
    text = unicodedata.normalize("NFC", QUOTES.sub('"', text).strip().casefold())
    return text if accents else without_accents(text)


def without_accents(text: str) -> str:
    bare = "".join(sign for sign in unicodedata.normalize("NFD", text) if not unicodedata.combining(sign))
    return unicodedata.normalize("NFC", bare)


def allowed_edits(solution: str) -> int:
    return next((edits for length, edits in EDITS if len(solution) <= length), MOST_EDITS)


def edits(solution: str, typed: str) -> int:
    """Damerau-Levenshtein: letters added, left out, replaced, or swapped with their neighbour."""
    return DamerauLevenshtein.distance(solution, typed)


def same_digits(solution: str, typed: str) -> bool:
    return DIGIT.findall(solution) == DIGIT.findall(typed)
