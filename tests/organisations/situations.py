"""One person per role, standing in the same small world: used by every truth table and by the access matrix."""

from lms.organisations.models import Kind, Role
from tests.accounts.factories import PersonFactory
from tests.organisations.factories import DepartementFactory, MembershipFactory, OrganisationFactory, RegionFactory

HOME_OF_ROLE = {
    Role.TRAINER: Kind.TRAINING,
    Role.TRAINING_MANAGER: Kind.TRAINING,
    Role.REVIEWER: Kind.TRAINING,
    Role.DISABILITY_REFERENT: Kind.TRAINING,
    Role.VAE_ADVISOR: Kind.TRAINING,
    Role.OPCO_OFFICER: Kind.OPCO,
    Role.CERTIFIER: Kind.CERTIFIER,
    Role.JURY_MEMBER: Kind.CERTIFIER,
    Role.TERRITORIAL_PILOT: Kind.HUB,
    Role.PILOT: Kind.ANCT,
    Role.ADMIN: Kind.ANCT,
}


class World:
    """Two structures in Bretagne, one in Mayotte, one organisation of each other kind; a person for each role.

    Everyone works at `home` of their role; a learner and a référent work at `structure`. The territorial pilot
    follows Bretagne. `former` is a référent of `structure` whose mandate is over.
    """

    def __init__(self):
        bretagne, mayotte = RegionFactory(code="53"), RegionFactory(code="06")
        rennes = DepartementFactory(code="35", region=bretagne)
        self.structure = OrganisationFactory(name="Mairie de Dol", departement=rennes)
        self.neighbour = OrganisationFactory(name="CCAS de Vitré", departement=rennes)
        self.far = OrganisationFactory(
            name="Commune de Sada", departement=DepartementFactory(code="976", region=mayotte)
        )
        self.homes = {
            kind: OrganisationFactory(name=f"Maison {kind}", kind=kind, departement=None)
            for kind in Kind
            if kind != Kind.STRUCTURE
        }
        self.people = {role: self._person(role) for role in Role}
        self.people["stranger"] = PersonFactory()
        self.people["superuser"] = PersonFactory(staff=True)
        self.people["former"] = MembershipFactory(
            ended=True, organisation=self.structure, role=Role.STRUCTURE_REFERENT
        ).person
        self.membership(Role.TERRITORIAL_PILOT).perimeter_regions.add(bretagne)

    def _person(self, role):
        return MembershipFactory(role=role, organisation=self.home(role)).person

    def home(self, role):
        return self.homes[HOME_OF_ROLE[role]] if role in HOME_OF_ROLE else self.structure

    def membership(self, role):
        return self.people[role].memberships.get()

    def organisations(self):
        return {"structure": self.structure, "neighbour": self.neighbour, "far": self.far} | {
            str(kind): home for kind, home in self.homes.items()
        }
