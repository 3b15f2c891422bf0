"""The evidence of a session by indicator, in the framework in force when it was held: what is missing first."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from parcours.quality.documents.evidence import keeping, training
from parcours.quality.documents.evidence.case import Case
from parcours.quality.documents.evidence.piece import Piece
from parcours.quality.engine.archive import path_of
from parcours.quality.lifecycle import WatchTopic
from parcours.quality.models import Indicator, Referential

PROOFS: dict[str, Callable[[Case], Iterator[Piece]]] = {
    "public_page": training.public_page,
    "results": training.results,
    "programme": training.programme,
    "coverage": training.coverage,
    "needs": training.needs,
    "schedule": training.schedule,
    "deliveries": training.deliveries,
    "papers": training.papers,
    "signatures": training.signatures,
    "traces": training.traces,
    "threads": training.threads,
    "abandonments": keeping.abandonments,
    "trainers": keeping.trainers,
    "trainer_updates": keeping.trainer_updates,
    "watch_law": keeping.watch(WatchTopic.LAW, "watch_law"),
    "watch_trade": keeping.watch(WatchTopic.TRADE, "watch_trade"),
    "watch_method": keeping.watch(WatchTopic.METHOD, "watch_method"),
    "disability": keeping.disability,
    "subcontracts": keeping.subcontracts,
    "appreciations": keeping.appreciations,
    "complaints": keeping.complaints,
    "hazards": keeping.hazards,
    "improvements": keeping.improvements,
}
"""What this product gathers by itself; an indicator may ask for other codes, that stay to be joined by hand."""


@dataclass(frozen=True)
class PackedPiece:
    """A piece and where it stands in the pack."""

    piece: Piece
    path: str


@dataclass(frozen=True)
class IndicatorProofs:
    indicator: Indicator
    files: tuple[PackedPiece, ...]

    @property
    def is_missing(self):
        return self.indicator.in_scope and not self.files

    @property
    def rank(self):
        """Missing first, then proven, then out of scope."""
        return (0 if self.is_missing else 1 if self.indicator.in_scope else 2, self.indicator.position)


@dataclass(frozen=True)
class Evidence:
    case: Case
    referential: Referential | None
    files: tuple[PackedPiece, ...]
    entries: tuple[IndicatorProofs, ...]

    @property
    def missing(self) -> list[IndicatorProofs]:
        return [one for one in self.entries if one.is_missing]

    def limited_to(self, numbers) -> "Evidence":
        """What an access to these indicators alone opens; to all of them when there is none."""
        if not numbers:
            return self
        entries = tuple(one for one in self.entries if one.indicator.number in numbers)
        paths = {filed.path for one in entries for filed in one.files}
        files = tuple(one for one in self.files if one.path in paths)
        return replace(self, files=files, entries=entries)

    def file(self, path) -> PackedPiece | None:
        return next((one for one in self.files if one.path == path), None)


def evidence_of(case: Case) -> Evidence:
    """Every piece, found but not read yet, in an order that never changes."""
    pieces = [piece for find in PROOFS.values() for piece in find(case)]
    files = tuple(_filed(pieces))
    referential = Referential.objects.on(case.first_day).first()
    indicators = list(referential.indicators.order_by("position")) if referential else []
    entries = [
        IndicatorProofs(one, tuple(each for each in files if each.piece.proof in one.proofs)) for one in indicators
    ]
    return Evidence(case, referential, files, tuple(sorted(entries, key=lambda one: one.rank)))


def _filed(pieces) -> Iterator[PackedPiece]:
    ranks: dict[str, int] = {}
    for piece in pieces:
        ranks[piece.folder] = ranks.get(piece.folder, 0) + 1
        yield PackedPiece(piece, path_of(piece.folder, ranks[piece.folder], piece.stem or piece.title, piece.extension))
