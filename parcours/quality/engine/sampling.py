"""A draw that anybody can do again: the order is that of the hashes of a published seed and each identifier."""

import hashlib
from collections.abc import Iterable


def rank(seed: str, identifier: str) -> str:
    return hashlib.sha256(f"{seed}:{identifier}".encode()).hexdigest()


def draw(seed: str, identifiers: Iterable[str], count: int) -> list[str]:
    """The `count` first identifiers, in the order of the draw; all of them when there are fewer."""
    return sorted(set(identifiers), key=lambda one: (rank(seed, one), one))[:count]
