"""The whole course: what is done, what is left, where to go on. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from parcours.learning.engine.fold import ActivityProgress, State


@dataclass(frozen=True)
class Step:
    """One activity of the edition and how far the learner is in it; minutes as declared by the edition."""

    activity: str
    minutes: int
    progress: ActivityProgress = ActivityProgress()


@dataclass(frozen=True)
class PathProgress:
    done: int
    total: int
    minutes_done: int
    minutes_total: int
    next_activity: str | None
    last_at: datetime | None

    @property
    def complete(self) -> bool:
        return self.total > 0 and self.done == self.total

    @property
    def percent(self) -> int:
        """100 exactly when complete, never before."""
        if self.complete:
            return 100
        return min(99, self.minutes_done * 100 // self.minutes_total) if self.minutes_total else 0


def walk(steps: Sequence[Step]) -> PathProgress:
    """Fold the activities of an edition, in their order, into the learner's progress."""
    done = [step for step in steps if step.progress.state == State.DONE]
    return PathProgress(
        done=len(done),
        total=len(steps),
        minutes_done=sum(step.minutes for step in done),
        minutes_total=sum(step.minutes for step in steps),
        next_activity=_next(steps),
        last_at=max((step.progress.last_at for step in steps if step.progress.last_at), default=None),
    )


def _next(steps: Sequence[Step]) -> str | None:
    """Where the learner stopped: the activity touched last if it is not done, else the first one not done after it."""
    touched = [index for index, step in enumerate(steps) if step.progress.last_at]
    start = max(touched, key=lambda index: (steps[index].progress.last_at, index)) if touched else 0
    for step in [*steps[start:], *steps[:start]]:
        if step.progress.state != State.DONE:
            return step.activity
    return None
