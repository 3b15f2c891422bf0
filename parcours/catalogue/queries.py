from django.db import models
from django.db.models import Max, OuterRef, Prefetch, Subquery


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

    def open_to_enrolment(self):
        return self.current().filter(parcours__live=True)

    def next_number(self, parcours) -> int:
        return (self.filter(parcours=parcours).aggregate(last=Max("number"))["last"] or 0) + 1

    def with_outline(self):
        """With its étapes, without what they contain."""
        outline = self.model._meta.get_field("activities").related_model.objects.outline()
        return self.prefetch_related(Prefetch("activities", queryset=outline))

    def for_catalogue(self):
        return (
            self.open_to_enrolment()
            .select_related("parcours")
            .annotate(
                activities_count=models.Count("activities"),
                longest_minutes=Max("activities__minutes"),
            )
            .order_by("title")
        )


class EditionActivityQuerySet(FrozenQuerySet):
    def outline(self):
        return self.defer("nodes").order_by("position")
