"""The whole course: what is done, what is left, where to go on. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from parcours.learning.engine.fold import ActivityProgress, State


@dataclass(frozen=True)
class Step:
    """One activity or séance (`live`) of the edition and how far the learner is in it.

    minutes as declared by the edition.
    """

    activity: str
    minutes: int
    progress: ActivityProgress = ActivityProgress()
    live: bool = False

    @property
    def done(self) -> bool:
        return self.progress.state == State.DONE

    @property
    def earned(self) -> int:
        """Minutes: those declared once it is done; of a séance those that were signed, never more than declared."""
        if not self.done:
            return 0
        return self.minutes if self.progress.minutes is None else min(self.minutes, self.progress.minutes)


@dataclass(frozen=True)
class PathProgress:
    done: int
    total: int
    minutes_done: int
    minutes_total: int
    next_activity: str | None
    last_at: datetime | None
    live_done: int = 0
    live_total: int = 0

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
    live = [step for step in steps if step.live]
    return PathProgress(
        done=sum(step.done for step in steps),
        total=len(steps),
        minutes_done=sum(step.earned for step in steps),
        minutes_total=sum(step.minutes for step in steps),
        next_activity=_next(steps),
        last_at=max((step.progress.last_at for step in steps if step.progress.last_at), default=None),
        live_done=sum(step.done for step in live),
        live_total=len(live),
    )


def _next(steps: Sequence[Step]) -> str | None:
    """Where the learner goes on: an étape, as long as there is one; then the first séance not attended."""
    online = [step for step in steps if not step.live]
    return _next_online(online) or next((step.activity for step in steps if step.live and not step.done), None)


def _next_online(steps: Sequence[Step]) -> str | None:
    """Where the learner stopped: the activity touched last if it is not done, else the first one not done after it."""
    touched = [index for index, step in enumerate(steps) if step.progress.last_at]
    start = max(touched, key=lambda index: (steps[index].progress.last_at, index)) if touched else 0
    for step in [*steps[start:], *steps[:start]]:
        if not step.done:
            return step.activity
    return None
