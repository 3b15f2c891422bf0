"""First and last names in what people typed: cut when they come together, told apart when no heading does."""

import re
import unicodedata
from pathlib import Path

TITLE = re.compile(r"^(m|mr|mme|mlle|monsieur|madame|mademoiselle)\b\.? +", re.IGNORECASE)
BULLET = re.compile(r"^\s*(?:[-•–—*·]+\s+|\d{1,3}\s*[.)]\s+)")
USUAL_FIRST_NAMES = frozenset((Path(__file__).parent.parent / "data/prenoms.txt").read_text(encoding="utf-8").split())


def name_key(text: str) -> str:
    """A name as it is compared: without case, accents, hyphens or spaces."""
    text = unicodedata.normalize("NFKD", text).casefold()
    return "".join(char for char in text if char.isalnum())


def words_of_address(address: str) -> list[str]:
    """What an address says of a name: « marie.le-goff@… » gives marie, legoff."""
    local = address.partition("@")[0].partition("+")[0]
    return [key for word in re.split(r"[._]+", local) if (key := name_key(word)) and not key.isdigit()]


def without_bullet(text: str) -> str:
    return BULLET.sub("", text)


def is_usual_first_name(text: str) -> bool:
    first = re.split(r"[\s-]", text.strip(), maxsplit=1)[0]
    return name_key(first) in USUAL_FIRST_NAMES


def holds_both_names(text: str) -> bool:
    """« Jeanne Durand », not « Jean Pierre »: a usual first name beside a word that is none."""
    return len({is_usual_first_name(word) for word in text.split()}) > 1


def looks_like_a_name(text: str) -> bool:
    letters = sum(char.isalpha() for char in text)
    return letters >= 2 and not any(char.isdigit() or char == "@" for char in text)


def cut_name(text: str, *, last_first: bool = False) -> tuple[str, str]:
    """First and last name of « Marie DURAND », « DURAND, Marie » or « De La Croix Marie ».

    Capitals tell; then a first name known as such; otherwise `last_first`, the order the heading announces.
    """
    text = TITLE.sub("", without_bullet(text).strip())
    if "," in text:
        last, _, first = text.partition(",")
        return first.strip(), last.strip()
    words = text.split()
    if len(words) < 2:
        return "", text
    loud = [word for word in words if len(word) > 1 and word.isupper()]
    if loud and len(loud) < len(words):
        return " ".join(word for word in words if word not in loud), " ".join(loud)
    begins, ends = is_usual_first_name(words[0]), is_usual_first_name(words[-1])
    if begins != ends:
        last_first = ends
    return (words[-1], " ".join(words[:-1])) if last_first else (words[0], " ".join(words[1:]))
