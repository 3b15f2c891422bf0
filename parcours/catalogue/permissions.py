from django.db.models import Q

from lms.organisations.lifecycle import NATIONAL_ROLES, Role
from lms.organisations.permissions import has_role
from parcours.catalogue.models import LibraryPage, SeancePage

TRAINING_ROLES = (Role.TRAINER, Role.TRAINING_MANAGER, Role.REVIEWER)


def can_read_seances(person) -> bool:
    """Déroulés and corrected exercises are the trainers' tools; whoever learns does not read them."""
    return person.is_superuser or has_role(person, *TRAINING_ROLES, *NATIONAL_ROLES)


def seances_read_by(person):
    """The published half-days of the national library, and those of the organismes the person teaches for."""
    published = SeancePage.objects.live()
    if person.is_superuser or has_role(person, *NATIONAL_ROLES):
        return published
    own = person.memberships.active().filter(role__in=TRAINING_ROLES).values("organisation")
    libraries = LibraryPage.objects.filter(Q(organisation=None) | Q(organisation__in=own))
    under = Q(pk=None)
    for path in libraries.values_list("path", flat=True):
        under |= Q(path__startswith=path)
    return published.filter(under)
