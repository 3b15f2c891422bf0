"""What an e-mail address is here: one spelling per mailbox, and whether one person alone reads it."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"))
LONG_ENOUGH_TO_OPEN_A_WORD = 6  # « mairiedesaintmarcel » is a town hall; « informatique » is not « info »


def normalise_email(text: str | None) -> str:
    """One spelling per address: NFKC, lower case, domain in letters, nothing invisible left by a copy and paste."""
    address = unicodedata.normalize("NFKC", text or "").translate(INVISIBLE).strip().lower()
    local, at, domain = address.rpartition("@")
    if "xn--" in domain:
        try:
            domain = domain.encode("ascii").decode("idna")
        except UnicodeError:
            return address
    return f"{local}{at}{domain}"


def has_accent_before_at(address: str) -> bool:
    local, at, _ = address.rpartition("@")
    return bool(at) and not local.isascii()


def domain_of(address: str) -> str:
    return address.rpartition("@")[2]


def is_shared(address: str, names: Iterable[str]) -> bool:
    """Whether the part before the @ says a desk (mairie, ccas.lyon, saint-marcel.mairie) rather than a person."""
    local = address.rpartition("@")[0].partition("+")[0]
    names = tuple(names)
    openings = _openings(names)
    return any(word in names or word.startswith(openings) for word in re.split(r"[._\-\d]+", local) if word)


@lru_cache(maxsize=8)
def _openings(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name for name in names if len(name) >= LONG_ENOUGH_TO_OPEN_A_WORD)
