"""« Où en sommes-nous ? »: one figure, what it is made of, where, since when, and the way to it."""

import datetime
from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from django.urls import reverse
from django.utils import timezone

from lms.kernel.formats import NBSP, date_short, instant, nbsp, number, percent
from lms.organisations.queries import today
from lms.pilotage.documents.figures import EVERYTHING, by_place, since
from lms.pilotage.documents.objectives import none_given, with_objectives
from lms.pilotage.documents.tables import AXES, Cell, Reader, Row, Table, month_label, month_short, numbers_by, table_by
from lms.pilotage.engine import curve, registry, tiles
from lms.pilotage.models.objectives import Grain, objectives_of


@dataclass(frozen=True)
class Tile:
    name: str
    letters: str
    column: int
    row: int
    shade: int
    said: str
    url: str


@dataclass(frozen=True)
class Part:
    """A part of the figure, by origin."""

    cell: Cell
    label: str


@dataclass(frozen=True)
class Waiting:
    said: str = ""
    url: str = ""
    explained: str = "des lignes reçues attendent qu’une personne dise de qui il s’agit. Elles ne comptent pas encore."


@dataclass
class Board:
    reader: Reader

    @cached_property
    def goal(self):
        return registry.goal()

    @cached_property
    def reached(self) -> int:
        return self.reader.whole(self.goal)

    @cached_property
    def figure(self) -> Cell:
        return self.reader.cell(self.goal, self.reached)

    @property
    def unit(self) -> str:
        """In French the plural begins at two; a figure that is hidden does not say on which side it is."""
        alone = self.reached < 2 and not self.reader.small
        return self.goal.one if alone else self.goal.many

    @property
    def objective(self) -> int:
        return self.reader.campagne.objective if self.reader.campagne else 0

    @property
    def share(self) -> int | str:
        """From 0 to 100, or nothing when there is no objective, or when the figure is hidden."""
        if not self.objective or 0 < self.reached < self.reader.small:
            return ""
        return min(100, round(100 * self.reached / self.objective))

    @property
    def share_in_words(self) -> str:
        if self.share == "":
            return ""
        what = "l’objectif" if self.reader.territory.departements is None else "l’objectif national"
        return f"{percent(self.reached, self.objective).replace(f'{NBSP}%', f'{NBSP}% de {what}')}."

    @property
    def perimeter(self) -> str:
        """Which places, when it is not the whole nation."""
        places = self.reader.territory
        if places.departements is None:
            return ""
        if not places.places:
            return "Aucun territoire ne vous est confié"
        names = sorted(str(one) for one in places.regions.values())
        return f"{', '.join(names)} ({len(places.places)}{NBSP}département{'s' if len(places.places) > 1 else ''})"

    @property
    def title(self) -> str:
        return f"Où en sommes-nous des {number(self.objective)} ?" if self.objective else "Où en sommes-nous ?"

    @cached_property
    def lead(self) -> str:
        """Which campagne, which places, at what moment, after which exchange."""
        campagne = str(self.reader.campagne or "Toutes les campagnes")
        at, partner = registry.last_exchange()
        day = date_short(timezone.localdate(at)) if at else "aucun encore"
        exchange = f"dernier échange avec {partner} : {day}" if partner else ""
        parts = (campagne, self.perimeter, f"chiffres du {instant(timezone.now())}", exchange)
        return nbsp(f"{NBSP}· ".join(part for part in parts if part))

    # --- What it is made of ---

    @cached_property
    def parts(self) -> list[Part]:
        numbers = numbers_by(self.reader, AXES["origine"], [self.goal])[self.goal.code]
        known = [origin for origin in registry.origins() if origin.code in numbers or origin.always]
        values = [numbers[origin.code] for origin in known]
        cells = self.reader.cells(self.goal, values, [{"origine": origin.code} for origin in known])
        labels = [origin.said_of(value) for origin, value in zip(known, values, strict=True)]
        return [Part(cell, label) for cell, label in zip(cells, labels, strict=True)]

    @cached_property
    def waiting(self) -> Waiting:
        """Lines received that wait for a human belong to no place yet: they are shown for the nation only."""
        if self.reader.territory.departements is not None:
            return Waiting()
        found = [source.waiting() for source in registry.SOURCES.values()]
        count = sum(count for count, _ in found)
        return (
            Waiting(f"{number(count)} à rapprocher", next((url for _, url in found if url), "")) if count else Waiting()
        )

    # --- The way to it ---

    @cached_property
    def since(self) -> datetime.date:
        """The same day of last month, or its last."""
        first = today().replace(day=1)
        last = first - datetime.timedelta(days=1)
        return last.replace(day=min(today().day, last.day))

    @cached_property
    def _lately(self) -> Counter:
        return Counter(since(self.reader.person, self.reader.campagne, self.since, state=self.reader.state))

    @cached_property
    def funnels(self) -> list[Table]:
        found = [(caption, registry.funnel(unit)) for unit, caption in registry.UNITS.items()]
        return [self._funnel(f"{caption} par étape et par vague", steps) for caption, steps in found if steps]

    def _funnel(self, caption, steps):
        numbers = numbers_by(self.reader, AXES["vague"], steps)
        labels = AXES["vague"].labels(self.reader, ())
        outside = any(numbers[step.code][""] for step in steps)
        keys = [*labels, *([""] if outside and labels else [])]
        headings = [*labels.values(), *(["Hors vague"] if len(keys) > len(labels) else [])]
        rows = [Row(step.label, self._steps(step, numbers[step.code], keys)) for step in steps]
        return Table(caption, "Étape", [*headings, "Ensemble", "Depuis un mois"], rows)

    def _steps(self, step, numbers, keys):
        filters = [{"vague": key or "aucun"} for key in keys]
        hidden = self.reader.hides(step, AXES["vague"], keys)
        waves = self.reader.cells(step, [numbers[key] for key in keys], filters, hidden)
        whole = True if self.reader.small else None  # with the table by month, it would give the number of days
        lately = self.reader.cell(step, self._lately[step.code], hidden=whole, depuis=self.since.isoformat())
        if lately.value:
            lately = Cell(f"+{NBSP}{lately.text}", lately.value, lately.url)
        return [*waves, self.reader.cell(step, sum(numbers.values())), lately]

    # --- Where ---

    @cached_property
    def _regional_objectives(self) -> dict:
        return objectives_of(self.reader.campagne, Grain.REGION)

    @property
    def no_objective(self) -> str:
        """Words where no objective is given for the places shown."""
        return none_given(self.reader, Grain.REGION if self.has_map else Grain.DEPARTEMENT)

    @property
    def axes(self) -> list[dict]:
        """The same numbers, cut otherwise."""
        asked = f"?campagne={self.reader.campagne.code if self.reader.campagne else EVERYTHING}"
        return [
            {"label": axis.title, "url": reverse("pilotage:breakdown", args=[axis.code]) + asked}
            for axis in AXES.values()
        ]

    @property
    def map_title(self) -> str:
        if self._regional_objectives:
            return "Part de l’objectif par région"
        return f"{self.goal.label} parmi les {registry.base().label.lower()}, par région"

    @property
    def map_note(self) -> str:
        """Whom the shares are taken of, when they are not those of an objective."""
        if self._regional_objectives or self.reader.small or self.reader.campagne is None:
            return ""
        return (
            f"Les {registry.base().label.lower()} sont ici tous ceux d’aujourd’hui, même d’avant la campagne, "
            "sauf qui avait déjà abouti hors d’elle."
        )

    @property
    def has_map(self) -> bool:
        """One région alone is told by its départements."""
        return len(self.reader.territory.regions) > 1

    @cached_property
    def departements(self) -> Table:
        columns = [registry.base(), self.goal]
        return _table(self.reader, AXES["departement"], columns, "Par département")

    @cached_property
    def tiles(self) -> list[Tile]:
        reached = numbers_by(self.reader, AXES["region"], [self.goal])[self.goal.code]
        wholes = self._regional_objectives or self._on_the_way
        found = self.reader.territory.regions
        return [
            self._tile(found[code], place, reached[code], wholes.get(code, 0))
            for code, place in tiles.TILES.items()
            if code in found
        ]

    @property
    def shades(self):
        """What each colour of the map says."""
        return tiles.SAID

    @cached_property
    def _on_the_way(self) -> Counter:
        """By région, those who could get there during the campagne: registered, even before it, and not there yet.

        For whoever reads figures only, those registered during the campagne: the others would tell former campagnes.
        """
        reader, base = self.reader, registry.base()
        if reader.small or reader.campagne is None:
            return numbers_by(reader, AXES["region"], [base])[base.code]
        found = Counter(numbers_by(reader, AXES["region"], [self.goal])[self.goal.code])
        ever = by_place([base, self.goal], None, reader.territory.departements, state=reader.state)
        for (code, departement), value in ever.items():
            found[reader.territory.region_of(departement)] += value if code == base.code else -value
        return found

    def _hides(self, region) -> bool:
        """Whether a table hides the number of this région, that a share of the other would give."""
        shown = (self.goal, registry.base())
        return any(any(self.reader.hides(one, AXES["region"], [region.pk]) or ()) for one in shown)

    def _tile(self, region, place, part, whole):
        hidden = min(part, whole) < self.reader.small or self._hides(region)
        return Tile(
            str(region),
            *place,
            shade=0 if hidden else tiles.shade(part, whole),
            said="chiffre masqué" if hidden else self._said(part, whole),
            url=self.reader.list_behind(self.goal, region=region.pk) if part else "",
        )

    def _said(self, part, whole) -> str:
        """A share of those registered elsewhere, or before what this reader reads, would be none."""
        if self._regional_objectives:
            return percent(part, whole) if whole else f"{number(part)}, sans objectif"
        return percent(part, whole) if part <= whole else number(part)

    @cached_property
    def regions(self) -> Table:
        columns = registry.funnel(self.goal.unit)
        return _table(self.reader, AXES["region"], columns, "Les régions en tableau")

    # --- Since when ---

    @cached_property
    def _months(self) -> dict[str, int]:
        numbers = numbers_by(self.reader, AXES["mois"], [self.goal])[self.goal.code]
        met = sorted(month for month, value in numbers.items() if value)
        if not met:
            return {}
        campagne = self.reader.campagne
        first = min(met[0], f"{campagne.starts_on:%Y-%m}") if campagne else met[0]
        last = max(met[-1], f"{min(today(), campagne.ends_on):%Y-%m}") if campagne else met[-1]
        return {month: numbers[month] for month in curve.months_between(first, last)}

    @cached_property
    def curve(self) -> curve.Curve | None:
        """Nothing for whoever reads figures only: differences would give the small ones."""
        if not self._months or self.reader.small:
            return None
        return curve.draw([month_short(month) for month in self._months], curve.cumulated(self._months.values()))

    @cached_property
    def months(self) -> Table:
        values = list(self._months.values())
        filters = [{"mois": month} for month in self._months]
        cells = self.reader.cells(self.goal, values, filters)
        rows = [Row(month_label(month), [cell]) for month, cell in zip(self._months, cells, strict=True)]
        if not self.reader.small:
            for row, total in zip(rows, curve.cumulated(values), strict=True):
                row.cells.append(Cell(number(total), total))
        headings = [self.goal.label, *([] if self.reader.small else ["Depuis le début"])]
        return Table("La courbe en tableau", "Mois", headings, rows)

    @property
    def curve_in_words(self) -> str:
        first, last = month_label(min(self._months)), month_label(max(self._months))
        return f"De {first} à {last}, le nombre monte jusqu’à {number(sum(self._months.values()))}."


def axis_table(reader, axis, unit) -> Table:
    """The funnel of people, or of habilitations, cut by that axis."""
    words = f"{axis.title[0].lower()}{axis.title[1:]}"
    return _table(reader, axis, registry.funnel(unit), f"{registry.UNITS[unit]} {words}")


def _table(reader, axis, columns, caption) -> Table:
    return with_objectives(table_by(reader, axis, columns, caption), reader, axis, columns)
