from lms.pilotage.models.reading import Level, level_of
from lms.pilotage.queries import perimeter_of


def can_read_boards(person) -> bool:
    return level_of(person) is not None


def can_read_lists(person) -> bool:
    """Whoever reads figures only does not open what is behind."""
    return (level_of(person) or 0) >= Level.STRUCTURES


def can_read_people(person) -> bool:
    return level_of(person) == Level.PEOPLE


def reading_of(person) -> dict:
    """What somebody reads, in codes: how finely, and where; no départements for the whole nation."""
    perimeter = perimeter_of(person)
    return {"level": level_of(person) or 0, "departements": None if perimeter is None else sorted(perimeter)}


def can_fetch(person, export) -> bool:
    """A file says what its reader could read when it was written: whoever reads less since asks for it anew."""
    if export.by_id != person.pk or not can_read_lists(person) or not export.read_with:
        return False
    perimeter, written = perimeter_of(person), export.read_with["departements"]
    if level_of(person) < export.read_with["level"]:
        return False
    return perimeter is None or (written is not None and perimeter.issuperset(written))
