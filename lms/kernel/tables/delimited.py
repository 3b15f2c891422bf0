"""Lines of text cut into cells: by a separator, or as a mail program writes people."""

import codecs
import csv
import io
import re
from collections import Counter, deque
from collections.abc import Iterable, Iterator

from lms.kernel.tables.encodings import CHUNK
from lms.kernel.tables.table import SEPARATORS, Row

SAMPLE_LINES = 60
LINES_IN_A_CELL = 25  # a quote not closed after as many lines never was one
DECLARED = re.compile(r'^"?sep=(.)"?$', re.IGNORECASE)
QUOTED = re.compile(r' *"(?:[^"]|"")*+"')
# Each begins where a name or a word does: from anywhere, a long line would be read again from each of its letters.
ADDRESSED = re.compile(r"(?<![^<>])([^<>]*+)<([^<>]*+)>")
WITH_ADDRESS = re.compile(r"<[^<>@]*+@[^<>]*+>")
ADDRESS = re.compile(r"(?<![^\s<>;,|])[^\s<>;,|]*@[^\s<>;,|]*")
OPENING = re.compile(r' *"')


def lines_of(file, codec) -> Iterator[str]:
    """The lines of a binary file, whatever ends them, without ever holding more than a piece of it."""
    decoder = io.IncrementalNewlineDecoder(codecs.getincrementaldecoder(codec)("replace"), translate=True)
    rest = ""
    while chunk := file.read(CHUNK):
        *lines, rest = (rest + decoder.decode(chunk)).split("\n")
        yield from lines
    yield from (rest + decoder.decode(b"", final=True)).split("\n")


def separator_of(sample: Iterable[str]) -> str:
    """What cuts these lines into the same number of cells, most often and most finely; nothing when nothing does."""
    lines = [line for line in sample if line.strip()]
    if lines and (declared := DECLARED.match(lines[0])) and declared[1] in SEPARATORS:
        return declared[1]
    if _are_people(lines):
        return ""
    return max((_regularity(lines, each), each) for each in SEPARATORS)[1] if _cut(lines) else ""


def _cut(lines):
    return any(_regularity(lines, each)[0] for each in SEPARATORS)


def _regularity(lines, separator) -> tuple[int, bool, int, bool]:
    """How many lines are cut alike; between equals, what no space follows as in a sentence, then the finest."""
    widths = Counter(len(_cells([line], separator)) for line in lines)
    widths.pop(1, None)
    width, count = widths.most_common(1)[0] if widths else (1, 0)
    spaced = sum(line.count(f"{separator} ") for line in lines)
    return count, 2 * spaced < sum(line.count(separator) for line in lines), width, separator == ";"


def _are_people(lines) -> bool:
    """Lines of people rather than of cells: « Marie Durand <marie@…> », or nothing but addresses."""
    people = [line for line in lines if WITH_ADDRESS.search(line) or _only_addresses(line)]
    return bool(lines) and 2 * len(people) >= len(lines)


def _only_addresses(line) -> bool:
    parts = [part for part in re.split("[;,]", line) if part.strip()]
    return len(parts) > 1 and all("@" in part for part in parts)


def rows_cut(lines: Iterable[str], separator: str) -> Iterator[Row]:
    """One row per record; a quoted cell may go on over several lines."""
    source, waiting = enumerate(lines, 1), deque()

    def following():
        return waiting.popleft() if waiting else next(source, None)

    while first := following():
        block = [first]
        while opened := _is_open("\n".join(line for _, line in block), separator):
            more = following() if len(block) < LINES_IN_A_CELL else None
            if more is None:
                break
            block.append(more)
        if opened:
            waiting.extendleft(reversed(block[1:]))
            yield Row(first[0], tuple(first[1].split(separator)))
        elif not (first[0] == 1 and DECLARED.match(first[1])):
            yield Row(first[0], tuple(_cells([f"{line}\n" for _, line in block], separator)))


def _is_open(text, separator) -> bool:
    """Whether a quoted cell is not closed at the end of this text."""
    if '"' not in text:
        return False
    at = 0
    while True:
        if OPENING.match(text, at):
            quoted = QUOTED.match(text, at)
            if quoted is None:
                return True
            at = quoted.end()
        at = text.find(separator, at) + 1
        if not at:
            return False


def _cells(lines, separator) -> list[str]:
    try:
        return next(csv.reader(lines, delimiter=separator, skipinitialspace=separator != "\t"), [])
    except csv.Error:  # a cell beyond the limit of the library: ours says it in a sentence
        return "".join(lines).split(separator)


def rows_of_people(lines: Iterable[str]) -> Iterator[Row]:
    """Two cells per person: what names them, and their address."""
    for number, line in enumerate(lines, 1):
        for name, address in _people(line):
            yield Row(number, (name.strip(' ,;"\t'), address.strip()))


def _people(line) -> list[tuple[str, str]]:
    if addressed := ADDRESSED.findall(line):
        return addressed
    if _only_addresses(line):
        return [_person(part) for part in re.split("[;,]", line) if part.strip()]
    return [_person(line)]


def _person(text) -> tuple[str, str]:
    found = ADDRESS.search(text)
    return (text[: found.start()] + text[found.end() :], found[0]) if found else (text, "")
