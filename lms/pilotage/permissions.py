from lms.pilotage.models.reading import Level, level_of


def can_read_boards(person) -> bool:
    return level_of(person) is not None


def can_read_lists(person) -> bool:
    """Whoever reads figures only does not open what is behind."""
    return (level_of(person) or 0) >= Level.STRUCTURES


def can_read_people(person) -> bool:
    return level_of(person) == Level.PEOPLE
