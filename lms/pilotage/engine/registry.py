"""What is counted and by whom: rooms further right register their indicators and where their lines come from. Pure."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

PEOPLE, HABILITATIONS = "personnes", "habilitations"
UNITS = {PEOPLE: "Personnes", HABILITATIONS: "Habilitations"}


@dataclass(frozen=True)
class Indicator:
    """`code` stands in addresses. `unit` says what one line is; a `step` of its unit's funnel has a rank.

    `definition` and `freshness` are sentences. `source` names what lists the lines this indicator counts.
    `goal`: the one that campagnes set an objective for, `one` and `many` being the words beside its figure;
    `base`: the one it is a part of, for want of an objective.
    """

    code: str
    label: str
    definition: str
    owner: str
    unit: str
    source: str
    freshness: str
    order: int
    step: int = 0
    goal: bool = False
    base: bool = False
    one: str = ""
    many: str = ""


class Contribution(NamedTuple):
    """What one subject counts for, once: `subject` is unique within the indicator, « personne:12 »."""

    indicator: str
    person_id: int
    subject: str
    on: date
    organisation_id: int | None = None
    departement_id: str | None = None
    structure_type_id: int | None = None
    training_organisation_id: int | None = None
    origin: str = ""


@dataclass(frozen=True)
class Source:
    """Where lines come from, `described` in words.

    `contributions` takes keys of people and gives all they count for, from facts alone; `people` gives the keys of
    all who may count. `addresses` takes the reader and lines, and gives by key of line the page of the person, for
    those that the reader may open. `last_exchange` is when data last passed between us and `partner`. `waiting` gives
    how many lines received wait for a human, and where they are.
    """

    name: str
    described: str
    contributions: Callable[[Sequence[int]], Iterable[Contribution]]
    people: Callable[[], Iterable[int]]
    addresses: Callable[[object, Iterable], dict] = lambda reader, lines: {}
    partner: str = ""
    last_exchange: Callable[[], datetime | None] = lambda: None
    waiting: Callable[[], tuple[int, str]] = lambda: (0, "")


@dataclass(frozen=True)
class Origin:
    """Where what counts comes from; those that are not `always` shown are when they count for something."""

    code: str
    label: str
    order: int
    always: bool = True
    one: str = ""
    """The label of nobody or of one person, when it differs."""

    def said_of(self, count: int) -> str:
        return self.one if self.one and count < 2 else self.label


INDICATORS: dict[str, Indicator] = {}
SOURCES: dict[str, Source] = {}
ORIGINS: dict[str, Origin] = {}


def register(entry: Indicator | Source | Origin):
    if isinstance(entry, Indicator):
        INDICATORS[entry.code] = entry
    elif isinstance(entry, Source):
        SOURCES[entry.name] = entry
    else:
        ORIGINS[entry.code] = entry


def indicators() -> list[Indicator]:
    return sorted(INDICATORS.values(), key=lambda one: one.order)


def funnel(unit: str) -> list[Indicator]:
    return sorted((one for one in INDICATORS.values() if one.unit == unit and one.step), key=lambda one: one.step)


def goal() -> Indicator | None:
    return next((one for one in indicators() if one.goal), None)


def base() -> Indicator | None:
    return next((one for one in indicators() if one.base), None)


def origins() -> list[Origin]:
    return sorted(ORIGINS.values(), key=lambda one: one.order)


def source_of(indicator: Indicator) -> Source | None:
    return SOURCES.get(indicator.source)


def last_exchange() -> tuple[datetime | None, str]:
    """When, and with whom."""
    for source in SOURCES.values():
        if source.partner:
            return source.last_exchange(), source.partner
    return None, ""
