"""What cells say: dates, yes and no, scores. Each gives its value, or raises Unclear with the sentence to show."""

import datetime
import re

NBSP = "\u00a0"
FIRST_YEAR = 2020  # the service was first tried in February 2020: an earlier date is a slip of the pen
FORMATS = ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d/%m/%y")
YES = {"oui", "o", "yes", "true", "vrai", "1", "x", "t", "présent", "présente"}
NO = {"non", "n", "no", "false", "faux", "0", "", "f", "absent", "absente", "none"}
NOTHING = {"", "none", "nc", "null", "erreur", "n/a", "-"}


class Unclear(Exception):
    """`str()` is the sentence."""


def text(cell: str) -> str:
    """A cell that exports fill with « None » or « NC » when it is empty."""
    return "" if cell.strip().casefold() in NOTHING else cell.strip()


def day(cell: str, what: str, *, latest: datetime.date | None = None) -> datetime.date | None:
    """A day written as 2026-09-14, 14/09/2026 or 14-09-2026, with or without an hour; None for an empty cell."""
    said = text(cell)
    if not said:
        return None
    first = re.split(r"[T ]", said, maxsplit=1)[0]
    for form in FORMATS:
        try:
            found = datetime.datetime.strptime(first, form).date()
        except ValueError:
            continue
        return _possible(found, what, latest)
    raise Unclear(f"{what} «{NBSP}{said[:30]}{NBSP}» n’est pas une date{NBSP}: écrivez-la comme 14/09/2026.")


def _possible(found, what, latest):
    if latest and found > latest:
        raise Unclear(f"{what} ({found:%d/%m/%Y}) est après le {latest:%d/%m/%Y}{NBSP}: corrigez l’année ou le jour.")
    if found.year < FIRST_YEAR:
        raise Unclear(f"{what} ({found:%d/%m/%Y}) est avant l’existence d’Aidants Connect{NBSP}: corrigez l’année.")
    return found


def yes(cell: str, what: str) -> bool:
    said = cell.strip().casefold()
    if said in YES or said in NO:
        return said in YES
    raise Unclear(f"{what} «{NBSP}{cell[:30]}{NBSP}» n’est ni oui ni non.")


def percentage(cell: str, what: str) -> int | None:
    """A ratio (0,75), or a percentage (75 %): the integer percent; 0 is a score, an empty cell or « NA » is none."""
    said = (
        "" if cell.strip().casefold() == "na" else text(cell).replace(NBSP, "").replace("\u202f", "").replace(" ", "")
    )
    if not said:
        return None
    percent = said.endswith("%")
    try:
        value = float(said.removesuffix("%").replace(",", "."))
    except ValueError:
        raise Unclear(f"{what} «{NBSP}{cell[:30]}{NBSP}» n’est pas un nombre.") from None
    value = value if percent or value > 1 else value * 100
    if not 0 <= value <= 100:
        raise Unclear(f"{what} ({cell[:30]}) n’est pas entre 0 et 100{NBSP}%.")
    return round(value)
