"""How finely a person reads the boards, by role: figures, structures, or people."""

from enum import IntEnum

from lms.kernel.rules import current, define
from lms.organisations.lifecycle import NATIONAL_ROLES, Role
from lms.organisations.permissions import active_memberships


class Level(IntEnum):
    """Each reads all that the one before reads."""

    FIGURES = 1
    STRUCTURES = 2
    PEOPLE = 3


LEVELS = {"comptes": Level.FIGURES, "structures": Level.STRUCTURES, "personnes": Level.PEOPLE}
READING = define(
    "pilotage.reading_levels",
    "ce que chaque rôle lit derrière un chiffre : « comptes », « structures » ou « personnes »",
    "json",
    default={Role.PILOT.value: "personnes", Role.ADMIN.value: "personnes", Role.TERRITORIAL_PILOT.value: "structures"},
)
SMALL = define(
    "pilotage.small_counts",
    "le nombre au-dessous duquel un chiffre est masqué à qui ne lit que les comptes",
    "integer",
    default=5,
)


def level_of(person) -> Level | None:
    """None for whoever steers nothing; joined perimeters are read as the most reserved of the mandates allows."""
    if person.is_superuser and person.is_active:
        return Level.PEOPLE
    held = {one.role for one in active_memberships(person)}
    if national := held & NATIONAL_ROLES:
        return max(_level(role) for role in national)
    return _level(Role.TERRITORIAL_PILOT) if Role.TERRITORIAL_PILOT in held else None


def _level(role) -> Level:
    """A role that the rule forgets reads the least."""
    return LEVELS.get(current(READING.code).get(str(role)), Level.FIGURES)
