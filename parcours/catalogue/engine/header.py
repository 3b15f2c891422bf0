"""The `clé: valeur` lines of a file or of a block. A subset of YAML where a colon in a sentence needs no quotes."""

import datetime
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from parcours.catalogue.engine.source import Source
from parcours.catalogue.engine.typography import french

KEY = re.compile(r"^([a-z_]+)[ \u00a0]?:(?:[ \u00a0]+(.*))?$")
ITEM = re.compile(r"^\s*-\s+(.*)$")
FOLDED = (">", ">-", "|", "|-")
SLUG = re.compile(r"^[a-z0-9]+(?:-[a-z0-9]+)*$")


@dataclass
class Entry:
    value: str | list[str]
    line: int


@dataclass(frozen=True)
class Field:
    """How a value is read; `read` raises ValueError with the sentence to show."""

    read: Callable
    required: bool = True
    default: object = ""


def parse(source: Source, lines: Iterable[tuple[int, str]]) -> dict[str, Entry]:
    entries: dict[str, Entry] = {}
    entry = None
    for number, line in lines:
        if not line.strip():
            continue
        if match := KEY.match(line):
            entry = Entry(opening_value(match[2]), number)
            if match[1] in entries:
                source.say(number, f"« {match[1]} » est écrit deux fois.")
            entries[match[1]] = entry
        elif entry is None or not goes_on(entry, line):
            source.say(
                number, "cette ligne n’est ni « clé: valeur », ni la suite d’une valeur (décalée de deux espaces)."
            )
    return entries


def opening_value(written: str | None) -> str | list[str]:
    written = (written or "").strip()
    if written in FOLDED:
        return ""
    if written.startswith("[") and written.endswith("]"):
        return [unquoted(item) for item in written[1:-1].split(",") if item.strip()]
    return unquoted(written)


def goes_on(entry: Entry, line: str) -> bool:
    """Add a line to the value above it: an item, or the rest of a sentence."""
    if (match := ITEM.match(line)) and (not entry.value or isinstance(entry.value, list)):
        entry.value = [*(entry.value or []), unquoted(match[1])]
    elif not line.startswith(" "):
        return False
    elif isinstance(entry.value, list):
        entry.value[-1:] = [f"{entry.value[-1]} {line.strip()}"] if entry.value else [line.strip()]
    else:
        entry.value = f"{entry.value} {line.strip()}".strip()
    return True


def unquoted(text: str) -> str:
    text = text.strip()
    if len(text) > 1 and text[0] == text[-1] and text[0] in "\"'":
        return text[1:-1]
    return text


def take(source: Source, entries: dict[str, Entry], fields: dict[str, Field], at: int) -> dict:
    """Read the entries a thing of this kind may have; `at` is the line blamed for what is missing."""
    for key in entries.keys() - fields.keys():
        known = ", ".join(fields)
        source.say(entries[key].line, f"« {key} » n’existe pas ici ; les clés possibles sont : {known}.")
    return {key: taken(source, entries.get(key), key, field, at) for key, field in fields.items()}


def taken(source: Source, entry: Entry | None, key: str, field: Field, at: int):
    if entry is None or not entry.value:
        if field.required:
            source.say(entry.line if entry else at, f"il manque « {key} ».")
        return field.default
    try:
        return field.read(entry.value)
    except ValueError as error:
        source.say(entry.line, f"« {key} » : {error}")
        return field.default


def text(value) -> str:
    if isinstance(value, list):
        raise ValueError("une phrase est attendue, pas une liste.")
    return french(value)


def raw(value) -> str:
    if isinstance(value, list):
        raise ValueError("une valeur est attendue, pas une liste.")
    return value


def items(value) -> list[str]:
    return [french(item) for item in (value if isinstance(value, list) else [value])]


def words(value) -> list[str]:
    return [slug(item) for item in (value if isinstance(value, list) else [value])]


def slug(value) -> str:
    if not SLUG.match(raw(value)):
        raise ValueError("écrivez-le en minuscules sans accent, avec des traits d’union.")
    return value


def integer(value) -> int:
    if not raw(value).isdecimal():
        raise ValueError("un nombre entier est attendu.")
    return int(value)


def day(value) -> datetime.date:
    try:
        return datetime.date.fromisoformat(raw(value))
    except ValueError:
        raise ValueError("une date est attendue, sous la forme 2026-11-22.") from None


def yes(value) -> bool:
    answers = {"oui": True, "true": True, "non": False, "false": False}
    if raw(value) not in answers:
        raise ValueError("répondez « oui » ou « non ».")
    return answers[value]


def one_of(*choices: str) -> Callable:
    def read(value):
        if raw(value) not in choices:
            raise ValueError(f"choisissez parmi : {', '.join(choices)}.")
        return value

    return read
