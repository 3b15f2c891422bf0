"""Blocks that are read."""

from parcours.catalogue.engine.fences import Block
from parcours.catalogue.engine.markdown import to_html, to_steps
from parcours.catalogue.engine.readers.place import Place
from parcours.catalogue.engine.source import Source
from parcours.catalogue.engine.typography import french

CALLOUTS = ("attention", "situation")


def read_encadre(source: Source, block: Block) -> dict:
    """`::: encadre [attention|situation] Titre`; without a kind, what is to be remembered."""
    first, _, rest = block.title.partition(" ")
    kind, title = (first, rest) if first in CALLOUTS else ("retenir", block.title)
    text = to_html(source, block.lines)
    if not text:
        source.say(block.line, "cet encadré est vide.")
    return {"kind": kind, "title": french(title.strip()), "text": text}


def encadre(place: Place, block: Block) -> None:
    place.add("encadre", read_encadre(place.source, block))


def marche(place: Place, block: Block) -> None:
    steps = to_steps(place.source, block.lines, block.line)
    place.titled(block)
    place.add("marche", {"title": french(block.title), "steps": place.items("marche", block.title, steps)})
