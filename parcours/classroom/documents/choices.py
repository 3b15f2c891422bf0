"""What an organisme chooses from when it prepares a session: its parcours, its rooms, its trainers."""

from django.contrib.auth import get_user_model
from django.db.models import Q

from lms.kernel.formats import NBSP
from lms.organisations.lifecycle import Role
from lms.organisations.models import Organisation
from parcours.catalogue.models import Edition, LibraryPage
from parcours.classroom.models import Room

SEVERAL = "Plusieurs structures portent ce nom : donnez le SIRET. {}"
NONE = "Aucune structure ne porte ce nom ni ce SIRET : vérifiez-les sur son avis de situation."
MOST_NAMED = 5


def teachable(organisation):
    """Current editions with live half-days: national ones, and those of the organisme's own library."""
    found = Edition.objects.offered().filter(content__seances__0__isnull=False).select_related("parcours")
    others = Q(pk=None)
    libraries = LibraryPage.objects.filter(organisation__isnull=False).exclude(organisation=organisation)
    for path in libraries.values_list("path", flat=True):
        others |= Q(parcours__path__startswith=path)
    return found.exclude(others).order_by("title")


def parcours_choices(organisation) -> list[tuple[int, str]]:
    """« Aidants Connect, 10 h 30 (2 demi-journées en direct) », by primary key of the parcours."""
    rows = teachable(organisation).values_list("parcours", "title", "content__seances")
    return [(pk, f"{title} ({_count(len(seances))} en direct)") for pk, title, seances in rows]


def _count(count):
    return f"{count}{NBSP}demi-journée{'s' if count > 1 else ''}"


def rooms_of(organisation):
    return Room.objects.filter(organisation=organisation, archived_at=None).select_related("departement")


def trainers_of(organisation):
    """Whoever holds the role of trainer in the organisme today."""
    held = organisation.memberships.active().filter(role=Role.TRAINER)
    people = get_user_model().objects.filter(pk__in=held.values("person"), is_active=True)
    return people.order_by("last_name", "first_name", "pk")


def structure_named(text: str) -> Organisation:
    """The one structure that bears this name or this SIRET. Raises ValueError with the sentence to show."""
    digits = "".join(text.split())
    text = digits if digits.isdigit() else text
    found = list(Organisation.objects.matching(text).order_by("name", "pk")[: MOST_NAMED + 1])
    exact = [one for one in found if one.siret and one.siret == text]
    if exact or len(found) == 1:
        return (exact or found)[0]
    if not found:
        raise ValueError(NONE)
    raise ValueError(SEVERAL.format(" ; ".join(f"{one.name}, {one.city} ({one.siret})" for one in found[:MOST_NAMED])))
