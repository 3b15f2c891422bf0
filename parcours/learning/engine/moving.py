"""What becomes of somebody's progress when they follow another edition. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from parcours.learning.engine.fold import ActivityProgress, State
from parcours.learning.engine.path import PathProgress, Step, walk


@dataclass(frozen=True)
class Outcome:
    """`gained` and `lost`: étapes done in one edition and not in the other."""

    before: PathProgress
    after: PathProgress
    gained: frozenset[str]
    lost: frozenset[str]

    @property
    def changes(self) -> bool:
        """Whether the person would notice."""
        return bool(self.gained or self.lost or self.after.complete or self.before.percent != self.after.percent)


def outcome(old: Sequence[Step], new: Sequence[Step]) -> Outcome:
    was, is_now = done(old), done(new)
    return Outcome(walk(old), walk(new), is_now - was, was - is_now)


def done(steps: Sequence[Step]) -> frozenset[str]:
    return frozenset(step.activity for step in steps if step.progress.state == State.DONE)


def in_hand(progress: ActivityProgress) -> bool:
    """Whether an attempt has begun and is not over."""
    if not progress.attempts:
        return False
    last = progress.attempts[-1]
    return last.score is None and (last.answered > 0 or last.number > 1)
