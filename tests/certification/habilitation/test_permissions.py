"""Truth tables: each `can_` over the roles of the world."""

import pytest

from certification.habilitation import actions, permissions
from lms.organisations.models import Kind, Role
from parcours.assistance.engine.files import CheckedFile
from tests.certification.habilitation.factories import DAY, HabilitationFactory
from tests.organisations.situations import World

pytestmark = pytest.mark.django_db
PROOF = CheckedFile("capture.pdf", "application/pdf", b"%PDF-1.4 capture")
NATIONAL = {"pilot", "admin", "superuser"}


class Situation(World):
    """A learner of the structure, trained by the organisme, whose référent declared the test Pix."""

    def __init__(self):
        super().__init__()
        organisation, manager = self.homes[Kind.TRAINING], self.people[Role.TRAINING_MANAGER]
        self.one = HabilitationFactory(person=self.people[Role.LEARNER], organisation=self.structure)
        self.noted = actions.note_training(self.one.person, DAY, organisation=organisation, by=manager)
        referent = self.people[Role.STRUCTURE_REFERENT]
        self.declared = actions.declare_pix(self.one.person, DAY, proof=PROOF, by=referent)
        self.one.refresh_from_db()

    def allowed(self, can, *about):
        return {str(role) for role, person in self.people.items() if can(person, *about)}


@pytest.fixture(scope="module")
def tables():
    return {
        "can_read": ("one", NATIONAL | {"learner", "structure_referent", "trainer", "training_manager"}),
        "can_read_score": ("one", NATIONAL | {"learner"}),
        "can_declare_for": ("one", {"learner", "structure_referent"}),
        "can_move_out": ("one", NATIONAL | {"structure_referent"}),
        "can_transcribe": ("one", NATIONAL),
        "can_decide": ("declared", NATIONAL),
        "can_take_back": ("declared", {"learner", "structure_referent"}),
        "can_withdraw": ("noted", NATIONAL | {"training_manager"}),
        "can_read_proof": ("declared", NATIONAL | {"learner", "structure_referent"}),
    }


def test_each_predicate_opens_to_its_roles_and_to_no_other(tables):
    world = Situation()
    for name, (about, roles) in tables.items():
        assert world.allowed(getattr(permissions, name), getattr(world, about)) == roles, name


def test_the_organisme_withdraws_what_it_noted_and_not_what_others_said():
    world = Situation()
    assert world.allowed(permissions.can_withdraw, world.declared) == NATIONAL


def test_nobody_decides_of_themselves_whatever_their_role():
    world = Situation()
    pilot = world.people[Role.PILOT]
    one = HabilitationFactory(person=pilot, organisation=world.structure)
    fact = actions.declare_pix(pilot, DAY, proof=PROOF, by=pilot)
    for name, about in (("can_decide", fact), ("can_withdraw", fact), ("can_move_out", one), ("can_transcribe", one)):
        assert not getattr(permissions, name)(pilot, about), name
    assert "pilot" in world.allowed(permissions.can_steer)
    assert world.allowed(permissions.can_steer) == NATIONAL
