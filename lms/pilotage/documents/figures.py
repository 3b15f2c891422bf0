"""Numbers read from the counts and from the changes that wait, in one statement: as exact as the lists."""

import hashlib
from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from django.core.cache import cache

from lms.kernel.models import Job, JobState
from lms.organisations.models import Campagne, Departement, WaveRegion
from lms.organisations.queries import today
from lms.pilotage.engine.registry import Indicator
from lms.pilotage.models import Change, Count, Line, Stocktaking
from lms.pilotage.queries import NOWHERE, UNKNOWN, perimeter_of

EVERYTHING = "toutes"
REMEMBERED_SECONDS = 3600


@dataclass
class Territory:
    """The places of one reader, and the waves of one campagne; `departements` is None for the nation."""

    departements: frozenset | None
    campagne: Campagne | None

    @cached_property
    def places(self) -> dict[str, Departement]:
        found = Departement.objects.select_related("region")
        found = found if self.departements is None else found.filter(pk__in=self.departements)
        return {one.pk: one for one in found}

    @cached_property
    def regions(self) -> dict:
        return {one.region_id: one.region for one in self.places.values()}

    @cached_property
    def waves(self) -> dict:
        """The waves of the campagne by number, those that the reader meets."""
        return {wave.number: wave for wave in self._wave_of_region.values()}

    @cached_property
    def _wave_of_region(self):
        if self.campagne is None:
            return {}
        rows = WaveRegion.objects.filter(campagne=self.campagne).select_related("wave").order_by("wave__number")
        return {one.region_id: one.wave for one in rows if one.region_id in self.regions}

    @cached_property
    def _region_of(self) -> dict[str, str]:
        return {code: one.region_id for code, one in self.places.items()}

    @cached_property
    def _number_of_wave(self) -> dict[str, str]:
        waves = {region: str(wave.number) for region, wave in self._wave_of_region.items()}
        return {code: waves.get(region, NOWHERE) for code, region in self._region_of.items()}

    def region_of(self, departement: str) -> str:
        return self._region_of.get(departement, NOWHERE)

    def wave_of(self, departement: str) -> str:
        return self._number_of_wave.get(departement, NOWHERE)

    def within(self, *, vague="", region="", departement="") -> frozenset | None:
        """The départements asked for, never beyond those of the reader; None when nothing limits them."""
        if not (vague or region or departement):
            return self.departements
        everywhere = [*self.places, NOWHERE] if self.departements is None else self.places
        return frozenset(
            code
            for code in everywhere
            if _is(code, departement) and _is(self.region_of(code), region) and _is(self.wave_of(code), vague)
        )


def _is(code, asked):
    return not asked or code == (NOWHERE if asked == UNKNOWN else asked)


def campagnes() -> list[Campagne]:
    return list(Campagne.objects.all())


def campagne_named(code: str, known: list[Campagne]) -> Campagne | None:
    """The one asked for; otherwise the one in progress, or the last; None when all of them are asked for.

    Raises KeyError for one that does not exist.
    """
    if code == EVERYTHING:
        return None
    if code:
        return {one.code: one for one in known}[code]
    on = today()
    current = (one for one in known if not one.closed and one.starts_on <= on <= one.ends_on)
    return next(current, known[0] if known else None)


def territory_of(person, campagne) -> Territory:
    return Territory(perimeter_of(person), campagne)


def state_of_lines() -> tuple:
    """No two states of the lines have the same: what was read of one is remembered until a fact changes it."""
    return (*Change.objects.waiting().values(), Stocktaking.objects.last_fold())


def remembered(state, asked: tuple, read):
    """`asked`: all that says what `read` gives, besides the lines."""
    key = hashlib.sha256(repr((state, asked)).encode()).hexdigest()
    return cache.get_or_set(f"pilotage:{key}", read, REMEMBERED_SECONDS)


def since(person, campagne, day, *, state) -> dict[str, int]:
    """By indicator, how many lines were reached since that day: counted once for each state of the lines."""
    lines = Line.objects.visible_to(person).reached(campagne=campagne, since=day)
    return remembered(state, ("since", day, campagne and campagne.pk, said(perimeter_of(person))), lines.lately)


def said(places) -> str:
    return "" if places is None else ",".join(sorted(places))


def is_recounting() -> bool:
    """The dates of a campagne have just changed: its counts are being made again."""
    underway = (JobState.READY, JobState.RUNNING)
    return Job.objects.filter(name="pilotage.recount_campagne", state__in=underway).exists()


def by_place(indicators: list[Indicator], campagne, places, *, state=None) -> Counter:
    """(indicator, département): number. A board gives the `state` of the lines, and reads it once for several."""
    return _summed(indicators, campagne, places, "", "departement", state)


def by_key(indicators: list[Indicator], campagne, places, dimension: str, *, state=None) -> Counter:
    """(indicator, key of the dimension): number."""
    return _summed(indicators, campagne, places, dimension, "key", state)


def _summed(indicators, campagne, places, dimension, name, state):
    codes = [one.code for one in indicators]

    def read():
        return _read_sums(codes, campagne, places, dimension, name)

    if state is None:
        return read()
    return remembered(state, (codes, campagne and campagne.pk, said(places), str(dimension), name), read)


def _read_sums(codes, campagne, places, dimension, name):
    counts = Count.objects.of(codes, campagne).filter(dimension=dimension).within(places)
    changes = Change.objects.of(codes, campagne).within(places)
    rows = counts.summed("indicator", name, of="value").union(
        changes.summed("indicator", dimension if name == "key" else name, of="delta"), all=True
    )
    totals = Counter()
    for indicator, key, value in rows:
        totals[indicator, key] += value
    return totals
