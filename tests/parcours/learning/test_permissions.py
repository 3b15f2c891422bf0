import pytest

from parcours.learning.models import Enrolment
from parcours.learning.permissions import can_enrol, can_follow, can_withdraw
from tests.organisations.situations import World
from tests.parcours.learning.factories import EnrolmentFactory
from tests.permissions.matrix import ACTORS, actor_of
from tests.worlds import undone

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), undone():
        yield World()


@pytest.mark.parametrize("actor", ACTORS)
@pytest.mark.parametrize("state", Enrolment.State.values)
def test_only_the_learner_follows(world, actor, state):
    enrolment = Enrolment(person=world.people["learner"], state=state)
    person = actor_of(world, actor)
    allowed = actor == "learner" and state != "withdrawn"
    assert can_follow(person, enrolment) == allowed
    assert can_withdraw(person, enrolment) == allowed
    assert can_enrol(person) == (actor != "anonymous")


def test_what_exists_for_someone_is_their_own():
    mine, _ = EnrolmentFactory(), EnrolmentFactory()
    assert list(Enrolment.objects.visible_to(mine.person)) == [mine]
