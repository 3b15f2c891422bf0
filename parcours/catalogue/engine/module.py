"""A module file: its header, its étapes, and the raw CMS content they become."""

from dataclasses import dataclass

from parcours.catalogue.engine import durations, header
from parcours.catalogue.engine.fences import Block, Text, Title, front_matter, split
from parcours.catalogue.engine.header import Field
from parcours.catalogue.engine.ids import stable_id
from parcours.catalogue.engine.markdown import to_html
from parcours.catalogue.engine.questions import Serie
from parcours.catalogue.engine.readers import READERS, Etape, Place
from parcours.catalogue.engine.source import Source
from parcours.catalogue.engine.typography import french

HEADER = {
    "type": Field(header.one_of("module")),
    "id": Field(header.slug),
    "titre": Field(header.text),
    "slug": Field(header.slug),
    "resume": Field(header.text),
    "objectifs": Field(header.items, default=[]),
    "competences": Field(header.words, required=False, default=[]),
    "relu_le": Field(header.day, required=False, default=None),
    "a_relire_le": Field(header.day, required=False, default=None),
    "sources": Field(header.items, required=False, default=[]),
}
ETAPE = {
    "id": Field(header.slug),
    "minutes": Field(header.integer, default=1),
    "reflexion": Field(header.integer, required=False, default=0),
    "reflexion_pour": Field(header.text, required=False),
    "duree": Field(header.text, required=False),
    "competences": Field(header.words, required=False, default=[]),
}
ESTIMATE = "estimation à vérifier"


@dataclass
class Module:
    source: Source
    values: dict
    etapes: list[Etape]
    media: list[tuple[int, str, str]]
    """(line, file, kind) of each image, document, video or captions file it shows."""

    @property
    def id(self) -> str:
        return self.values["id"]

    @property
    def minutes(self) -> int:
        return sum(etape.value["minutes"] for etape in self.etapes)

    @property
    def body(self) -> list[dict]:
        return [
            {"type": "etape", "id": stable_id("module", self.id, "etape", etape.id), "value": etape.value}
            for etape in self.etapes
        ]


def parse_module(source: Source, series: list[Serie]) -> Module | None:
    head, body = front_matter(source)
    if not head:
        return None
    values = header.take(source, header.parse(source, head), HEADER, 1)
    reader = Reader(source, values["id"], {serie.id: serie for serie in series})
    for piece in split(source, body):
        reader.read(piece)
    if not reader.etapes:
        source.say(1, "ce module n’a pas d’étape : un titre « # », puis un bloc « ::: etape ».")
    for etape in reader.etapes:
        check(source, etape)
    for serie in reader.series.values():
        if serie.id and serie.id not in reader.used:
            source.say(1, f"la série de questions « {serie.id} » n’est montrée par aucune étape.")
    return Module(source, values, reader.etapes, reader.media)


def check(source: Source, etape: Etape) -> None:
    minutes = etape.value["minutes"]
    for sentence in (*durations.faults(minutes, durations.measure(etape.value)), durations.too_long(minutes)):
        if sentence:
            source.say(etape.line, f"étape « {etape.id} » : {sentence}")
    level = 1
    for line, reached in etape.headings:
        if reached > level + 1:
            source.say(line, "un intertitre « ### » sans « ## » au-dessus de lui.")
        level = reached
    rules = [block["value"]["rule"] for block in etape.value["content"] if block["type"] == "questions"]
    if "score" in rules and len(rules) > 1:
        source.say(etape.line, f"étape « {etape.id} » : un quiz noté est la seule série de son étape.")
    if not etape.value["content"]:
        source.say(etape.line, f"étape « {etape.id} » : elle est vide.")


class Reader(Place):
    """Reads the pieces of a module in order."""

    def __init__(self, source: Source, module: str, series: dict[str, Serie]):
        super().__init__(source, module, series)
        self.etapes: list[Etape] = []
        self.title: Title | None = None
        self.is_lost = False

    def read(self, piece) -> None:
        if isinstance(piece, Title):
            self.title, self.etape, self.is_lost = piece, None, False
        elif isinstance(piece, Block) and piece.name == "etape":
            self.open(piece)
        elif self.etape is None:
            self.stray(piece.line)
        elif isinstance(piece, Text):
            self.text(piece)
        else:
            self.block(piece)

    def stray(self, line: int) -> None:
        """Said once: what follows is lost for the same reason."""
        if not self.is_lost:
            self.source.say(line, "ce passage n’est dans aucune étape : un titre « # », puis « ::: etape ».")
        self.is_lost = True

    def open(self, block: Block) -> None:
        if self.title is None or self.etape is not None:
            self.source.say(block.line, "« ::: etape » suit un titre « # », une fois par étape.")
            return
        values = self.take(block, ETAPE)
        if any(etape.id == values["id"] for etape in self.etapes):
            self.source.say(block.line, f"l’id d’étape « {values['id']} » est déjà pris plus haut.")
        if values["duree"] and values["duree"] != ESTIMATE:
            self.source.say(block.line, f"« duree » ne peut valoir que « {ESTIMATE} ».")
        value = {
            "title": french(self.title.text),
            "slug": values["id"],
            "minutes": values["minutes"],
            "reflection": values["reflexion"],
            "reflection_reason": values["reflexion_pour"],
            "estimate": values["duree"] == ESTIMATE,
            "competences": values["competences"],
            "content": [],
        }
        self.etape = Etape(values["id"], block.line, value)
        self.etapes.append(self.etape)

    def text(self, piece: Text) -> None:
        for line, content in piece.lines:
            if content.startswith(("## ", "### ")):
                self.heading(line, content.index(" "))
        self.add("texte", to_html(self.source, piece.lines, titles=True))

    def block(self, block: Block) -> None:
        if block.name in READERS:
            READERS[block.name](self, block)
        else:
            names = ", ".join(READERS)
            self.source.say(block.line, f"le bloc « {block.name} » n’existe pas ; les blocs possibles sont : {names}.")
