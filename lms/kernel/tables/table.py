from collections.abc import Iterator
from dataclasses import dataclass, field

from lms.kernel.tables.encodings import Encoding


@dataclass(frozen=True)
class Row:
    """Cells of one line, as text. `line` is the one a text editor or a spreadsheet shows beside it."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """What was found of a table before its rows are read: they come one by one, once, without the blank ones."""

    kind: str
    rows: Iterator[Row] = field(repr=False)
    encoding: Encoding | None = None
    separator: str = ""
    sheet: str = ""
    other_sheets: int = 0

    @property
    def reading(self) -> list[tuple[str, str]]:
        """How it was read, to be shown: what a person checks when accents or columns look wrong."""
        told = [("Format", self.kind)]
        if self.encoding:
            told.append(("Alphabet", f"{self.encoding.label}{' (deviné)' if self.encoding.guessed else ''}"))
        if self.separator:
            told.append(("Séparateur", SEPARATORS[self.separator]))
        if self.sheet:
            told.append(("Feuille lue", self.sheet))
        if self.other_sheets:
            told.append(("Feuilles laissées de côté", str(self.other_sheets)))
        return told


SEPARATORS = {";": "point-virgule", ",": "virgule", "\t": "tabulation", "|": "barre verticale"}
