"""The organismes where a person trains, those they answer for first."""

from lms.organisations.models import Organisation
from parcours.quality.queries import managed_by, trained_in


def homes_of(person) -> list[Organisation]:
    found = Organisation.objects.filter(pk__in=trained_in(person)).order_by("name", "pk")
    managed = set(managed_by(person).values_list("organisation", flat=True))
    return sorted(found, key=lambda one: one.pk not in managed)
