"""A training told in several lines, one for each half-day: it was followed when nobody says that one was missed."""

from dataclasses import dataclass, field

from certification.habilitation.engine.cells import Unclear, day, yes
from lms.accounts.engine.addresses import normalise_email


@dataclass
class Whole:
    """What the lines of one person in one training say together. `line`: the first of them."""

    line: int
    due: set = field(default_factory=set)
    missed: set = field(default_factory=set)
    unclear: int = 0
    first_day: str = ""


class Tally:
    """All the lines of a file, read once before any of them is acted upon; it keeps no line."""

    def __init__(self, lines):
        """`lines`: pairs of a number and its values."""
        self.wholes: dict[tuple, Whole] = {}
        for number, values in lines:
            if key := _key(values):
                _add(self.wholes.setdefault(key, Whole(number)), number, values)

    def told(self, number: int, values: dict) -> dict:
        """The values of a line, with what its training comes to: said on its first line, the others refer to it."""
        whole = self.wholes.get(_key(values))
        if whole is None:
            return values
        if whole.line != number:
            return values | {"counted_at": str(whole.line)}
        told = {"half_days": str(len(whole.due)), "attended": str(len(whole.due - whole.missed))}
        if whole.unclear:
            told["unclear_at"] = str(whole.unclear)
        if whole.first_day:
            told["on"] = whole.first_day
        return values | told


def _key(values) -> tuple:
    email = normalise_email(values.get("email", ""))
    return (email, values.get("session_id") or values.get("session", "").casefold()) if email else ()


def _add(whole, number, values):
    label = (values.get("half_day") or values.get("on", "")).casefold()
    whole.due.add(label)
    try:
        held = day(values.get("on", ""), "La date")
        if held and (not whole.first_day or held.isoformat() < whole.first_day):
            whole.first_day = held.isoformat()
        if not yes(values.get("present", ""), "La présence"):
            whole.missed.add(label)
    except Unclear:
        whole.unclear = whole.unclear or number
