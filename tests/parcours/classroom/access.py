"""Who meets what about a session: whoever trains in its organisme, and whoever answers for its training."""

from lms.organisations.models import Role
from tests.parcours.classroom.factories import SessionFactory
from tests.permissions.matrix import Row

TRAINING = dict.fromkeys(("trainer", "training_manager"), 200)


def session(world):
    return [SessionFactory(organisation=world.home(Role.TRAINER)).public_id]


def of_a_neighbour(world):
    return [SessionFactory().public_id]


ROWS = [
    Row("classroom:sessions", expected={"*": 403} | TRAINING),
    Row("classroom:session", session, {"*": 404} | TRAINING),
    Row("classroom:session", of_a_neighbour, {"*": 404}, label="of another organisme"),
]
