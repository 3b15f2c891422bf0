"""Slips in addresses, and what was probably meant. A guess is shown, never applied by itself."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable

from lms.accounts.engine.addresses import domain_of, normalise_email

PROVIDERS = (
    *("gmail.com", "hotmail.com", "hotmail.fr", "outlook.com", "outlook.fr", "orange.fr", "wanadoo.fr", "laposte.net"),
    *("yahoo.fr", "yahoo.com", "icloud.com", "numericable.fr", "protonmail.com", "neuf.fr"),
)
SHORTEST = 5  # letters of a name below which a slip may as well be another name
ENDINGS = {
    **dict.fromkeys(("con", "cmo", "ocm", "vom", "xom", "comm", "coom"), "com"),
    **dict.fromkeys(("fe", "rf", "ft", "frr", "ffr", "fr1"), "fr"),
    **dict.fromkeys(("ner", "nte", "nett"), "net"),
}
ELSEWHERE = {
    "gmail.fr": "gmail.com",
    "gmail.co": "gmail.com",
    "laposte.com": "laposte.net",
    "wanadoo.com": "wanadoo.fr",
}
OFTEN, RARE = 5, 2  # people of a list who share a domain, people who alone have another
FOUND = re.compile(r"[^\s<>;,|/]+@[^\s<>;,|/]+")
AROUND = " \t\u00a0<>\"'.,;:"


def clean_address(text: str) -> str:
    """An address without what a copy and paste leaves around it."""
    return normalise_email(text.strip(AROUND).removeprefix("mailto:").removeprefix("MAILTO:")).strip(AROUND)


def addresses_in(text: str) -> list[str]:
    return [clean_address(found) for found in FOUND.findall(text)]


def without_accents(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def repaired(text: str) -> str:
    """The same address without spaces, accents before the @, or a comma for a dot."""
    local, at, domain = "".join(text.split()).rpartition("@")
    return f"{without_accents(local)}{at}{domain.replace(',', '.')}".lower()


def meant_domain(domain: str) -> str:
    """The well-known domain this one is a slip of; nothing for all others."""
    if domain in ELSEWHERE:
        return ELSEWHERE[domain]
    name, _, ending = domain.rpartition(".")
    if ending in ENDINGS:
        corrected = f"{name}.{ENDINGS[ending]}"
        return meant_domain(corrected) or corrected
    return next((known for known in PROVIDERS if _slips_from(domain, known)), "")


def meant_here(domain: str, usual: Iterable[str]) -> str:
    """The domain of most people of the list, when this one is a slip of it."""
    return next((one for one in usual if one != domain and _slips_from(domain, one)), "")


def usual_domains(addresses: Iterable[str]) -> tuple[frozenset, frozenset]:
    """The domains many people of a list share, and those hardly anybody has."""
    counts = Counter(domain_of(address) for address in addresses if "@" in address)
    many = frozenset(domain for domain, count in counts.items() if count >= OFTEN)
    return many, frozenset(domain for domain, count in counts.items() if count <= RARE)


def _slips_from(typed: str, meant: str) -> bool:
    """Two letters swapped, one forgotten, one doubled, n for m: in a long enough name, never at its first letter."""
    name, _, ending = typed.rpartition(".")
    known, _, known_ending = meant.rpartition(".")
    if ending != known_ending or len(known) < SHORTEST or name[:1] != known[:1] or name == known:
        return False
    if len(name) == len(known):
        return _swapped(name, known) or (len(known) > SHORTEST - 1 and name.translate(NASAL) == known.translate(NASAL))
    if len(name) == len(known) - 1:
        return any(known[:at] + known[at + 1 :] == name for at in range(1, len(known)))
    return len(name) == len(known) + 1 and any(
        name[:at] + name[at + 1 :] == known and name[at] == name[at - 1] for at in range(1, len(name))
    )


NASAL = str.maketrans("n", "m")


def _swapped(name, known) -> bool:
    at = next((at for at, pair in enumerate(zip(name, known, strict=True)) if pair[0] != pair[1]), 0)
    return name[:at] + name[at : at + 2][::-1] + name[at + 2 :] == known
