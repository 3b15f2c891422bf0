"""A line drawn from month to month, in the units of its picture. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

WIDTH, HEIGHT = 640, 240
LEFT, RIGHT, TOP, BOTTOM = 64, 56, 16, 32


@dataclass(frozen=True)
class Mark:
    at: str
    value: int


@dataclass(frozen=True)
class Curve:
    """`line` and `area` are points of SVG; `rows` the values worth a line across, `columns` the months worth a name."""

    line: str
    area: str
    rows: list[Mark]
    columns: list[tuple[str, str]]
    last: tuple[str, str]


def months_between(first: str, last: str) -> list[str]:
    """« 2026-11 » to « 2027-02 », both included."""
    year, month = map(int, first.split("-"))
    found = []
    while (name := f"{year:04d}-{month:02d}") <= last:
        found.append(name)
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    return found


def cumulated(values: Sequence[int]) -> list[int]:
    return list(accumulate(values))


def top_of(value: int) -> int:
    """The round number above, that the picture ends at: 1, 2 or 5 followed by zeros."""
    scale = 1
    while True:
        for step in (1, 2, 5):
            if value <= step * scale:
                return step * scale
        scale *= 10


def draw(months: Sequence[str], values: Sequence[int]) -> Curve:
    top = top_of(max([*values, 1]))
    step = (WIDTH - LEFT - RIGHT) / max(len(values) - 1, 1)

    def x(rank):
        return _figure(LEFT + rank * step)

    def y(value):
        return _figure(HEIGHT - BOTTOM - value / top * (HEIGHT - TOP - BOTTOM))

    points = [(x(rank), y(value)) for rank, value in enumerate(values)]
    line = " ".join(f"{left},{down}" for left, down in points)
    area = f"{x(0)},{y(0)} {line} {x(len(values) - 1)},{y(0)}"
    every = max(1, -(-len(months) // 6))
    return Curve(
        line=line,
        area=area,
        rows=[Mark(y(value), value) for value in sorted({0, top // 2, top})],
        columns=[(x(rank), month) for rank, month in enumerate(months) if rank % every == 0],
        last=points[-1],
    )


def _figure(number: float) -> str:
    return f"{number:.1f}"
