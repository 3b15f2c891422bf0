"""What granted measures change, for whoever times or shows something. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

EXTRA_TIME, BREAKS, WITHOUT_IMAGES, SCRIBE, ROOM, INTERPRETER = (
    "temps-majore",
    "pauses",
    "sans-image",
    "secretaire",
    "salle",
    "interprete",
)


@dataclass(frozen=True)
class Granted:
    """The measures in force for one person; `extra_percent` is added to every duration that is limited."""

    kinds: frozenset[str] = frozenset()
    extra_percent: int = 0

    @property
    def without_images(self) -> bool:
        return WITHOUT_IMAGES in self.kinds

    def time_allowed(self, seconds: int) -> int:
        """Seconds for a task limited to `seconds`, rounded up to the whole second."""
        return -(-seconds * (100 + self.extra_percent) // 100)


def granted(measures: Iterable[tuple[str, int]]) -> Granted:
    """From (kind, percent) pairs: the longest extra time wins, whoever granted it."""
    pairs = list(measures)
    percents = [percent for kind, percent in pairs if kind == EXTRA_TIME]
    return Granted(frozenset(kind for kind, _ in pairs), max(percents, default=0))
