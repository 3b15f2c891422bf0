"""Blocks that are read."""

import re

from parcours.catalogue.engine import header
from parcours.catalogue.engine.fences import Block, Lines
from parcours.catalogue.engine.header import Field
from parcours.catalogue.engine.markdown import to_html, to_steps
from parcours.catalogue.engine.readers.place import Place
from parcours.catalogue.engine.source import Source
from parcours.catalogue.engine.typography import french

CALLOUTS = ("attention", "situation")
CITATION = {
    "auteur": Field(header.text, required=False),
    "source": Field(header.text),
    "annee": Field(header.integer, required=False, default=None),
    "url": Field(header.raw, required=False),
}
SECTION = re.compile(r"^###[ \u00a0]+(.+)$")
TERM = re.compile(r"^(\S.*?)[ \u00a0]?:[ \u00a0]+(\S.*)$")
GLOSSARY = "Glossaire"


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


def citation(place: Place, block: Block) -> None:
    values = place.take(block, CITATION, block.parts()[0])
    if values["url"] and not values["url"].startswith("https://"):
        place.source.say(block.line, "« url » doit commencer par https://.")
    value = {
        "text": place.after_ruler(block, "le texte cité"),
        "author": values["auteur"],
        "source": values["source"],
        "year": values["annee"],
        "url": values["url"],
    }
    place.add("citation", value)


def accordeon(place: Place, block: Block) -> None:
    sections: list[tuple[str, int, Lines]] = []
    for number, line in block.lines:
        if match := SECTION.match(line):
            sections.append((french(match[1].strip()), number, []))
        elif sections:
            sections[-1][2].append((number, line))
        elif line.strip():
            place.source.say(number, "un accordéon commence par le titre de sa première section : « ### Titre ».")
    if len(sections) < 2:
        place.source.say(block.line, "un accordéon a au moins deux sections, ouvertes par « ### ».")
    place.titled(block)
    values = [
        {"title": title, "text": place.passage(lines, line, f"le texte de la section « {title} »")}
        for title, line, lines in sections
    ]
    place.add("accordeon", {"title": french(block.title), "sections": place.items("accordeon", block.title, values)})


def glossaire(place: Place, block: Block) -> None:
    terms: list[tuple[str, Lines]] = []
    for number, line in block.lines:
        if terms and line.startswith(" ") and line.strip():
            terms[-1][1].append((number, line.strip()))
        elif match := TERM.match(line):
            terms.append((french(match[1].strip()), [(number, match[2])]))
        elif line.strip():
            place.source.say(number, "une ligne de glossaire s’écrit « terme : définition ».")
    names = [term.casefold() for term, _ in terms]
    if not terms:
        place.source.say(block.line, "ce glossaire est vide.")
    if len(set(names)) < len(names):
        place.source.say(block.line, "un terme de ce glossaire est défini deux fois.")
    values = [{"term": term, "definition": to_html(place.source, lines)} for term, lines in terms]
    place.heading(block.line)
    title = french(block.title) or GLOSSARY
    place.add("glossaire", {"title": title, "terms": place.items("glossaire", title, values)})
