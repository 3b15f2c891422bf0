"""Who meets what of the habilitations: oneself, whoever answers for the structure, who trained, ANCT; nobody else."""

from functools import partial

from certification.habilitation import actions
from certification.habilitation.models import Habilitation
from lms.organisations.models import Kind, Role
from parcours.assistance.engine.files import CheckedFile
from tests.certification.habilitation.factories import DAY, HabilitationFactory
from tests.certification.habilitation.files_access import ROWS as FILES
from tests.organisations.factories import CampagneFactory, WaveFactory
from tests.permissions.matrix import Row

PROOF = CheckedFile("capture.pdf", "application/pdf", b"%PDF-1.4 capture")
NATIONAL = ("pilot", "admin", "superuser")


def given(status, *actors):
    return dict.fromkeys(actors, status)


EVERYBODY = {"*": 200}
STEERED = {"*": 403} | given(200, *NATIONAL)
READ = {"*": 404} | given(200, "learner", "structure_referent", *NATIONAL)
UNSEEN = {"*": 404} | given(200, *NATIONAL)


def learner_s(world):
    """The learner of the structure, trained nowhere yet."""
    found = Habilitation.objects.filter(person=world.people[Role.LEARNER]).first()
    return found or HabilitationFactory(person=world.people[Role.LEARNER], organisation=world.structure)


def one(world):
    return [learner_s(world).public_id]


def out(world):
    found = learner_s(world)
    if not found.exit_step:
        actions.leave(found, "left", "job_left", on=DAY, by=world.people["admin"])
    return [found.public_id]


def of_a_neighbour(world):
    return [HabilitationFactory(organisation=world.neighbour).public_id]


def trained_by_ours(world):
    """Somebody of a neighbour, trained by the organisme of the world."""
    found = HabilitationFactory(organisation=world.neighbour)
    actions.note_training(
        found.person, DAY, organisation=world.homes[Kind.TRAINING], by=world.people[Role.TRAINING_MANAGER]
    )
    return [found.public_id]


def declared(world, by=Role.LEARNER):
    fact = actions.declare_pix(learner_s(world).person, DAY, proof=PROOF, by=world.people[by])
    return [fact.public_id]


def noted(world):
    organisation, manager = world.homes[Kind.TRAINING], world.people[Role.TRAINING_MANAGER]
    fact = actions.note_training(learner_s(world).person, DAY, organisation=organisation, by=manager, proof=PROOF)
    return [fact.public_id]


def structure(world):
    return [world.structure.public_id]


def neighbour(world):
    return [world.neighbour.public_id]


def campagne(world):
    return [CampagneFactory(code="2026").code]


def by_region(world):
    return [*campagne(world), "regions"]


def wave(world):
    return ["2026", WaveFactory(campagne=CampagneFactory(code="2026"), number=1).number]


MOVED = {"*": 404, "learner": 403} | given(302, "structure_referent", *NATIONAL)
ROWS = [
    Row("habilitation:mine", expected=EVERYBODY),
    Row("habilitation:declare_pix", expected=EVERYBODY),
    Row("habilitation:declare_pix", expected={"*": 422}, verb="post", label="of nothing"),
    Row("habilitation:person", one, READ),
    Row("habilitation:person", of_a_neighbour, UNSEEN, label="of a neighbour"),
    Row(
        "habilitation:person",
        trained_by_ours,
        UNSEEN | given(200, "trainer", "training_manager"),
        label="of a neighbour, trained here",
    ),
    Row("habilitation:declare_for", one, READ | given(403, *NATIONAL)),
    Row("habilitation:declare_for", of_a_neighbour, {"*": 404} | given(403, *NATIONAL), label="of a neighbour"),
    Row("habilitation:leave", one, READ | {"learner": 403}),
    Row("habilitation:leave", of_a_neighbour, UNSEEN, label="of a neighbour"),
    Row("habilitation:come_back", out, MOVED, verb="post"),
    Row("habilitation:come_back", of_a_neighbour, {"*": 404} | given(302, *NATIONAL), verb="post"),
    Row("habilitation:transcribe", one, READ | given(403, "learner", "structure_referent")),
    Row("habilitation:transcribe", of_a_neighbour, UNSEEN, label="of a neighbour"),
    Row("habilitation:proof", declared, {"*": 404} | given(200, "learner", *NATIONAL)),
    Row("habilitation:proof", noted, {"*": 404} | given(200, "learner", "training_manager", *NATIONAL), label="noted"),
    Row("habilitation:take_back", declared, {"*": 404} | given(302, "learner") | given(403, *NATIONAL), verb="post"),
    Row(
        "habilitation:take_back",
        partial(declared, by=Role.STRUCTURE_REFERENT),
        {"*": 404} | given(302, "learner", "structure_referent") | given(403, *NATIONAL),
        verb="post",
        label="of a référent",
    ),
    Row("habilitation:withdraw", noted, {"*": 404, "learner": 403} | given(200, "training_manager", *NATIONAL)),
    Row("habilitation:withdraw", declared, {"*": 404, "learner": 403} | given(200, *NATIONAL), label="declared"),
    Row("habilitation:structure", structure, {"*": 404, "structure_referent": 200}),
    Row("habilitation:structure", neighbour, {"*": 404}, label="of a neighbour"),
    Row("habilitation:structure_export", structure, {"*": 404, "structure_referent": 200}, verb="post"),
    Row("habilitation:structure_export", neighbour, {"*": 404}, verb="post", label="of a neighbour"),
    Row("habilitation:presences", expected={"*": 403, "training_manager": 200}),
    Row("habilitation:presences", expected={"*": 403, "training_manager": 422}, verb="post", label="of nothing"),
    Row("habilitation:queue", expected=STEERED),
    Row("habilitation:declaration", declared, STEERED),
    Row("habilitation:declaration", declared, {"*": 403} | given(422, *NATIONAL), verb="post", label="without reason"),
    Row("habilitation:decide_many", expected={"*": 403} | given(302, *NATIONAL), verb="post", label="of nothing"),
    Row("habilitation:campagnes", expected=STEERED),
    Row("habilitation:campagne", campagne, STEERED),
    Row("habilitation:change_campagne", campagne, STEERED),
    Row("habilitation:change_wave", wave, STEERED),
    Row("habilitation:set_objectives", by_region, STEERED),
    Row("habilitation:close_campagne", campagne, {"*": 403} | given(302, *NATIONAL), verb="post"),
    *FILES,
]
