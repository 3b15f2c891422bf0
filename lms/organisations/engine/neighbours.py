"""Which départements touch each other: a map that does not change with the day. Pure."""

from functools import cache
from pathlib import Path

import yaml

MAP = Path(__file__).parent.parent / "data" / "voisins.yaml"


@cache
def neighbours() -> dict[str, tuple[str, ...]]:
    known = yaml.safe_load(MAP.read_text(encoding="utf-8"))
    return {code: tuple(around) for code, around in known.items()}


def around(code: str) -> tuple[str, ...]:
    """The département itself and those that touch it; overseas, itself alone."""
    return (code, *neighbours().get(code, ()))
