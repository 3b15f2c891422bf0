"""Which column holds what: by its heading, whatever its order, case, accents and usual names; else by its content."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice

from lms.kernel.tables.table import Row

SAMPLE_ROWS = 200
LONGEST_HEADING = 400  # characters compared; a paragraph is no heading
HEADING_WITHIN = 20  # rows from the top: titles and notes come before
SURE, UNLIKELY = 0.6, 0.2
ASIDE = re.compile(r"\([^)]*\)|\[[^\]]*\]")
WHOSE = re.compile(
    r"\b(obligatoire|facultati(f|ve)|professionnel(le)?|pro|usuel(le)?|de famille|de naissance|d usage|d etat civil|"
    r"(de |du |des )(l |la |le )?(agent|stagiaire|apprenant|personne|participant|aidant|salarie|collaborateur|collegue)"
    r"(e|s|es)?( a former)?)\b"
)


@dataclass(frozen=True)
class Column:
    """What a room looks for. `names`: the headings it goes by, the most usual first.

    `likeness` takes the rank of a column and a sample of rows, and says from 0 to 1 how much it looks like this one.
    """

    code: str
    label: str
    names: tuple[str, ...] = ()
    likeness: Callable[[int, Sequence[Row]], float] | None = None


@dataclass(frozen=True)
class Layout:
    """Where each column was found. `above`: the rows over the headings, titles or people written too high."""

    positions: dict[str, int]
    width: int
    headings: tuple[str, ...] = ()
    above: tuple[Row, ...] = ()

    def values(self, row: Row) -> dict[str, str]:
        return {code: row.cells[at] if at < len(row.cells) else "" for code, at in self.positions.items()}

    def heading_of(self, code: str) -> str:
        """What the file calls this column; nothing when it has no headings, or not this one."""
        at = self.positions.get(code, len(self.headings))
        return self.headings[at] if at < len(self.headings) else ""

    def overflows(self, row: Row) -> bool:
        """Whether the row has more cells than there are headings."""
        return bool(self.headings) and any(row.cells[self.width :])


def heading_key(text: str) -> str:
    """A heading as it is compared: without case, accents, punctuation, nor what stands in brackets."""
    text = unicodedata.normalize("NFKD", ASIDE.sub(" ", text[:LONGEST_HEADING])).casefold()
    letters = (char if char.isalnum() else " " for char in text if not unicodedata.combining(char))
    return " ".join("".join(letters).split())


def recognise(rows: Iterable[Row], columns: Sequence[Column]) -> tuple[Layout, Iterator[Row]]:
    """The layout of a table, and the rows that are its content."""
    rows = iter(rows)
    sample = list(islice(rows, SAMPLE_ROWS))
    at, found = _heading_row(sample, columns)
    content = sample if at is None else sample[at + 1 :]
    headings = () if at is None else sample[at].cells
    width = max(len(headings), 0 if headings else max(map(len, (row.cells for row in content)), default=0))
    widest = max((len(row.cells) for row in content), default=width)
    positions = _by_content(_believed(found, columns, content, widest), columns, content, widest)
    above = tuple(sample[:at]) if at else ()
    return Layout(positions, width, headings, above), chain(content, rows)


def is_heading(cells: Sequence[str], columns: Sequence[Column]) -> bool:
    """Whether a row repeats headings, as lists pasted one after the other do."""
    filled = [cell for cell in cells if cell]
    found = _matched(cells, columns)
    return bool(found) and (len(found) >= 2 or len(found) == len(filled))


def _heading_row(sample, columns):
    matches = [_matched(row.cells, columns) for row in sample[:HEADING_WITHIN]]
    best = max(map(len, matches), default=0)
    for at, found in enumerate(matches):
        if found and len(found) == best and is_heading(sample[at].cells, columns):
            return at, found
    return None, {}


def _matched(cells, columns) -> dict[str, int]:
    """The place of each column among these headings: the most usual of its names wins."""
    keys = [heading_key(cell) for cell in cells]
    plain = [" ".join(WHOSE.sub(" ", key).split()) or key for key in keys]
    found = {}
    for column in columns:
        names = [heading_key(name) for name in (column.label, *column.names)]
        ranks = [
            (exact, names.index(key), at)
            for exact, spelling in enumerate((keys, plain))
            for at, key in enumerate(spelling)
            if key in names and at not in found.values()
        ]
        if ranks:
            found[column.code] = min(ranks)[2]
    return found


def _believed(found, columns, content, widest) -> dict[str, int]:
    """The headings, save one whose content denies it while another column fits: headings slip sideways."""
    kept = dict(found)
    for column in columns:
        at = kept.get(column.code)
        if at is None or column.likeness is None or column.likeness(at, content) > UNLIKELY:
            continue
        fitting = next((one for one in range(widest) if column.likeness(one, content) > SURE), None)
        if fitting is not None:
            kept = {code: at if place == fitting else place for code, place in kept.items()} | {column.code: fitting}
    return kept


def _by_content(found, columns, content, widest) -> dict[str, int]:
    """Complete with the columns that look like what is still wanted, the surest first."""
    found = dict(found)
    missing = [column for column in columns if column.code not in found and column.likeness]
    scores = sorted(
        ((column.likeness(at, content), -at, column.code) for column in missing for at in range(widest)), reverse=True
    )
    for score, place, code in scores:
        if score >= SURE and code not in found and -place not in found.values():
            found[code] = -place
    return found
