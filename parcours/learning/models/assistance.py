"""Who answers the questions of the people who follow a parcours, and how soon."""

from dataclasses import dataclass

from django.core.cache import cache

from parcours.catalogue.documents import responsible_for
from parcours.catalogue.models import ParcoursPage

REMEMBERED_SECONDS = 60


@dataclass(frozen=True)
class Assistance:
    organisation: str = ""
    name: str = ""
    delay: str = ""
    email: str = ""

    @property
    def promise(self):
        """« Inès Le Goff (Formation Armor) vous répond sous deux jours ouvrés. »"""
        who = f"{self.name} ({self.organisation})" if self.name else f"Une personne de {self.organisation}"
        return f"{who} vous répond {self.delay}".rstrip() + "."


def assistance_of(parcours_id) -> Assistance:
    """The same for everybody, so asked once a minute; empty when no organisation answers for the parcours."""
    return cache.get_or_set(f"learning.assistance:{parcours_id}", lambda: _ask(parcours_id), REMEMBERED_SECONDS)


def _ask(parcours_id):
    organisation = responsible_for(ParcoursPage.objects.select_related("organisation").get(pk=parcours_id))
    if organisation is None:
        return Assistance()
    return Assistance(
        str(organisation), organisation.assistance_contact, organisation.assistance_delay, organisation.email
    )
