"""The people of a structure beside a session: who may be registered, who is already."""

from dataclasses import dataclass

from lms.accounts.models import Person
from lms.kernel.access import keys_in
from lms.organisations.models import Membership
from parcours.classroom.models import Registration
from parcours.learning.documents.standing import named

MOST = 100
"""People shown at once: a larger structure searches."""


@dataclass(frozen=True)
class Colleague:
    """`registration`: the one that stands in the session, if any."""

    person: Person
    registration: Registration | None = None

    @property
    def can_register(self):
        return self.registration is None and bool(self.person.last_name)

    @property
    def state(self):
        if self.registration:
            return self.registration.get_state_display()
        return "" if self.person.last_name else "nom à compléter dans son profil"


def people_of(organisation, session, q="") -> list[Colleague]:
    """The first `MOST` whom the structure employs today, by name, or those a search finds; two queries."""
    return _beside(_employed(organisation).filter(named(q))[:MOST], session)


def ticked_of(organisation, session, ticked) -> list[Colleague]:
    """Those of the structure whose primary keys were posted, whatever else was."""
    return _beside(_employed(organisation).filter(pk__in=keys_in(ticked)), session)


def _employed(organisation):
    members = Membership.objects.filter(organisation=organisation).active().employing()
    employed = Person.objects.known().filter(memberships__in=members).distinct()
    return employed.order_by("last_name", "first_name", "pk")


def _beside(people, session) -> list[Colleague]:
    standing = {one.person_id: one for one in session.registrations.active()}
    return [Colleague(person, standing.get(person.pk)) for person in people]
