"""What somebody looks for in the catalogue, as its address says it."""

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace

LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss"})
MOST_WORDS = 8
DURATIONS = {
    "1h": (0, 60),
    "demi-journee": (61, 210),
    "journee": (211, 420),
    "plus": (421, None),
}
"""Bands of minutes, both ends in."""
SORTS = ("titre", "duree", "nouveaute")
YES = "oui"


def folded(text: str) -> str:
    """Without case, accents nor punctuation: what is compared."""
    plain = unicodedata.normalize("NFKD", text.casefold().translate(LIGATURES))
    letters = (char if char.isalnum() else " " for char in plain if not unicodedata.combining(char))
    return " ".join("".join(letters).split())


def singular(word: str) -> str:
    return word[:-1] if len(word) > 3 and word[-1] in "sx" else word


@dataclass(frozen=True)
class Search:
    """`q` as it was typed; an unknown value of a filter is no filter."""

    q: str = ""
    metier: str = ""
    theme: str = ""
    duree: str = ""
    modalite: str = ""
    habilitation: str = ""
    anciens: str = ""
    tri: str = "titre"

    @property
    def words(self) -> list[str]:
        return [singular(word) for word in folded(self.q).split()][:MOST_WORDS]

    @property
    def filters(self) -> dict[str, str]:
        """What narrows the list, by the name it has in the address."""
        return {name: value for name, value in self.address.items() if name not in ("tri", "anciens")}

    @property
    def narrowed(self) -> bool:
        """By more than words and a trade, or sorted otherwise: what the form shows unfolded."""
        return bool(self.address.keys() - {"q", "metier", "anciens"})

    @property
    def address(self) -> dict[str, str]:
        """What the address says: what differs from the plain catalogue."""
        values = {one.name: (getattr(self, one.name), one.default) for one in fields(self)}
        return {name: value for name, (value, default) in values.items() if value != default}

    def without(self, name: str) -> "Search":
        return replace(self, **{name: ""})


def search_of(query: Mapping[str, str], known: Mapping[str, Iterable[str]]) -> Search:
    """`known`: the values each filter may take."""
    values = {name: query.get(name, "") for name in known}
    asked = {name: value for name, value in values.items() if value in set(known[name])}
    return Search(q=" ".join(query.get("q", "").replace("\x00", "").split())[:200], **asked)
