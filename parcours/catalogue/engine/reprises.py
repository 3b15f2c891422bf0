"""The questions a module asks, as others find them; and those it takes up from elsewhere. On raw CMS content. Pure."""

import re
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import unescape

from parcours.catalogue.engine.finding import folded, singular

TAG = re.compile(r"<[^>]+>")
REPRISE = "reprise"
READ = ("statement", "text", "options", "pairs", "items", "explanation")


@dataclass(frozen=True)
class Asked:
    """A question, and where it is asked."""

    block: Mapping
    etape: str
    competences: tuple[str, ...]

    @property
    def statement(self) -> str:
        return plain(self.block["value"]["statement"])

    @property
    def words(self) -> str:
        """What it is found by: all that is read in it, and the title of its étape."""
        value = self.block["value"]
        return folded(" ".join([self.etape, *(plain(value.get(name)) for name in READ)]))


def plain(value) -> str:
    if isinstance(value, list):
        return " ".join(plain(one["value"]) for one in value)
    if isinstance(value, Mapping):
        return " ".join(plain(one) for one in value.values())
    text = unescape(TAG.sub(" ", value)) if isinstance(value, str) else ""
    return " ".join(text.split())


def searched(text: str) -> list[str]:
    return [singular(word) for word in folded(text).split()][:8]


def asked_in(etapes: Sequence[Mapping], of_module: Sequence[str]) -> Iterator[Asked]:
    """Every question of a module, in order; `of_module` is what an étape works on when it says nothing."""
    for etape in etapes:
        value = etape["value"]
        competences = tuple(value.get("competences") or of_module)
        for block in series_of(value):
            for question in block["value"]["questions"]:
                if question["type"] != REPRISE:
                    yield Asked(question, value.get("title") or "", competences)


def series_of(etape: Mapping) -> list[Mapping]:
    return [block for block in etape["content"] if block["type"] == "questions"]


def chosen_in(etapes: Sequence[Mapping]) -> list:
    """What was chosen in each block that takes a question up; None where nothing was yet."""
    blocks = [one for block in series_in(etapes) for one in block["value"]["questions"]]
    return [one["value"] for one in blocks if one["type"] == REPRISE]


def series_in(etapes: Sequence[Mapping]) -> list[Mapping]:
    return [block for etape in etapes for block in series_of(etape["value"])]


def take_up(etapes: Sequence[Mapping], found: Callable[[str, object], Mapping | None]) -> None:
    """Put a question in place of each of those that were chosen; nothing where nothing was, or can be any more.

    `found`: (id of the block, what was chosen) → the question to put there, of this id.
    """
    for block in series_in(etapes):
        questions = []
        for one in block["value"]["questions"]:
            questions.append(found(one["id"], one["value"]) if one["type"] == REPRISE else one)
        block["value"]["questions"] = [one for one in questions if one]


def copied(block: Mapping, block_id: str, *, taken_from: str, module: str) -> dict:
    """The same question under another id, all that it holds renamed after it.

    `module`: the address of the module it comes from; nothing when it stays in its own.
    """
    value = renamed(block["value"], block_id)
    taught = value.get("taught_in") or ""
    if taught and module and "/" not in taught:
        taught = f"{module}/{taught}"
    return {"type": block["type"], "id": block_id, "value": value | {"taught_in": taught, "taken_from": taken_from}}


def renamed(value, owner: str):
    if isinstance(value, list):
        return [renamed(one, owner) for one in value]
    if not isinstance(value, Mapping):
        return value
    inner = {key: renamed(one, owner) for key, one in value.items()}
    if inner.keys() >= {"type", "value", "id"}:
        inner["id"] = str(uuid.uuid5(uuid.UUID(owner), str(inner["id"])))
    return inner
