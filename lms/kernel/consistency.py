"""What is derived from facts and may be compared with them at any time: each room registers how."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Check:
    """`compare(repair)` gives a sentence for each thing that differs, and puts it right when asked to.

    `unit` names these things in French, « inscription(s) »; `advice` says what to do when some differ.
    """

    name: str
    unit: str
    advice: str
    compare: Callable[[bool], Iterable[str]]


CHECKS: dict[str, Check] = {}


def register(check: Check) -> None:
    CHECKS[check.name] = check
