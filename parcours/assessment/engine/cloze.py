"""The text of a texte à trous, where each blank is named between double braces."""

import re
from collections.abc import Sequence

BLANK = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")


def parts(text: str) -> tuple[list[str], list[str]]:
    """(what is read, names of the blanks): the text starts and ends with what is read, even empty."""
    pieces = BLANK.split(text)
    return pieces[::2], pieces[1::2]


def faults(text: str, described: Sequence[str]) -> list[str]:
    _, named = parts(text)
    sentences = [] if named else ["Le texte n’a pas de trou : écrivez son nom entre doubles accolades, {{duree}}."]
    sentences += [f"Le trou « {name} » est écrit deux fois dans le texte." for name in sorted(repeated(named))]
    sentences += [f"Deux trous ont le nom « {name} »." for name in sorted(repeated(described))]
    sentences += [f"Le trou « {name} » n’est pas décrit." for name in dict.fromkeys(named) if name not in described]
    sentences += [
        f"Le trou « {name} » n’est pas dans le texte : écrivez-le entre doubles accolades."
        for name in dict.fromkeys(described)
        if name not in named
    ]
    return sentences


def repeated(names: Sequence[str]) -> set[str]:
    return {name for name in names if names.count(name) > 1}
