"""Who meets what about the colleagues of a structure: whoever answers for it, and nobody else, not even above."""

from functools import partial

from lms.organisations.models import Role
from parcours.catalogue.models.edition import activity_of, outline_of
from parcours.colleagues import actions
from parcours.colleagues.models import EnrolmentList, Invitation, RegisterExport
from tests.parcours.colleagues.factories import draft, edition_open
from tests.permissions.matrix import Row

OURS = {"*": 404, "structure_referent": 200}
OURS_MOVING = {"*": 404, "structure_referent": 302}
THEIRS = {"*": 404, "training_manager": 200}


def structure(world):
    return [world.structure.public_id]


def training(world):
    """A training manager follows the employees of their own organisation."""
    return [world.home(Role.TRAINING_MANAGER).public_id]


def fresh_edition():
    outline_of.cache_clear()
    activity_of.cache_clear()
    return edition_open()


def parcours(world):
    return [world.structure.public_id, fresh_edition().parcours_id]


def a_list(world, of="structure"):
    organisation = getattr(world, of)
    found = draft(organisation, world.people[Role.STRUCTURE_REFERENT], edition=fresh_edition())
    return [organisation.public_id, found.public_id]


def a_confirmed_list(world):
    address = a_list(world)
    actions.confirm_list(EnrolmentList.objects.get(), by=world.people[Role.STRUCTURE_REFERENT])
    return address


def under_another_address(world):
    """A list of a neighbour, asked for under the address of one's own structure."""
    return [world.structure.public_id, a_list(world, "neighbour")[1]]


def an_export(world, of="structure", content=b"Nom"):
    organisation = getattr(world, of)
    values = {"organisation": organisation, "by": world.people[Role.STRUCTURE_REFERENT], "content": content}
    return [organisation.public_id, RegisterExport.objects.create(**values).public_id]


def an_invitation(world):
    learner, by = world.people[Role.LEARNER], world.people[Role.STRUCTURE_REFERENT]
    values = {"organisation": world.neighbour, "parcours": fresh_edition().parcours, "by": by}
    return [Invitation.objects.create(person=learner, **values).public_id]


NEIGHBOUR = partial(a_list, of="neighbour")
ROWS = [
    Row("colleagues:choose", structure, OURS),
    Row("colleagues:choose", training, THEIRS, label="of a training organisation"),
    Row("colleagues:choose", lambda world: [world.neighbour.public_id], {"*": 404}, label="of a neighbour"),
    Row("colleagues:give", parcours, OURS),
    Row("colleagues:give", parcours, {"*": 404, "structure_referent": 422}, verb="post"),
    Row("colleagues:check", a_list, OURS),
    Row("colleagues:check", a_list, OURS_MOVING, verb="post"),
    Row("colleagues:check", NEIGHBOUR, {"*": 404}, label="of a neighbour"),
    Row("colleagues:check", under_another_address, {"*": 404}, label="under another address"),
    Row("colleagues:confirm", a_list, OURS),
    Row("colleagues:confirm", a_list, OURS_MOVING, verb="post"),
    Row("colleagues:confirm", NEIGHBOUR, {"*": 404}, verb="post", label="of a neighbour"),
    Row("colleagues:report", a_confirmed_list, OURS),
    Row("colleagues:report", NEIGHBOUR, {"*": 404}, label="of a neighbour"),
    Row("colleagues:take_up", a_confirmed_list, OURS_MOVING, verb="post"),
    Row("colleagues:take_up", NEIGHBOUR, {"*": 404}, verb="post", label="of a neighbour"),
    Row("colleagues:discard", a_list, OURS_MOVING, verb="post"),
    Row("colleagues:discard", NEIGHBOUR, {"*": 404}, verb="post", label="of a neighbour"),
    Row("colleagues:register", structure, OURS),
    Row("colleagues:register", training, THEIRS, label="of a training organisation"),
    Row("colleagues:register", lambda world: [world.neighbour.public_id], {"*": 404}, label="of a neighbour"),
    Row("colleagues:remind", structure, OURS_MOVING, verb="post"),
    Row("colleagues:order_export", structure, OURS, verb="post"),
    Row("colleagues:export", an_export, OURS),
    Row("colleagues:export", partial(an_export, of="neighbour"), {"*": 404}, label="of a neighbour"),
    Row("colleagues:write_again", an_export, OURS_MOVING, verb="post"),
    Row("colleagues:write_again", partial(an_export, of="neighbour"), {"*": 404}, verb="post", label="of a neighbour"),
    Row("colleagues:export_file", an_export, OURS),
    Row("colleagues:export_file", partial(an_export, content=None), {"*": 404}, label="not written yet"),
    Row("colleagues:export_file", partial(an_export, of="neighbour"), {"*": 404}, label="of a neighbour"),
    Row("colleagues:invitation", an_invitation, {"*": 404, "learner": 200}),
    Row("colleagues:invitation", an_invitation, {"*": 404, "learner": 302}, verb="post"),
]
