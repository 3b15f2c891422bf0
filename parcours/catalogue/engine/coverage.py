"""Which étape of a parcours trains which competence, and whether anything evaluates it. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

TAUGHT, EVALUATED, LIVE = "abordée", "évaluée", "en direct"


@dataclass(frozen=True)
class Piece:
    """An étape, or a live half-day; `questions` is how many it asks."""

    title: str
    group: str
    minutes: int
    competences: tuple[str, ...]
    questions: int = 0
    live: bool = False

    def says(self, code: str) -> str:
        if code not in self.competences:
            return ""
        return LIVE if self.live else EVALUATED if self.questions else TAUGHT


@dataclass(frozen=True)
class Column:
    """A competence, and what the whole parcours gives it."""

    code: str
    label: str
    etapes: int
    minutes: int
    questions: int
    live: int

    @property
    def is_evaluated(self) -> bool:
        return self.questions > 0

    @property
    def verdict(self) -> str:
        if self.questions:
            return f"oui, {self.questions} question{'s' if self.questions > 1 else ''}"
        return "en direct seulement" if self.live else "jamais évaluée"


@dataclass(frozen=True)
class Row:
    piece: Piece
    cells: tuple[str, ...]

    @property
    def count(self) -> int:
        return sum(1 for cell in self.cells if cell)


@dataclass(frozen=True)
class Coverage:
    columns: tuple[Column, ...]
    groups: tuple[tuple[str, tuple[Row, ...]], ...]
    """Each module with its étapes, then the half-days."""

    @property
    def never_evaluated(self) -> list[Column]:
        return [column for column in self.columns if not column.is_evaluated]


def coverage(pieces: Sequence[Piece], named: Mapping[str, str]) -> Coverage:
    """`named`: the label of each competence, in the order of the columns; one nobody named keeps its code."""
    used = {code for piece in pieces for code in piece.competences}
    codes = [code for code in named if code in used] + sorted(used - named.keys())
    columns = tuple(column_of(code, named.get(code, code), pieces) for code in codes)
    groups: dict[str, list[Row]] = {}
    for piece in pieces:
        groups.setdefault(piece.group, []).append(Row(piece, tuple(piece.says(code) for code in codes)))
    return Coverage(columns, tuple((group, tuple(rows)) for group, rows in groups.items()))


def column_of(code: str, label: str, pieces: Iterable[Piece]) -> Column:
    own = [piece for piece in pieces if code in piece.competences]
    online = [piece for piece in own if not piece.live]
    return Column(
        code,
        label,
        etapes=len(online),
        minutes=sum(piece.minutes for piece in own),
        questions=sum(piece.questions for piece in online),
        live=len(own) - len(online),
    )
