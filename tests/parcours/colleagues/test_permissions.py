import pytest

from lms.organisations.models import Role
from parcours.colleagues.models import Invitation
from parcours.colleagues.permissions import can_answer_invitation, can_follow_colleagues
from tests.organisations.situations import World
from tests.permissions.matrix import ACTORS, actor_of

pytestmark = pytest.mark.django_db


def test_only_whoever_answers_for_a_structure_follows_its_people():
    world = World()
    may = {actor for actor in ACTORS if can_follow_colleagues(actor_of(world, actor), world.structure)}
    assert may == {Role.STRUCTURE_REFERENT}
    home = world.home(Role.TRAINING_MANAGER)
    assert {actor for actor in ACTORS if can_follow_colleagues(actor_of(world, actor), home)} == {Role.TRAINING_MANAGER}
    assert not any(can_follow_colleagues(actor_of(world, actor), world.neighbour) for actor in ACTORS)


def test_only_whom_it_is_for_answers_an_invitation():
    world = World()
    invitation = Invitation(person=world.people[Role.LEARNER])
    may = {actor for actor in ACTORS if can_answer_invitation(actor_of(world, actor), invitation)}
    assert may == {Role.LEARNER}
