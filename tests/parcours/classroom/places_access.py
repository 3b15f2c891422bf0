"""Who meets what on the registering side: the trainee, whoever answers for them, whoever runs the session."""

from datetime import timedelta
from functools import partial

from django.utils import timezone

from lms.organisations.models import Role
from parcours.classroom.models import Registration, Survey
from tests.parcours.classroom.factories import RegistrationFactory, SessionFactory
from tests.permissions.matrix import Row

HIDDEN = {"*": 404}
OURS = HIDDEN | {"structure_referent": 200}
MINE = HIDDEN | {"learner": 200}
RUNNING = {"trainer": 200, "training_manager": 200}
RAN = {"trainer": 302, "training_manager": 302}


def session(world, **values):
    return SessionFactory(organisation=world.home(Role.TRAINER), **values)


def announced(world, **values):
    return [session(world, **values).public_id]


def registration(world, **values):
    person = world.people[Role.LEARNER]
    values = {"session": session(world), "person": person, "employer": world.structure} | values
    return RegistrationFactory(**values)


def mine(world, **values):
    return [registration(world, **values).public_id]


def offered(world):
    now = timezone.now()
    later = now + timedelta(days=2)
    return mine(world, state=Registration.State.OFFERED, offered_at=now, offer_until=later)


def structure(world):
    return [world.structure.public_id]


def ours(world, **values):
    return [world.structure.public_id, session(world, **values).public_id]


def ours_registered(world):
    return [world.structure.public_id, registration(world).session.public_id]


def survey(world, audience):
    found = registration(world)
    learner = audience == "learner"
    values = {"registration": found, "person": found.person} if learner else {"person": None}
    values |= {"session": found.session, "employer": found.employer, "email": "a@exemple.fr", "version": "2026-11"}
    return [Survey.objects.create(audience=audience, **values).public_id]


def some_words(world):
    return {"subject": "Salle changée", "message": "Nous serons au premier étage.", "reason": "Place restée libre"}


PLACES = [
    Row("classroom:door", announced, {"*": 200, "structure_referent": 302}),
    Row("classroom:register_oneself", partial(announced, registrar="anyone"), {"*": 200}),
    Row("classroom:register_oneself", announced, {"*": 403}, label="where the référent does"),
    Row("classroom:road", ours, OURS),
    Row("classroom:road", lambda world: [world.neighbour.public_id, *announced(world)], HIDDEN, label="of a neighbour"),
    Row("classroom:people", ours, HIDDEN | {"structure_referent": 302}),
    Row("classroom:structure_sessions", structure, OURS),
    Row("classroom:structure_sessions", lambda world: [world.neighbour.public_id], HIDDEN, label="of a neighbour"),
    Row("classroom:ask_payer", ours_registered, HIDDEN | {"structure_referent": 302}, verb="post"),
    Row("classroom:my_sessions", expected={"*": 200}),
    Row("classroom:my_session", mine, MINE),
    Row("classroom:my_session_calendar", mine, MINE),
    Row("classroom:my_offer", offered, HIDDEN | {"learner": 302}, verb="post"),
    Row("classroom:my_needs", partial(survey, audience="learner"), MINE),
    Row("classroom:my_needs", partial(survey, audience="employer"), OURS, label="of the employer"),
    Row("classroom:my_needs", partial(survey, audience="payer"), HIDDEN, label="of the payer"),
    Row("classroom:leave", mine, HIDDEN | RUNNING | {"learner": 200, "structure_referent": 200}),
    Row(
        "classroom:leave",
        mine,
        HIDDEN | RAN | {"learner": 302, "structure_referent": 302},
        verb="post",
        data=some_words,
    ),
    Row("classroom:replace", mine, HIDDEN | RUNNING | {"learner": 403, "structure_referent": 200}),
    Row("classroom:move", mine, HIDDEN | RUNNING | {"learner": 403, "structure_referent": 403}),
    Row("classroom:trainees", announced, HIDDEN | RUNNING),
    Row("classroom:write_to_all", announced, HIDDEN | RAN, verb="post", data=some_words),
    Row(
        "classroom:override",
        announced,
        HIDDEN | {"trainer": 403, "training_manager": 302},
        verb="post",
        data=some_words,
    ),
]
