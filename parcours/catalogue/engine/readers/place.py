"""Where the blocks of a module are put as they are read: the étape in hand, what it names, what it shows."""

from dataclasses import dataclass, field

from parcours.catalogue.engine import header
from parcours.catalogue.engine.fences import Block, Lines
from parcours.catalogue.engine.header import Field
from parcours.catalogue.engine.ids import stable_id
from parcours.catalogue.engine.markdown import to_html
from parcours.catalogue.engine.questions import Serie
from parcours.catalogue.engine.source import Source


@dataclass
class Etape:
    id: str
    line: int
    value: dict
    headings: list[tuple[int, int]] = field(default_factory=list)
    """(line, level) of what reads as a title, to see that none is jumped."""


class Place:
    def __init__(self, source: Source, module: str, series: dict[str, Serie]):
        self.source, self.module, self.series = source, module, series
        self.media: list[tuple[int, str, str]] = []
        self.used: set[str] = set()
        self.etape: Etape | None = None

    @property
    def path(self) -> tuple[str, ...]:
        return ("module", self.module, "etape", self.etape.id)

    def take(self, block: Block, fields: dict[str, Field], lines: Lines | None = None) -> dict:
        entries = header.parse(self.source, block.lines if lines is None else lines)
        return header.take(self.source, entries, fields, block.line)

    def add(self, kind: str, value, name: str = "") -> None:
        """Without a name of its own, a block is known by its rank among those of its kind."""
        content = self.etape.value["content"]
        rank = name or str(1 + sum(1 for block in content if block["type"] == kind))
        block_id = stable_id(*self.path, kind, rank)
        if any(block["id"] == block_id for block in content):
            self.source.say(self.etape.line, f"l’id « {name} » est écrit deux fois dans l’étape.")
        content.append({"type": kind, "id": block_id, "value": value})

    def items(self, kind: str, name: str, values: list) -> list[dict]:
        """The values of a list in a block, each under an id of its own."""
        return [
            {"type": "item", "id": stable_id(*self.path, kind, name, str(rank)), "value": value}
            for rank, value in enumerate(values, start=1)
        ]

    def heading(self, line: int, level: int = 2) -> None:
        self.etape.headings.append((line, level))

    def titled(self, block: Block) -> None:
        if not block.title:
            self.source.say(block.line, f"il manque un titre : « ::: {block.name} Titre ».")
        self.heading(block.line)

    def passage(self, lines: Lines, at: int, what: str) -> str:
        html = to_html(self.source, lines)
        if not html:
            self.source.say(at, f"il manque {what}.")
        return html

    def after_ruler(self, block: Block, what: str) -> str:
        """The passage under the header of a block."""
        parts = block.parts()
        return self.passage(parts[1] if len(parts) > 1 else [], block.line, f"{what}, après une ligne « --- »")

    def medium(self, block: Block, name: str, kind: str) -> str:
        if name:
            self.media.append((block.line, name, kind))
        return name
