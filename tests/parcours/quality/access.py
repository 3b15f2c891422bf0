"""Who meets what: registers and complaints of an organisme, the evidence of its sessions, what anybody may open."""

from lms.organisations.models import Kind, Role
from parcours.quality.models import AuditAccess, Complaint, Hazard, Improvement, Pack, TrainerDocument
from tests.parcours.quality import factories as made
from tests.permissions.matrix import Row

TRAINING = dict.fromkeys(("trainer", "training_manager"), 200)
MANAGING = {"training_manager": 200}
NATIONAL = dict.fromkeys(("pilot", "admin", "superuser"), 200)
NOBODY = {"*": 404}
REFUSED = {"*": 403}


def home(world):
    return world.homes[Kind.TRAINING]


def manager(world):
    return world.people[Role.TRAINING_MANAGER]


def session_of(world):
    found = home(world).sessions.first()
    return found or made.held_session(home(world))


def session(world):
    return [session_of(world).public_id]


def hazard(world):
    found = Hazard.objects.first() or made.hazard(home(world), manager(world))
    return ["aleas", found.public_id]


def file(world):
    person = world.people[Role.TRAINER]
    values = {"organisation": home(world), "trainer": person, "kind": "cv", "title": "CV"}
    found = TrainerDocument.objects.first()
    return [
        "formateurs",
        (found or made.actions.record_entry(TrainerDocument, values=values, by=manager(world))).public_id,
    ]


def improvement(world):
    return [(Improvement.objects.first() or made.improvement(home(world), manager(world))).public_id]


def complaint(world):
    return [(Complaint.objects.filter(organisation=home(world)).first() or made.complain(home(world))).public_id]


def national_complaint(world):
    return [(Complaint.objects.filter(organisation=None).first() or made.complain(None)).public_id]


def access(world):
    found = AuditAccess.objects.first()
    if found is None:
        until = made.today()
        values = {"name": "Anne", "email": "", "until": until, "session": session_of(world)}
        found = made.actions.give_audit(home(world), by=manager(world), **values)
    return [found.public_id]


def pack(world):
    found = Pack.objects.first() or made.actions.order_pack(session_of(world), by=manager(world))
    return [found.session.public_id, found.public_id]


ROWS = [
    Row("quality:home", expected=REFUSED | TRAINING),
    Row("quality:indicators", expected=REFUSED | TRAINING | NATIONAL),
    Row("quality:version", lambda world: ["absent"], REFUSED | dict.fromkeys(TRAINING | NATIONAL, 404)),
    Row("quality:appreciations", expected=REFUSED | TRAINING),
    Row("quality:complaints", expected=REFUSED | MANAGING | NATIONAL),
    Row("quality:export_complaints", expected=REFUSED | MANAGING | NATIONAL, verb="post"),
    Row("quality:complaint", complaint, NOBODY | MANAGING),
    Row("quality:complaint", national_complaint, NOBODY | NATIONAL, label="to the nation"),
    Row("quality:close_complaint", complaint, NOBODY | {"training_manager": 302}, verb="post"),
    Row("quality:register", lambda world: ["aleas"], REFUSED | TRAINING),
    Row("quality:register", lambda world: ["formateurs"], REFUSED | MANAGING, label="of trainers"),
    Row("quality:register", lambda world: ["sous-traitance"], REFUSED | MANAGING, label="of contracts"),
    Row("quality:register", lambda world: ["handicap"], REFUSED | MANAGING, label="of référents"),
    Row("quality:export", lambda world: ["aleas"], REFUSED | TRAINING, verb="post"),
    Row("quality:export", lambda world: ["formateurs"], REFUSED | MANAGING, verb="post", label="of trainers"),
    Row("quality:add", lambda world: ["aleas"], REFUSED | TRAINING),
    Row("quality:add", lambda world: ["formateurs"], REFUSED | MANAGING, label="to a trainer’s file"),
    Row("quality:entry", hazard, REFUSED | TRAINING),
    Row("quality:entry", file, REFUSED | MANAGING, label="of a trainer’s file"),
    Row("quality:correct", hazard, REFUSED | MANAGING),
    Row("quality:withdraw", hazard, REFUSED | MANAGING),
    Row("quality:piece", file, REFUSED | {"training_manager": 404}),
    Row("quality:advance", lambda world: [*improvement(world), "faite"], REFUSED | MANAGING),
    Row("quality:drop", improvement, REFUSED | {"training_manager": 302}, verb="post"),
    Row("quality:session", session, NOBODY | TRAINING),
    Row("quality:packs", session, NOBODY | MANAGING | {"trainer": 403}),
    Row("quality:order_pack", session, NOBODY | {"training_manager": 302, "trainer": 403}, verb="post"),
    Row("quality:pack_file", pack, NOBODY | {"trainer": 403}),
    Row("quality:audits", expected=REFUSED | MANAGING),
    Row("quality:audit_access", access, NOBODY | MANAGING),
    Row("quality:revoke_audit", access, NOBODY | {"training_manager": 302}, verb="post"),
]
