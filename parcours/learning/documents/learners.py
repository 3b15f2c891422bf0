"""The people a trainer trains: who follows what the trainer's organisme answers for."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from parcours.catalogue.documents import only_training_organisation
from parcours.catalogue.models import ParcoursPage
from parcours.learning.documents.standing import BY_NAME, STATE_OF, named
from parcours.learning.models import Enrolment
from parcours.learning.queries import TRAINING_ROLES


@dataclass(frozen=True)
class Sought:
    """What a trainer asks of the list; every part may be absent."""

    q: str = ""
    etat: str = ""
    parcours: int | None = None
    tri: str = BY_NAME


def learners_of(person) -> QuerySet:
    """The enrolments whose relevé a person reads as a trainer: never their own."""
    return Enrolment.objects.filter(parcours__in=parcours_trained_by(person)).exclude(person=person)


def parcours_trained_by(person) -> QuerySet:
    held = person.memberships.active().filter(role__in=TRAINING_ROLES).values("organisation")
    answered = Q(organisation__in=held)
    alone = only_training_organisation()
    if alone and held.filter(organisation=alone).exists():
        answered |= Q(organisation=None)
    return ParcoursPage.objects.filter(answered)


def sought(person, asked: Sought) -> QuerySet:
    """In no order yet."""
    found = learners_of(person).filter(named(asked.q, "person__"))
    if asked.etat in STATE_OF:
        found = found.filter(STATE_OF[asked.etat])
    if asked.parcours:
        found = found.filter(parcours=asked.parcours)
    return found


def parcours_choices(person) -> list[tuple[int, str]]:
    return list(parcours_trained_by(person).order_by("title").values_list("pk", "title"))
