"""The people of a structure beside a session: who may be registered, who is already."""

from dataclasses import dataclass

from lms.accounts.models import Person
from lms.organisations.models import Membership
from parcours.classroom.models import Registration


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


def people_of(organisation, session) -> list[Colleague]:
    """Everybody the structure employs today, by name; two queries."""
    members = Membership.objects.filter(organisation=organisation).active().employing()
    people = Person.objects.known().filter(memberships__in=members).distinct().order_by("last_name", "first_name", "pk")
    standing = {one.person_id: one for one in session.registrations.active()}
    return [Colleague(person, standing.get(person.pk)) for person in people]
