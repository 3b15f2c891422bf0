"""A question as its author wrote it, and how each kind is read."""

from collections.abc import Callable
from dataclasses import dataclass, field

import yaml

from parcours.catalogue.engine.header import Entry, Field
from parcours.catalogue.engine.source import Source


@dataclass(frozen=True)
class Written:
    source: Source
    node: yaml.Node
    found: dict[str, Entry]
    values: dict
    path: tuple[str, ...]
    line: int

    @property
    def kind(self) -> str:
        return self.values["type"]


@dataclass(frozen=True)
class Kind:
    """`aside`: the keys that `read` reads by itself; it gives the raw CMS content proper to the kind."""

    read: Callable[[Written], dict]
    fields: dict[str, Field] = field(default_factory=dict)
    aside: tuple[str, ...] = ()
