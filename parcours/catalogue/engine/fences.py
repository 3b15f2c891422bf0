"""The body of a file: titles `#`, blocks opened and closed by `:::`, and Markdown between them."""

import re
from dataclasses import dataclass, field

from parcours.catalogue.engine.source import Source

OPENING = re.compile(r"^:::\s*([^\s:]+)(?:\s+(.*))?$")
TITLE = re.compile(r"^#[ \u00a0]+(.+)$")
RULER = re.compile(r"^-{3,}\s*$")
Lines = list[tuple[int, str]]


@dataclass
class Title:
    text: str
    line: int


@dataclass
class Text:
    line: int
    lines: Lines = field(default_factory=list)


@dataclass
class Block:
    name: str
    title: str
    line: int
    lines: Lines = field(default_factory=list)

    def parts(self) -> list[Lines]:
        """The lines between the rulers `---`."""
        parts: list[Lines] = [[]]
        for number, line in self.lines:
            if RULER.match(line):
                parts.append([])
            else:
                parts[-1].append((number, line))
        return parts


Piece = Title | Text | Block


def front_matter(source: Source) -> tuple[Lines, Lines]:
    """The header and the body, with their line numbers."""
    lines = list(enumerate(source.lines, start=1))
    if not lines or not RULER.match(lines[0][1]):
        if not source.faults:
            source.say(1, "le fichier doit commencer par un en-tête entre deux lignes « --- ».")
        return [], []
    for index, (_, line) in enumerate(lines[1:], start=1):
        if RULER.match(line):
            return lines[1:index], lines[index + 1 :]
    source.say(1, "l’en-tête ouvert ici n’est pas fermé par une ligne « --- ».")
    return [], []


def split(source: Source, lines: Lines) -> list[Piece]:
    pieces: list[Piece] = []
    block = None
    for number, line in lines:
        opening = OPENING.match(line)
        if block and line.strip() == ":::":
            block = None
        elif opening:
            if block:
                unclosed(source, block)
            block = Block(opening[1], (opening[2] or "").strip(), number)
            pieces.append(block)
        elif block:
            block.lines.append((number, line))
        else:
            outside(source, pieces, number, line)
    if block:
        unclosed(source, block)
    return pieces


def outside(source: Source, pieces: list[Piece], number: int, line: str) -> None:
    if line.startswith(":::"):
        source.say(number, "« ::: » ne ferme aucun bloc, et n’en ouvre pas : il manque le nom du bloc.")
    elif RULER.match(line):
        source.say(number, "une ligne « --- » n’a de sens qu’en tête de fichier ou dans un bloc.")
    elif match := TITLE.match(line):
        pieces.append(Title(match[1].strip(), number))
    elif line.strip() or (pieces and isinstance(pieces[-1], Text)):
        if not pieces or not isinstance(pieces[-1], Text):
            pieces.append(Text(number))
        pieces[-1].lines.append((number, line))


def unclosed(source: Source, block: Block) -> None:
    source.say(block.line, f"le bloc « {block.name} » ouvert ici n’est pas fermé par « ::: ».")
