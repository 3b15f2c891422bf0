"""What is said of a parcours on pages, in mails and on papers, in the same words everywhere."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass

from lms.kernel.definitions import define
from lms.kernel.formats import duration, nbsp
from lms.kernel.rules import current
from lms.organisations.models import Kind, Organisation
from parcours.catalogue.engine import manifest
from parcours.catalogue.models import Opening

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
LIVE_HABILITATION_REMINDER = define(
    "catalogue.live_habilitation_reminder",
    "ce que ne donne pas un parcours avec ses demi-journées (la première ligne annonce, les autres énumèrent)",
    "texts",
    default=[
        "Ce parcours ne suffit pas à lui seul pour être habilité à Aidants Connect. Il faut aussi :",
        "travailler dans une structure dont Aidants Connect a validé l’éligibilité, "
        "et figurer dans sa demande d’habilitation ;",
        "passer le test Pix « Aidants Connect » avec l’adresse e-mail de cette demande, puis envoyer vos résultats : "
        "aucune note minimale n’est exigée.",
    ],
)


RESULTS: list[Callable] = []
"""Each takes the primary key of a parcours and gives what its page publishes of its results, or None."""


def register_results(provider: Callable) -> None:
    if provider not in RESULTS:
        RESULTS.append(provider)


@dataclass(frozen=True)
class Reminder:
    intro: str
    points: tuple[str, ...]

    @property
    def text(self) -> str:
        """For a mail or a paper without markup."""
        return "\n".join([self.intro, *(f"- {point}" for point in self.points)])


def reminder_of(edition) -> Reminder | None:
    """What an edition leaves to do to be habilité; nothing when it prepares for something else."""
    return habilitation_reminder(live=bool(edition.content.get("seances"))) if edition.is_habilitation else None


def habilitation_reminder(on: datetime.date | None = None, *, live=False) -> Reminder:
    """What still has to be done to be habilité, in force on a day. `live`: the half-days belong to the parcours.

    Source: Aidants Connect, public code and FAQ, read in August 2026: both facts, any order, no pass mark.
    """
    rule = LIVE_HABILITATION_REMINDER if live else HABILITATION_REMINDER
    intro, *points = map(nbsp, current(rule.code, on))
    return Reminder(intro, tuple(points))


def completion_sentence(edition) -> str:
    """When the parcours is over, from the rules that decide it."""
    return manifest.completion_of(edition.endings, live=bool(edition.content.get("seances")))


LINKS: list[Callable] = []


def register_link(source: Callable) -> Callable:
    """What another room adds to the page of a parcours: `source(page)` gives `label`, `url`, `detail`, or nothing."""
    if source not in LINKS:
        LINKS.append(source)
    return source


def links_of(parcours) -> list[dict]:
    return [link for source in LINKS if (link := source(parcours))]


IN_LETTERS = ("", "une", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix")


def half_days(count: int) -> str:
    """« deux demi-journées en direct »."""
    number = IN_LETTERS[count] if count < len(IN_LETTERS) else str(count)
    return f"{number} demi-journée{'s' if count > 1 else ''} en direct"


def hours_sentence(figures: dict) -> str:
    """« 10 h 30 : 3 h 30 en ligne et deux demi-journées en direct »."""
    online = f"{duration(figures['online'])} en ligne" if figures["online"] else ""
    live = half_days(figures["seances"]) if figures["seances"] else ""
    if online and live:
        return f"{duration(figures['total'])} : {online} et {live}"
    return online or f"{duration(figures['total'])} : {live}".removesuffix(" : ")


def responsible_for(parcours) -> Organisation | None:
    """Who answers for a parcours: the organisation its page names, or else the only training organisation there is."""
    return parcours.organisation if parcours.organisation_id else only_training_organisation()


def only_training_organisation() -> Organisation | None:
    """Who answers for what names nobody; nothing as soon as there are two."""
    known = Organisation.objects.filter(kind=Kind.TRAINING).exclude(nda="")[:2]
    return known[0] if len(known) == 1 else None


def announced_by(parcours) -> dict | None:
    """Who answers for a parcours, as its page says it and an edition freezes it; of history, who it names itself."""
    organisation = parcours.organisation if parcours.opening == Opening.CLOSED else responsible_for(parcours)
    if organisation is None:
        return None
    return {
        "name": str(organisation),
        "nda": organisation.nda,
        "contact": organisation.assistance_contact,
        "delay": organisation.assistance_delay if organisation.assistance_contact else "",
    }


def assistance_faults(parcours) -> list[str]:
    """Why nobody may enrol yet, and whom to ask; empty when a declared organisme and a named person answer for it.

    Source: Code du travail, art. D6313-3-1: training at a distance includes assistance.
    """
    organisation = responsible_for(parcours)
    if organisation is None or not organisation.nda:
        return [f"Aucun organisme de formation déclaré ne répond encore de ce parcours. {_whom_to_ask(parcours)}"]
    if not organisation.assistance_contact:
        named = f"{organisation} n’a pas encore nommé la personne qui répondra à vos questions."
        return [f"{named} {_whom_to_ask(parcours, organisation.email)}"]
    return []


def _whom_to_ask(parcours, email="") -> str:
    if email:
        return f"Pour savoir quand l’inscription ouvrira, écrivez à {email}."
    return f"Pour savoir quand l’inscription ouvrira : {parcours.contact.strip().rstrip('.')}."
