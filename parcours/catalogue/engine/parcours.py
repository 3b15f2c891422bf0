"""A parcours file: what the public must know of it, and the modules it lists."""

from dataclasses import dataclass

from parcours.catalogue.engine import header
from parcours.catalogue.engine.fences import Text, front_matter, split
from parcours.catalogue.engine.header import Field
from parcours.catalogue.engine.markdown import to_html
from parcours.catalogue.engine.source import Source

MODALITIES = ("a-distance", "presentiel", "mixte")
HEADER = {
    "type": Field(header.one_of("parcours")),
    "id": Field(header.slug),
    "titre": Field(header.text),
    "slug": Field(header.slug),
    "resume": Field(header.text),
    "minutes": Field(header.integer, default=0),
    "modalite": Field(header.one_of(*MODALITIES), required=False, default="a-distance"),
    "habilitation": Field(header.yes, required=False, default=False),
    "nature": Field(header.text, required=False, default="Action de formation"),
    "modules": Field(header.words, default=[]),
    "public": Field(header.text),
    "prerequis": Field(header.text),
    "objectifs": Field(header.items, default=[]),
    "modalites": Field(header.text),
    "delais_acces": Field(header.text),
    "tarif": Field(header.text),
    "contact": Field(header.text),
    "methodes": Field(header.text),
    "evaluation": Field(header.text),
    "accessibilite": Field(header.text),
    "handicap": Field(header.text, required=False),
    "programme": Field(header.text, required=False),
}


@dataclass
class Parcours:
    source: Source
    values: dict
    presentation: str
    minutes_line: int
    modules_line: int

    @property
    def id(self) -> str:
        return self.values["id"]


def parse_parcours(source: Source) -> Parcours | None:
    head, body = front_matter(source)
    if not head:
        return None
    entries = header.parse(source, head)
    values = header.take(source, entries, HEADER, 1)
    presentation = ""
    for piece in split(source, body):
        if isinstance(piece, Text):
            presentation += to_html(source, piece.lines, titles=True)
        else:
            source.say(piece.line, "la présentation d’un parcours est du texte, avec des titres « ## ».")
    for module in {name for name in values["modules"] if values["modules"].count(name) > 1}:
        source.say(entries["modules"].line, f"le module « {module} » est cité deux fois.")

    def line_of(key):
        return entries[key].line if key in entries else 1

    return Parcours(source, values, presentation, line_of("minutes"), line_of("modules"))
