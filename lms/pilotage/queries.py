from django.db import models
from django.db.models import Count, F, Max, Q, Sum, Value
from django.db.models.functions import Cast, Coalesce

from lms.kernel.access import is_signed_in
from lms.kernel.models import PreparedFileQuerySet
from lms.kernel.words import words_of
from lms.organisations.lifecycle import NATIONAL_ROLES, Role
from lms.organisations.permissions import active_memberships

NOBODY_S = frozenset()
NOWHERE = ""
UNKNOWN = "aucun"


def perimeter_of(person) -> frozenset | None:
    """The codes of the départements the person reads, read once per person object; None for the whole nation."""
    if not is_signed_in(person):
        return NOBODY_S
    if "_perimeter" not in person.__dict__:
        person.__dict__["_perimeter"] = _perimeter_of(person)
    return person.__dict__["_perimeter"]


def _perimeter_of(person):
    held = active_memberships(person)
    if person.is_superuser or any(one.role in NATIONAL_ROLES for one in held):
        return None
    mandates = [one.pk for one in held if one.role == Role.TERRITORIAL_PILOT]
    if not mandates:
        return NOBODY_S
    memberships = person.memberships.filter(pk__in=mandates).order_by()
    departements = memberships.values_list("perimeter_departements")
    regions = memberships.values_list("perimeter_regions__departements")
    return frozenset(code for (code,) in departements.union(regions) if code)


class OfTerritory(models.QuerySet):
    def visible_to(self, person):
        """The nation for national roles, the départements of their mandates for territorial pilots, else nothing."""
        return self.within(perimeter_of(person))

    def within(self, departements):
        """In these départements, an empty code being the unknown place; everywhere when it is None."""
        if departements is None:
            return self
        return self.filter(departement__in=departements) if departements else self.none()


class LineQuerySet(OfTerritory):
    def within(self, departements):
        if departements is None or NOWHERE not in departements:
            return super().within(departements)
        return self.filter(Q(departement__in=departements - {NOWHERE}) | Q(departement=None))

    def reached(self, *, campagne=None, since=None):
        found = self.filter(campagne=campagne) if campagne else self
        return found.filter(on__gte=since) if since else found

    def of(self, field, value):
        """Nothing is said of it when `value` is empty, everything of those without it when it is UNKNOWN."""
        if not value:
            return self
        if value != UNKNOWN:
            return self.filter(**{field: value})
        return self.filter(**({field: ""} if field == "origin" else {f"{field}__isnull": True}))

    def naming(self, text):
        """Every word, in the name of the person, or in the name or the town of the structure.

        A word is looked for on each side by its own index, then both are joined: asked of each line in turn, it would
        cost as much as there are lines.
        """
        found = self
        for word in words_of(text):
            of_people = self.filter(person__name_key__contains=word).order_by().values("pk")
            of_structures = self.filter(organisation__search_key__contains=word).order_by().values("pk")
            found = found.filter(pk__in=of_people.union(of_structures, all=True))
        return found

    def of_structures_named(self, text):
        """Every word, in the name or the town of the structure: whoever does not read people does not search them."""
        found = self
        for word in words_of(text):
            found = found.filter(organisation__search_key__contains=word)
        return found

    def by_structure(self):
        """One row a structure: its key, and how many lines it has."""
        return self.order_by().values_list("organisation").annotate(total=Count("pk"))

    def for_list(self):
        """All that a line says, on screen and in a file, and nothing more of what it leads to."""
        found = self.select_related("person", "organisation", "departement__region", "training_organisation")
        wanted = ["organisation__siret", "departement__name", "departement__region__name"]
        for organisation in ("organisation", "training_organisation"):
            wanted += [f"{organisation}__name", f"{organisation}__antenne"]
        wanted += [f"person__{name}" for name in ("first_name", "last_name", "email")]
        return found.only("indicator", "on", "origin", *wanted)

    def lately(self):
        """How many lines each indicator has."""
        return dict(self.order_by().values_list("indicator").annotate(Count("pk")))

    def by_cell(self, dimension):
        """What counts should say of these lines, negated: added to them, nothing is left."""
        column = {"": Value(""), **COLUMN_OF_LINE}[dimension]
        cells = self.order_by().values(
            "indicator",
            in_campagne=Coalesce("campagne", 0),
            in_departement=Coalesce("departement", Value("")),
            in_key=Coalesce(Cast(column, models.CharField()), Value("")) if dimension else Value(""),
        )
        return cells.annotate(total=Count("pk") * -1)


COLUMN_OF_LINE = {
    "structure_type": F("structure_type"),
    "training_organisation": F("training_organisation"),
    "month": F("month"),
    "origin": F("origin"),
}


class CellQuerySet(OfTerritory):
    """Counts and changes: read together, in one statement, so that a fold in between is not seen."""

    def of(self, indicators, campagne):
        found = self.filter(indicator__in=indicators)
        return found.filter(campagne=campagne.pk) if campagne else found

    def summed(self, *names, of):
        return self.order_by().values_list(*names).annotate(total=Sum(of))


class CountQuerySet(CellQuerySet):
    def by_cell(self, dimension):
        found = self.filter(dimension=dimension)
        return found.order_by().values("indicator", "campagne", "departement", "key").annotate(total=Sum("value"))


class ChangeQuerySet(CellQuerySet):
    def by_cell(self, dimension):
        key = F(dimension) if dimension else Value("")
        return self.order_by().values("indicator", "campagne", "departement", in_key=key).annotate(total=Sum("delta"))

    def waiting(self):
        """The last one and how many there are: with the last fold, no two states of the lines have the same."""
        return self.aggregate(last=Max("pk"), count=Count("pk"))


class StocktakingQuerySet(models.QuerySet):
    def last_fold(self):
        return self.values_list("folded_at", flat=True).first()


class ListExportQuerySet(PreparedFileQuerySet):
    def visible_to(self, person):
        """Only whoever asked for it."""
        return self.filter(by=person) if is_signed_in(person) else self.none()
