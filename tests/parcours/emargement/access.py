"""Who meets what around a sheet: whoever trains in the organisme; the person alone signs for herself."""

from lms.organisations.models import Kind, Role
from parcours.emargement import actions
from parcours.emargement.models import Attendance, Sheet
from tests.parcours.classroom.factories import RegistrationFactory, SessionFactory, in_days
from tests.permissions.matrix import Row

TRAINING = ("trainer", "training_manager")
NOBODY = {"*": 404}
READ = NOBODY | dict.fromkeys(TRAINING, 200)
DONE = NOBODY | dict.fromkeys(TRAINING, 302)
OWN = {"*": 404, "learner": 302}


def session_of(world):
    """A session of the organisme with the learner and a stranger: made for each actor, what one does is rolled back."""
    training, learner = world.homes[Kind.TRAINING], world.people[Role.LEARNER]
    found = learner.registrations.first()
    if found is None:
        session = SessionFactory(organisation=training, first_day=in_days(0))
        found = RegistrationFactory(session=session, person=learner)
        RegistrationFactory(session=session)
        actions.prepare(session)
    return found.session


def session(world):
    return [session_of(world).public_id]


def sheet(world):
    return [Sheet.objects.filter(half_day__session=session_of(world)).first().public_id]


def line_of(world):
    found = Attendance.objects.filter(sheet__half_day__session=session_of(world))
    return found.filter(registration__person=world.people[Role.LEARNER]).first()


def own_line(world):
    return [line_of(world).public_id]


def line(world):
    found = line_of(world)
    return [found.sheet.public_id, found.public_id]


def scan(world):
    from parcours.assistance.engine.files import CheckedFile

    found = Sheet.objects.get(public_id=sheet(world)[0])
    file = CheckedFile("feuille.pdf", "application/pdf", b"%PDF-1.4 feuille")
    return [actions.keep_scan(found, file, by=world.people[Role.TRAINER]).public_id]


def hours(world):
    return {"opens": "08:00", "closes": "18:00"}


def way(world):
    return {"way": "paper"}


def sent(world):
    return {"signatures": "[]"}


ROWS = [
    Row("emargement:register", session, READ),
    Row("emargement:prepare", session, DONE, verb="post"),
    Row("emargement:scan", scan, READ),
    Row("emargement:sheet", sheet, READ),
    Row("emargement:open", sheet, DONE, verb="post"),
    Row("emargement:close", sheet, DONE, verb="post"),
    Row("emargement:set_window", sheet, DONE, verb="post", data=hours),
    Row("emargement:choose_way", sheet, DONE, verb="post", data=way),
    Row("emargement:mark_the_rest", sheet, DONE, verb="post"),
    Row("emargement:lock", sheet, DONE, verb="post"),
    Row("emargement:codes", sheet, READ),
    Row("emargement:tablet", sheet, READ),
    Row("emargement:paper", sheet, READ),
    Row("emargement:blank", sheet, READ),
    Row("emargement:screen", sheet, READ),
    Row("emargement:offline", sheet, READ),
    Row("emargement:receive", sheet, READ, verb="post", data=sent),
    Row("emargement:person", line, READ),
    Row("emargement:draw_code", line, DONE, verb="post"),
    Row("emargement:tablet_sign", line, READ),
    Row("emargement:tablet_sign", line, DONE, verb="post"),
    Row("emargement:mine", expected={"*": 200}),
    Row("emargement:sign", own_line, OWN, verb="post"),
]
