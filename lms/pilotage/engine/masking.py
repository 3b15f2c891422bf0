"""Small numbers are not printed, nor left to be found by subtraction. Pure."""

from collections.abc import Sequence


def masked(values: Sequence[int], below: int) -> list[bool]:
    """Which of these numbers to hide when their sum is printed: never a single one, that the others would give."""
    hidden = [0 < value < below for value in values]
    if sum(hidden) == 1:
        others = [(value, rank) for rank, value in enumerate(values) if value and not hidden[rank]]
        if others:
            hidden[min(others)[1]] = True
    return hidden
