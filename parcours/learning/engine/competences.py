"""What may be said of a competence from recorded facts, and no more: never an official level. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from lms.kernel.formats import NBSP, counted


class Stage(StrEnum):
    UNTOUCHED = "untouched"
    WORKED = "worked"
    EVALUATED = "evaluated"


@dataclass(frozen=True)
class Work:
    """One étape that trains a competence, as one learner left it: opened or not, and the answers that count."""

    opened: bool = False
    answered: int = 0
    right: int = 0


@dataclass(frozen=True)
class Level:
    etapes: int
    opened: int
    answered: int
    right: int

    @property
    def stage(self) -> Stage:
        if self.answered:
            return Stage.EVALUATED
        return Stage.WORKED if self.opened else Stage.UNTOUCHED

    @property
    def words(self) -> str:
        if self.stage == Stage.EVALUATED:
            return f"évaluée{NBSP}: {counted(self.right, 'réponse juste', 'réponses justes')} sur{NBSP}{self.answered}"
        if self.stage == Stage.WORKED:
            return f"travaillée dans {counted(self.opened, 'étape', 'étapes')}"
        return "pas encore travaillée"


def level(works: Iterable[Work]) -> Level:
    works = list(works)
    return Level(
        etapes=len(works),
        opened=sum(work.opened for work in works),
        answered=sum(work.answered for work in works),
        right=sum(work.right for work in works),
    )


def counting(attempts: Sequence[Mapping], keep: str = "best") -> Mapping | None:
    """The attempt whose answers count: the finished one the rule keeps, or else the one in hand.

    `attempts`: {number, answered, right, score} in order; `score` is None until every question has its answer.
    """
    finished = [one for one in attempts if one["score"] is not None]
    if not finished:
        return attempts[-1] if attempts and attempts[-1]["answered"] else None
    return finished[-1] if keep == "last" else max(finished, key=lambda one: (one["score"], one["number"]))


def readable(code: str) -> str:
    """A code nobody named yet, as words."""
    words = " ".join(code.replace("-", " ").replace("_", " ").split())
    return words[:1].upper() + words[1:]
