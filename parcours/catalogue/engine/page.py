"""A page of the site: home, help, legal pages."""

from dataclasses import dataclass

from parcours.catalogue.engine import header
from parcours.catalogue.engine.fences import Block, Text, front_matter, split
from parcours.catalogue.engine.header import Field
from parcours.catalogue.engine.ids import stable_id
from parcours.catalogue.engine.markdown import to_html
from parcours.catalogue.engine.readers.textes import read_encadre
from parcours.catalogue.engine.source import Source

HEADER = {
    "type": Field(header.one_of("accueil", "page")),
    "id": Field(header.slug),
    "titre": Field(header.text),
    "slug": Field(header.slug),
    "resume": Field(header.text, required=False),
    "a_jour_le": Field(header.day, required=False, default=None),
}


@dataclass
class SitePage:
    source: Source
    values: dict
    body: list[dict]

    @property
    def id(self) -> str:
        return self.values["id"]


def parse_page(source: Source) -> SitePage | None:
    head, lines = front_matter(source)
    if not head:
        return None
    values = header.take(source, header.parse(source, head), HEADER, 1)
    body: list[dict] = []
    for piece in split(source, lines):
        block = read_piece(source, piece)
        if block:
            body.append({"type": block[0], "id": stable_id("page", values["id"], str(len(body))), "value": block[1]})
    return SitePage(source, values, body)


def read_piece(source: Source, piece) -> tuple[str, object] | None:
    if isinstance(piece, Text):
        return "texte", to_html(source, piece.lines, titles=True)
    if isinstance(piece, Block) and piece.name == "encadre":
        return "encadre", read_encadre(source, piece)
    source.say(piece.line, "une page contient du texte, des titres « ## » et des encadrés.")
    return None
