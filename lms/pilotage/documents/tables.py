"""Numbers in rows and columns, each leading to its list, for one reader; the same table is shown and taken out."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from lms.kernel.formats import MONTHS, number
from lms.kernel.rules import current
from lms.kernel.tables import write
from lms.organisations.models import Campagne, Organisation, StructureType
from lms.organisations.models.organisation import match_key
from lms.pilotage.documents.figures import Territory, by_key, by_place, state_of_lines
from lms.pilotage.documents.lists import lists_of, origin_label
from lms.pilotage.engine.masking import masked, masked_by_level
from lms.pilotage.engine.registry import Indicator, indicators
from lms.pilotage.models import Dimension
from lms.pilotage.models.reading import SMALL, Level
from lms.pilotage.queries import NOWHERE, UNKNOWN

SHORT = {
    "janvier": "janv.",
    "février": "févr.",
    "avril": "avr.",
    "juillet": "juil.",
    "septembre": "sept.",
    "octobre": "oct.",
    "novembre": "nov.",
    "décembre": "déc.",
}
WHOLE = "Ensemble"
NOT_KNOWN = {"f": "non précisée", "m": "non précisé"}


@dataclass(frozen=True)
class Cell:
    text: str
    value: int | str
    url: str = ""


@dataclass(frozen=True)
class Row:
    label: str
    cells: list[Cell]

    @property
    def is_whole(self):
        return self.label == WHOLE


@dataclass(frozen=True)
class Table:
    """`first` names the first column, `headings` the others."""

    caption: str
    first: str
    headings: list[str]
    rows: list[Row]

    def write(self, out, form):
        lines = ([row.label, *(cell.value for cell in row.cells)] for row in self.rows)
        write(out, form, [self.first, *self.headings], lines, title=self.caption)


@dataclass
class Reader:
    """Whose boards these are: how finely they read, which places, which campagne."""

    person: object
    level: Level
    campagne: Campagne | None
    territory: Territory

    @cached_property
    def small(self) -> int:
        """The number under which a figure is hidden from this reader; 0 when none is."""
        return current(SMALL.code) if self.level == Level.FIGURES else 0

    @cached_property
    def _lists(self) -> dict[str, str]:
        return {}

    @cached_property
    def _hidden(self) -> dict[str, dict]:
        return {}

    @cached_property
    def state(self) -> tuple:
        return state_of_lines()

    @cached_property
    def by_place(self) -> Counter:
        """All indicators, in all places of the reader, in one query."""
        return by_place(indicators(), self.campagne, self.territory.departements, state=self.state)

    def by_key(self, found: list[Indicator], dimension) -> Counter:
        return by_key(found, self.campagne, self.territory.departements, dimension, state=self.state)

    def whole(self, indicator) -> int:
        return sum(value for (code, _), value in self.by_place.items() if code == indicator.code)

    def hides(self, indicator, axis, keys) -> list[bool] | None:
        """Which places are hidden: waves, régions and départements are printed apart, and add up."""
        if not (self.small and axis.is_place):
            return None
        if indicator.code not in self._hidden:
            values = {place: value for (code, place), value in self.by_place.items() if code == indicator.code}
            levels = [{place: one.place(self.territory, place) for place in values} for one in PLACES]
            found = masked_by_level(values, levels, self.small)
            self._hidden[indicator.code] = {one.code: keys for one, keys in zip(PLACES, found, strict=True)}
        return [key in self._hidden[indicator.code][axis.code] for key in keys]

    def cell(self, indicator, value, *, hidden=None, **filters) -> Cell:
        hidden = 0 < value < self.small if hidden is None else hidden
        if hidden:
            return Cell(f"moins de {self.small}" if value < self.small else "masqué", "")
        return Cell(number(value), value, self.list_behind(indicator, **filters) if value else "")

    def list_behind(self, indicator, **filters) -> str:
        """Nothing for whoever reads figures only."""
        if self.level == Level.FIGURES:
            return ""
        if indicator.code not in self._lists:
            self._lists[indicator.code] = lists_of(indicator, self.campagne)
        found = self._lists[indicator.code]
        return f"{found}&{urlencode(filters)}" if filters else found

    def cells(self, indicator, values, filters, hidden=None) -> list[Cell]:
        """Numbers whose sum is printed beside them. `hidden`: which of them, when other tables tell it too."""
        if hidden is None or not self.small:
            hidden = masked(values, self.small) if self.small else [None] * len(values)
        return [
            self.cell(indicator, value, hidden=hide, **asked)
            for value, hide, asked in zip(values, hidden, filters, strict=True)
        ]


# --- What numbers may be cut by ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Axis:
    """`labels(reader, keys)` gives the rows in order: each key with its words; `dimension` is empty for places."""

    code: str
    heading: str
    title: str
    labels: Callable
    dimension: str = ""
    place: Callable | None = None
    unknown: str = "m"

    @property
    def is_place(self):
        return self.place is not None


def _regions(reader, keys):
    return {code: str(region) for code, region in sorted(reader.territory.regions.items(), key=_by_name)}


def _by_name(pair):
    return match_key(pair[1].name)


def _departements(reader, keys):
    return {code: str(one) for code, one in sorted(reader.territory.places.items())}


def _waves(reader, keys):
    return {str(number): str(wave) for number, wave in sorted(reader.territory.waves.items())}


def _types(reader, keys):
    known = StructureType.objects.filter(pk__in=[key for key in keys if key])
    return {str(one.pk): str(one) for one in known}


def _organisations(reader, keys):
    known = Organisation.objects.filter(pk__in=[key for key in keys if key]).order_by("name", "antenne", "pk")
    return {str(one.pk): str(one) for one in known}


def _months(reader, keys):
    return {key: month_label(key) for key in sorted(keys) if key}


def _origins(reader, keys):
    return {key: origin_label(key) for key in sorted(keys) if key}


def month_label(month: str) -> str:
    """« novembre 2026 » from « 2026-11 »."""
    year, rank = month.split("-")
    return f"{MONTHS[int(rank) - 1]} {year}"


def month_short(month: str) -> str:
    """« nov. 2026 »."""
    name, year = month_label(month).split()
    return f"{name if len(name) < 5 else SHORT.get(name, name)} {year}"


AXES = {
    one.code: one
    for one in (
        Axis("vague", "Vague", "Par vague", _waves, place=Territory.wave_of, unknown="f"),
        Axis("region", "Région", "Par région", _regions, place=Territory.region_of, unknown="f"),
        Axis("departement", "Département", "Par département", _departements, place=lambda places, code: code),
        Axis("type", "Type de structure", "Par type de structure", _types, Dimension.STRUCTURE_TYPE),
        Axis(
            "organisme",
            "Organisme de formation",
            "Par organisme de formation",
            _organisations,
            Dimension.TRAINING_ORGANISATION,
        ),
        Axis("mois", "Mois", "Par mois", _months, Dimension.MONTH),
        Axis("origine", "Origine", "Par origine", _origins, Dimension.ORIGIN, unknown="f"),
    )
}


PLACES = [AXES[code] for code in ("vague", "region", "departement")]


def numbers_by(reader, axis, columns) -> dict[str, Counter]:
    """By indicator, the number of each key."""
    found = {one.code: Counter() for one in columns}
    if not axis.is_place:
        for (code, key), value in reader.by_key(columns, axis.dimension).items():
            found[code][key] += value
        return found
    for (code, departement), value in reader.by_place.items():
        if code in found:
            found[code][axis.place(reader.territory, departement)] += value
    return found


def table_by(reader, axis, columns, caption) -> Table:
    """One row a key, one column an indicator, and the whole as the last row."""
    numbers = numbers_by(reader, axis, columns)
    met = {key for each in numbers.values() for key, value in each.items() if value}
    labels = axis.labels(reader, met)
    if NOWHERE in met:
        labels[NOWHERE] = NOT_KNOWN[axis.unknown]
    filters = [{axis.code: key or UNKNOWN} for key in labels]
    table = [
        reader.cells(one, [numbers[one.code][key] for key in labels], filters, reader.hides(one, axis, labels))
        for one in columns
    ]
    rows = [Row(label, [column[rank] for column in table]) for rank, label in enumerate(labels.values())]
    rows.append(Row(WHOLE, [reader.cell(one, sum(numbers[one.code].values())) for one in columns]))
    return Table(caption, axis.heading, [one.label for one in columns], rows)
