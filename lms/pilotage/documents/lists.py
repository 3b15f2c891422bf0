"""What is behind a figure: people for whoever reads people, structures with their référents for the others."""

from array import array
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from functools import cached_property
from itertools import chain, islice
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone

from lms.kernel.tables import write
from lms.organisations.models import Campagne, Membership, Organisation, Role
from lms.pilotage.documents.figures import (
    EVERYTHING,
    Territory,
    by_key,
    by_place,
    campagne_named,
    campagnes,
    remembered,
    said,
    state_of_lines,
    territory_of,
)
from lms.pilotage.engine.registry import ORIGINS, Indicator, source_of
from lms.pilotage.models import Dimension, Line
from lms.pilotage.models.reading import Level, level_of
from lms.pilotage.queries import UNKNOWN

BY_DATE, BY_NAME, BY_NUMBER = "date", "nom", "nombre"
ORDER_OF_PEOPLE = {
    BY_DATE: ("-on", "-pk"),
    BY_NAME: ("person__last_name", "person__first_name", "pk"),
}
ORDER_OF_STRUCTURES = {BY_NAME: ("organisation__name", "organisation"), BY_NUMBER: ("-total", "organisation")}
SORTS_OF_PEOPLE = {BY_DATE: "Les plus récents d’abord", BY_NAME: "Nom"}
SORTS_OF_STRUCTURES = {BY_NAME: "Nom", BY_NUMBER: "Le plus grand nombre d’abord"}
CUTS = {
    "type": Dimension.STRUCTURE_TYPE,
    "organisme": Dimension.TRAINING_ORGANISATION,
    "mois": Dimension.MONTH,
    "origine": Dimension.ORIGIN,
}
PEOPLE_HEADINGS = (
    *("Nom", "Prénom", "Structure", "SIRET", "Département", "Région", "Atteint le", "Origine"),
    "Organisme de formation",
)
STRUCTURE_HEADINGS = ("Structure", "SIRET", "Département", "Région", "Référents", "Adresses des référents", "Nombre")
CHUNK = 2_000
NO_STRUCTURE = 0


@dataclass(frozen=True)
class Search:
    """What is asked of a list; every part may be absent, and is then « everything »."""

    campagne: str = ""
    vague: str = ""
    region: str = ""
    departement: str = ""
    type: str = ""
    organisme: str = ""
    mois: str = ""
    origine: str = ""
    depuis: str = ""
    q: str = ""
    tri: str = ""

    def stored(self) -> dict:
        return {name: value for name, value in asdict(self).items() if value}


@dataclass(frozen=True)
class Listing:
    """A list as one reader may read it."""

    reader: object
    indicator: Indicator
    search: Search
    campagne: Campagne | None
    territory: Territory
    is_sound: bool = True

    @cached_property
    def names_people(self) -> bool:
        return level_of(self.reader) == Level.PEOPLE

    @cached_property
    def places(self):
        search = self.search
        return self.territory.within(vague=search.vague, region=search.region, departement=search.departement)

    @cached_property
    def lines(self):
        """In no order yet; none for a search that means nothing here, or asks for a place of somebody else's."""
        search = self.search
        if not self.is_sound:
            return Line.objects.none()
        found = Line.objects.visible_to(self.reader).filter(indicator=self.indicator.code).within(self.places)
        found = found.reached(campagne=self.campagne, since=search.depuis)
        for name, dimension in CUTS.items():
            found = found.of(dimension.value, getattr(search, name))
        return found.naming(search.q) if self.names_people else found.of_structures_named(search.q)

    @cached_property
    def rows(self):
        if self.names_people:
            return self.lines.order_by(*ORDER_OF_PEOPLE.get(self.search.tri, ORDER_OF_PEOPLE[BY_DATE]))
        order = ORDER_OF_STRUCTURES.get(self.search.tri, ORDER_OF_STRUCTURES[BY_NAME])
        return self.lines.by_structure().order_by(*order)

    @cached_property
    def keys(self):
        """The keys of all its people in order: of those that a search found, or to be asked by the page."""
        keys = self.rows.values_list("pk", flat=True)
        return list(keys) if self.search.q else keys

    @cached_property
    def structures(self) -> array:
        """The key of each structure in order, then its number, flat: read once for each state of the lines.

        The group of all lines is what costs; hundreds of thousands of them make a few tens of thousands of numbers.
        """

        def read():
            return array("q", chain.from_iterable((key or NO_STRUCTURE, total) for key, total in self.rows))

        if self.search.q or not self.is_sound:
            return read()
        asked = ("structures", self.indicator.code, self.search, self.campagne and self.campagne.pk, said(self.places))
        return remembered(state_of_lines(), asked, read)

    @cached_property
    def total(self) -> int:
        """How many lines: read from the counts when they are cut the way it is asked, counted otherwise."""
        search = self.search
        if search.q and self.names_people:
            return len(self.keys)
        asked = [name for name in CUTS if getattr(search, name)]
        if search.q or search.depuis or len(asked) > 1 or not self.is_sound:
            return self.lines.count()
        if not asked:
            return sum(by_place([self.indicator], self.campagne, self.places).values())
        key = getattr(search, asked[0])
        found = by_key([self.indicator], self.campagne, self.places, CUTS[asked[0]])
        return found[self.indicator.code, "" if key == UNKNOWN else key]


