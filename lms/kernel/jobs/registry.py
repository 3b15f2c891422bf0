from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings


@dataclass(frozen=True)
class Task:
    name: str
    function: Callable
    atomic: bool
    attempts: int


TASKS: dict[str, Task] = {}


def task(name: str, *, atomic: bool = False, attempts: int | None = None):
    """Register a function of a room's `tasks.py` as what the job `name` runs; it may run twice without harm.

    It runs outside any transaction and returns nothing, or a function of its effects: that one runs in the
    transaction that marks the job done, so that effects happen once. With `atomic=True` the whole function
    runs in that transaction: nothing slow in it. A job that fails `attempts` times is dead, and shown so.
    """

    def register(function):
        known = TASKS.get(name)
        if known and _path(known.function) != _path(function):
            raise ValueError(f"Two tasks are named {name}")
        allowed = attempts or getattr(settings, "JOB_ATTEMPTS", 8)
        TASKS[name] = Task(name, function, atomic, allowed)
        return function

    return register


def _path(function):
    return function.__module__, function.__qualname__
