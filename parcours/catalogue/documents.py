"""What is said of a parcours on pages, in mails and on papers, in the same words everywhere."""

import datetime
from dataclasses import dataclass

from lms.kernel.definitions import define
from lms.kernel.formats import nbsp
from lms.kernel.rules import current
from lms.organisations.models import Kind, Organisation
from parcours.catalogue.engine import manifest

HABILITATION_REMINDER = define(
    "catalogue.habilitation_reminder",
    "ce que ce parcours seul ne donne pas (la première ligne annonce, les autres énumèrent)",
    "texts",
    default=[
        "Ce parcours en autonomie ne suffit pas pour être habilité à Aidants Connect. Il faut aussi :",
        "travailler dans une structure dont Aidants Connect a validé l’éligibilité, "
        "et figurer dans sa demande d’habilitation ;",
        "suivre les deux demi-journées en direct, où le formateur enregistre votre présence ;",
        "passer le test Pix « Aidants Connect » avec l’adresse e-mail de cette demande, puis envoyer vos résultats : "
        "aucune note minimale n’est exigée.",
    ],
)


@dataclass(frozen=True)
class Reminder:
    intro: str
    points: tuple[str, ...]

    @property
    def text(self) -> str:
        """For a mail or a paper without markup."""
        return "\n".join([self.intro, *(f"- {point}" for point in self.points)])


def habilitation_reminder(on: datetime.date | None = None) -> Reminder:
    """What still has to be done to be habilité, in force on a day.

    Source: Aidants Connect, public code and FAQ, read in August 2026: both facts, any order, no pass mark.
    """
    intro, *points = map(nbsp, current(HABILITATION_REMINDER.code, on))
    return Reminder(intro, tuple(points))


def completion_sentence(edition) -> str:
    """When the parcours is over, from the rules that decide it."""
    return manifest.completion_of((activity.title, activity.rule) for activity in edition.outline)


def responsible_for(parcours) -> Organisation | None:
    """Who answers for a parcours: the organisation its page names, or else the only training organisation there is."""
    if parcours.organisation_id:
        return parcours.organisation
    known = Organisation.objects.filter(kind=Kind.TRAINING).exclude(nda="")[:2]
    return known[0] if len(known) == 1 else None
