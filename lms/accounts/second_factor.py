"""How strongly a person must prove who they are. Rooms answer for the roles they know; the highest answer wins."""

import enum
from collections.abc import Callable


class Level(enum.IntEnum):
    NONE = 0  # the code received by e-mail is enough
    DEVICE = 1  # a second factor, once per device and month
    ALWAYS = 2  # a second factor at each sign-in


_answers: list[Callable] = []


def register_level(answer: Callable) -> Callable:
    """`answer(person) -> Level`; usable as a decorator."""
    if answer not in _answers:
        _answers.append(answer)
    return answer


@register_level
def staff_level(person):
    return Level.ALWAYS if person.is_staff or person.is_superuser else Level.NONE


def level_of(person) -> Level:
    return max((answer(person) for answer in _answers), default=Level.NONE)
