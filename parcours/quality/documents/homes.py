"""The organismes where a person trains, those they answer for first."""

from lms.organisations.models import Organisation
from parcours.quality.queries import managed_by, trained_in


def homes_of(person) -> list[Organisation]:
    managed = managed_homes_of(person)
    others = Organisation.objects.filter(pk__in=trained_in(person)).exclude(pk__in=[one.pk for one in managed])
    return managed + list(others.order_by("name", "pk"))


def managed_homes_of(person) -> list[Organisation]:
    return list(Organisation.objects.filter(pk__in=managed_by(person)).order_by("name", "pk"))