def listing_of(reader, indicator, search) -> Listing:
    """As it was asked some time ago. Raises KeyError for a campagne that no longer exists."""
    campagne = campagne_named(search.campagne, campagnes())
    return Listing(reader, indicator, search, campagne, territory_of(reader, campagne))


def lists_of(indicator, campagne) -> str:
    """The address of the list, to be completed by what is asked of it."""
    path = reverse("pilotage:list", args=[indicator.code])
    return f"{path}?{urlencode({'campagne': campagne.code if campagne else EVERYTHING})}"


# --- Lines as they are shown ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class PersonLine:
    line: Line
    url: str

    @property
    def origin(self):
        return ORIGINS[code].said_of(1) if (code := self.line.origin) in ORIGINS else code


@dataclass(frozen=True)
class StructureLine:
    organisation: Organisation | None
    total: int
    referents: list


def origin_label(code) -> str:
    return ORIGINS[code].label if code in ORIGINS else code


def people_of(listing, page) -> list[PersonLine]:
    """The lines of a page, read by their keys in the order of the page."""
    source = source_of(listing.indicator)
    found = {line.pk: line for line in Line.objects.for_list().filter(pk__in=list(page))}
    addresses = source.addresses(listing.reader, found.values())
    return [PersonLine(found[pk], addresses.get(pk, "")) for pk in page if pk in found]


def structures_on(listing, page) -> list[StructureLine]:
    """`page`: ranks in the list."""
    found = listing.structures
    return structures_of([(found[2 * rank] or None, found[2 * rank + 1]) for rank in page])


def structures_of(rows) -> list[StructureLine]:
    """`rows`: keys of structures with their numbers."""
    keys = [key for key, _ in rows]
    known = {one.pk: one for one in Organisation.objects.select_related("departement__region").filter(pk__in=keys)}
    referents = defaultdict(list)
    for one in Membership.objects.active().filter(role=Role.STRUCTURE_REFERENT, organisation__in=keys).for_list():
        referents[one.organisation_id].append(one.person)
    return [StructureLine(known.get(key), total, referents[key]) for key, total in rows]


# --- Lines as they are taken out --------------------------------------------------------------------------------------


def write_list(out, form, listing) -> None:
    """The whole list, to a binary file."""
    if listing.names_people:
        rows = map(_person_row, listing.rows.for_list().iterator(chunk_size=CHUNK))
        write(out, form, PEOPLE_HEADINGS, rows, title=listing.indicator.label)
    else:
        write(out, form, STRUCTURE_HEADINGS, _structure_rows(listing), title=listing.indicator.label)


def file_name(indicator, form) -> str:
    return f"{indicator.code}-{timezone.localdate():%Y-%m-%d}.{form}"


def _person_row(line) -> tuple:
    return (
        *(line.person.last_name, line.person.first_name),
        *_of_structure(line.organisation),
        *_of_place(line.departement),
        *(line.on, origin_label(line.origin), str(line.training_organisation or "")),
    )


def _structure_rows(listing) -> Iterator[tuple]:
    rows = listing.rows.iterator(chunk_size=CHUNK)
    while some := list(islice(rows, CHUNK)):
        for one in structures_of(some):
            yield (
                *_of_structure(one.organisation),
                *_of_place(one.organisation and one.organisation.departement),
                ", ".join(person.full_name for person in one.referents),
                ", ".join(person.email or "" for person in one.referents),
                one.total,
            )


def _of_structure(organisation):
    return (str(organisation), organisation.siret) if organisation else ("non précisée", "")


def _of_place(departement):
    return (str(departement), str(departement.region)) if departement else ("non précisé", "")
