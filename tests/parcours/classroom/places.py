"""A structure with its référent and colleagues, ready to register in a session."""

from lms.organisations.models import Role
from parcours.classroom import actions
from parcours.classroom.engine.funding import Answers
from tests.accounts.factories import PersonFactory
from tests.organisations.factories import MembershipFactory, OrganisationFactory

PUBLIC = Answers("public")


def colleague_of(structure, **names):
    person = PersonFactory(**names)
    MembershipFactory(person=person, organisation=structure, role=Role.LEARNER)
    return person


def referent_of(structure, **names):
    person = PersonFactory(**names)
    MembershipFactory(person=person, organisation=structure, role=Role.STRUCTURE_REFERENT)
    return person


class Team:
    """`answers`: the road they take. The référent is a person of the structure as well."""

    def __init__(self, count=3, structure=None):
        self.structure = structure or OrganisationFactory()
        self.referent = referent_of(self.structure)
        self.people = [colleague_of(self.structure) for _ in range(count)]

    def register(self, session, person=None, **values):
        person = person or self.people[0]
        values = {"employer": self.structure, "by": self.referent, "answers": PUBLIC} | values
        return actions.register(session, person, **values)


def states(session):
    """The state of every registration of a session, in order."""
    return list(session.registrations.order_by("registered_at", "pk").values_list("state", flat=True))
