from django.db import models
from django.db.models import Case, Count, Max, OuterRef, Q, Subquery, When
from django.utils import timezone

from parcours.catalogue.engine.finding import DURATIONS, YES, Search

ONLINE, CLOSED = "en-ligne", "fermee"
SORTS = {"titre": ("sort_key",), "duree": ("minutes", "sort_key"), "nouveaute": ("-first_published_at", "sort_key")}
RELATIONS = {"metier": "parcours_of_profession", "theme": "parcours_of_theme"}
"""From a facet to the parcours it describes."""
FACETS = {"metier": "professions", "theme": "themes"}


class ImmutableEdition(Exception):
    def __init__(self):
        super().__init__("Une édition ne se modifie pas et ne se supprime pas : publiez-en une autre.")


class FrozenQuerySet(models.QuerySet):
    """Bulk writes would pass beside the guard of `save`."""

    def update(self, **kwargs):
        raise ImmutableEdition()

    def bulk_update(self, *args, **kwargs):
        raise ImmutableEdition()

    def delete(self):
        raise ImmutableEdition()


class EditionQuerySet(FrozenQuerySet):
    def current(self):
        """The last edition of each parcours: the one a new enrolment follows."""
        latest = self.model.objects.filter(parcours=OuterRef("parcours")).order_by("-number").values("pk")[:1]
        return self.filter(pk=Subquery(latest))

    def offered(self):
        """The edition that the public page shows of each parcours."""
        return self.current().filter(parcours__live=True)

    def open_to_enrolment(self, on=None):
        """Those that anybody may begin by themselves."""
        on = on or timezone.localdate()
        begun = Q(parcours__valid_from=None) | Q(parcours__valid_from__lte=on)
        going_on = Q(parcours__valid_until=None) | Q(parcours__valid_until__gte=on)
        return self.offered().filter(begun, going_on, parcours__opening=ONLINE)

    def next_number(self, parcours) -> int:
        return (self.filter(parcours=parcours).aggregate(last=Max("number"))["last"] or 0) + 1


class EditionActivityQuerySet(FrozenQuerySet):
    def outline(self):
        return self.defer("nodes").order_by("position")


class ListingQuerySet(models.QuerySet):
    def shown(self):
        return self.filter(parcours__live=True)

    def in_force(self, on):
        """What one may still begin; a programme to come is announced."""
        return self.exclude(opening=CLOSED).exclude(valid_until__lt=on)

    def former(self, on):
        return self.filter(Q(opening=CLOSED) | Q(valid_until__lt=on))

    def matching(self, search: Search, *, but: str = ""):
        """What a search finds; `but` leaves one of its filters out, to count what its values would find."""
        found = self
        for word in search.words:
            found = found.filter(words__contains=word)
        for name, value in search.filters.items():
            if name not in (but, "q"):
                found = found.filter(condition(name, value))
        return found

    def for_catalogue(self, search: Search, on):
        """The line of a card needs its own row, and of the page its address only; old programmes come last."""
        page = ("depth", "path", "numchild", "title", "slug", "url_path", "live", "locale_id", "content_type_id")
        own = [one.name for one in self.model._meta.fields if one.name not in ("words", "parcours")]
        found = self.select_related("parcours").only(*own, *(f"parcours__{name}" for name in page))
        former = Case(When(Q(opening=CLOSED) | Q(valid_until__lt=on), then=True), default=False)
        return found.annotate(is_former=former).order_by("is_former", *SORTS[search.tri], "pk")

    def counts(self, search: Search) -> dict[str, dict[str, int]]:
        """How many lines each value of each filter would leave, the other filters kept."""
        counts = {name: self._of_facet(search, name, relation) for name, relation in FACETS.items()}
        counts["duree"] = self._of_bands(search)
        modalities = self.matching(search, but="modalite").order_by().values_list("modality").annotate(Count("pk"))
        preparing = self.matching(search, but="habilitation").filter(condition("habilitation", YES)).count()
        return counts | {"modalite": dict(modalities), "habilitation": {YES: preparing}}

    def _of_facet(self, search, name, relation):
        slugs = self.matching(search, but=name).order_by().values_list(f"parcours__{relation}__slug")
        return {slug: count for slug, count in slugs.annotate(Count("pk", distinct=True)) if slug}

    def _of_bands(self, search):
        bands = {f"band_{rank}": Count("pk", filter=condition("duree", code)) for rank, code in enumerate(DURATIONS)}
        return dict(zip(DURATIONS, self.matching(search, but="duree").aggregate(**bands).values(), strict=True))


def condition(name: str, value: str) -> Q:
    if name in FACETS:
        return Q(**{f"parcours__{FACETS[name]}__slug": value})
    if name == "duree":
        least, most = DURATIONS[value]
        return Q(minutes__gte=least) & (Q(minutes__lte=most) if most else Q())
    return Q(is_habilitation=True) if name == "habilitation" else Q(modality=value)


class ListedQuestionQuerySet(models.QuerySet):
    def matching(self, words):
        found = self
        for word in words:
            found = found.filter(words__contains=word)
        return found

    def working_on(self, code: str):
        """Codes are kept one per line, between two ends of line."""
        return self.filter(competences__contains=f"\n{code}\n")

    def for_choice(self):
        return self.select_related("page").defer("value", "words")


class CompetenceQuerySet(models.QuerySet):
    def by_domain(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """(domain, its competences as (code, label)), in order."""
        found: dict[str, list] = {}
        for code, label, domain in self.order_by("domain", "label").values_list("code", "label", "domain"):
            found.setdefault(domain or "Sans domaine", []).append((code, label))
        return list(found.items())

    def unknown(self, codes) -> list[str]:
        """Those of these codes that are not in the list; none of them as long as there is no list."""
        wanted = set(codes)
        listed = set(self.values_list("code", flat=True)) if wanted else set()
        return sorted(wanted - listed) if listed else []


class FacetQuerySet(models.QuerySet):
    def of_parcours(self, kind, pages) -> dict[int, list[str]]:
        """The labels of one kind that each of these parcours bears, in order."""
        relation = RELATIONS[kind]
        found: dict[int, list[str]] = {}
        rows = self.filter(**{f"{relation}__in": pages}).order_by("position", "label")
        for pk, label in rows.values_list(relation, "label"):
            found.setdefault(pk, []).append(label)
        return found
