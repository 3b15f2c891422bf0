"""The officers of an OPCO: who follows which branches, and how many files each has in charge."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.db.models import Count, Min, Q
from django.utils import timezone

from certification.funding.lifecycle import CLOSED
from certification.funding.models import Demande
from certification.funding.queries import branches_of, idcc_followed
from lms.accounts.models import Person
from lms.kernel.formats import plural
from lms.organisations.lifecycle import Role
from lms.organisations.models import Membership

OWN, NOBODY = "moi", "personne"
LIVE = ~Q(state__in=CLOSED) & Q(settled=False)


@dataclass(frozen=True)
class Colleague:
    """`membership`: None for somebody who is no longer an officer there, and still has files."""

    person: Person
    opco: object
    membership: Membership | None
    idcc: list[str] | None
    count: int
    oldest: datetime | None

    @property
    def branches(self) -> str:
        if self.membership is None:
            return "ne fait plus partie de l’OPCO"
        return "tout l’OPCO" if self.idcc is None else f"IDCC {', '.join(self.idcc)}"

    @property
    def age(self) -> str:
        days = (timezone.localdate() - timezone.localdate(self.oldest)).days if self.oldest else 0
        return f"le plus ancien depuis {plural(days, 'jour', 'jours')}" if days else ""


class Team:
    """Those who share the files that a person sees."""

    def __init__(self, person):
        self.person = person

    @cached_property
    def memberships(self) -> list[Membership]:
        held = Membership.objects.active().filter(role=Role.OPCO_OFFICER, organisation__in=branches_of(self.person))
        held = held.filter(person__is_active=True).select_related("person", "organisation")
        return list(held.order_by("organisation__name", "person__last_name", "person__first_name", "pk"))

    def choices(self) -> list[tuple[str, str]]:
        """The others, for a list to choose from."""
        others = {one.person_id: one.person for one in self.memberships if one.person_id != self.person.pk}
        return [(str(one.public_id), one.full_name) for one in others.values()]

    def member(self, public_id) -> Person | None:
        """A colleague, or oneself."""
        people = [one.person for one in self.memberships]
        return next((one for one in people if str(one.public_id) == str(public_id)), None)

    def colleagues(self) -> list[Colleague]:
        """Those of today, then those who left and still have files."""
        loads = self._loads()
        found = []
        followed = idcc_followed(self.memberships)
        for one in self.memberships:
            count, oldest = loads.pop((one.organisation_id, one.person_id), (0, None))
            idcc = followed[one.pk]
            told = sorted(idcc) if idcc is not None else None
            found.append(Colleague(one.person, one.organisation, one, told, count, oldest))
        return found + self._gone(loads)

    def _loads(self) -> dict:
        rows = Demande.objects.decided_by(self.person).filter(LIVE).exclude(officer=None).order_by()
        counted = rows.values("opco", "officer").annotate(count=Count("pk"), oldest=Min("waiting_since"))
        return {(one["opco"], one["officer"]): (one["count"], one["oldest"]) for one in counted}

    def _gone(self, loads) -> list[Colleague]:
        people = Person.objects.in_bulk({person for _, person in loads})
        opcos = {one.organisation_id: one.organisation for one in self.memberships}
        return [
            Colleague(people[person], opcos[opco], None, None, *load) for (opco, person), load in sorted(loads.items())
        ]


def unassigned_count(person) -> int:
    return Demande.objects.decided_by(person).filter(LIVE, officer=None).count()
