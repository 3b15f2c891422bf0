"""Who meets what about a session: whoever trains in its organisme, and whoever answers for its training."""

from lms.organisations.models import Role
from parcours.classroom.models import Deroule
from tests.organisations.factories import DepartementFactory
from tests.parcours.classroom.factories import RoomFactory, SessionFactory, in_days
from tests.parcours.classroom.places_access import PLACES
from tests.parcours.classroom.ready import live_edition, prepared, published
from tests.permissions.matrix import Row

TRAINING = dict.fromkeys(("trainer", "training_manager"), 200)
MOVED = dict.fromkeys(("trainer", "training_manager"), 302)
NOBODY = {"*": 404}
MANAGER = NOBODY | {"trainer": 403}


def session(world, **values):
    return [SessionFactory(organisation=world.home(Role.TRAINER), **values).public_id]


def over(world):
    return session(world, first_day=in_days(-3))


def of_a_neighbour(world):
    return [SessionFactory().public_id]


def ready(world, make=published):
    return make(world.home(Role.TRAINER))


def open_session(world):
    return [ready(world).public_id]


def draft(world):
    return [ready(world, prepared).public_id]


def half_day(world):
    return [ready(world).public_id, 1]


def a_deroule(world):
    found = ready(world)
    rows = [
        {"id": "a1", "kind": "pause", "title": "Pause", "minutes": 15},
        {"id": "b2", "kind": "pause", "title": "Marge", "minutes": 5},
    ]
    by = world.people[Role.TRAINER]
    Deroule.objects.create(
        half_day=found.half_days.first(), title="Matin", sequences=rows, original=rows, adapted_by=by
    )
    return [found.public_id, 1]


def a_sequence(world):
    return [*a_deroule(world), "a1"]


def an_etape(world):
    found = ready(world)
    return [found.public_id, found.edition.outline[1].slug]


def a_question(world):
    found = ready(world)
    etape = found.edition.activity(found.edition.outline[1].slug)
    return [found.public_id, etape.slug, etape.questions[0]["id"]]


def a_room(world, **values):
    return [RoomFactory(organisation=world.home(Role.TRAINER), **values).public_id]


def a_room_elsewhere(world):
    return [RoomFactory().public_id]


def a_new_room(world):
    departement = world.home(Role.TRAINER).departement_id or DepartementFactory().pk
    values = {"name": "Salle A", "address": "1 rue", "postcode": "35000", "city": "Rennes", "departement": departement}
    return values | {"organisation": world.home(Role.TRAINER).pk}


def a_new_session(world):
    parcours = live_edition().parcours_id
    return {"organisation": world.home(Role.TRAINING_MANAGER).pk, "parcours": parcours, "modality": "onsite"}


def some_seats(world):
    return {"capacity": 10, "intra": "public", "registrar": "referent", "price": "450", "contact": "Claire"}


SESSIONS = [
    Row("classroom:sessions", expected={"*": 403} | TRAINING),
    Row("classroom:export", expected={"*": 403} | TRAINING),
    Row("classroom:session", session, NOBODY | TRAINING),
    Row("classroom:session", of_a_neighbour, NOBODY, label="of another organisme"),
    Row("classroom:create", expected={"*": 403, "training_manager": 200}),
    Row("classroom:create", expected={"*": 403, "training_manager": 302}, verb="post", data=a_new_session),
    *[
        Row(f"classroom:{name}", draft, MANAGER | {"training_manager": 200})
        for name in ("prepare_parcours", "prepare_place", "prepare_half_days", "prepare_seats", "prepare_review")
    ],
    Row("classroom:prepare_seats", draft, MANAGER | {"training_manager": 302}, verb="post", data=some_seats),
    Row("classroom:prepare_place", open_session, NOBODY, label="of a session already published"),
    Row("classroom:publish", draft, MANAGER | {"training_manager": 302}, verb="post"),
    Row("classroom:take_edition", draft, MANAGER | {"training_manager": 302}, verb="post"),
    Row("classroom:discard", draft, MANAGER | {"training_manager": 302}, verb="post"),
    *[
        Row(f"classroom:{name}", open_session, MANAGER | {"training_manager": 200})
        for name in ("reschedule", "settings", "cancel", "duplicate")
    ],
    Row(
        "classroom:cancel",
        open_session,
        MANAGER | {"training_manager": 302},
        verb="post",
        data=lambda world: {"reason": "Trop peu d’inscrits"},
    ),
    Row("classroom:cancel", of_a_neighbour, NOBODY, verb="post", label="of another organisme"),
    Row("classroom:close", over, NOBODY | MOVED, verb="post"),
]
DEROULES = [
    Row("classroom:deroules", open_session, NOBODY | TRAINING),
    Row("classroom:deroule", half_day, NOBODY | TRAINING),
    Row("classroom:deroule", lambda world: [*open_session(world), 9], NOBODY, label="of no half-day"),
    Row("classroom:keep_deroule", half_day, NOBODY | TRAINING),
    Row("classroom:adapt_deroule", half_day, NOBODY | MOVED, verb="post"),
    Row("classroom:edit_deroule", a_deroule, NOBODY | TRAINING),
    Row("classroom:edit_deroule", half_day, NOBODY, label="not copied yet"),
    Row("classroom:restore_deroule", a_deroule, NOBODY | MOVED, verb="post"),
    Row("classroom:add_sequence", a_deroule, NOBODY | TRAINING),
    Row("classroom:sequence", a_sequence, NOBODY | TRAINING),
    Row("classroom:move_sequence", a_sequence, NOBODY | MOVED, verb="post"),
    Row("classroom:remove_sequence", a_sequence, NOBODY | MOVED, verb="post"),
    Row("classroom:room_modules", open_session, NOBODY | TRAINING),
    Row("classroom:room_etape", an_etape, NOBODY | TRAINING),
    Row("classroom:room_question", a_question, NOBODY | TRAINING),
]
ROOMS = [
    Row("classroom:rooms", expected={"*": 403} | TRAINING),
    Row("classroom:add_room", expected={"*": 403, "training_manager": 200}),
    Row("classroom:add_room", expected={"*": 403, "training_manager": 302}, verb="post", data=a_new_room),
    Row("classroom:room", a_room, MANAGER | {"training_manager": 200}),
    Row("classroom:room", a_room_elsewhere, NOBODY, label="of another organisme"),
    Row("classroom:archive_room", a_room, MANAGER | {"training_manager": 302}, verb="post"),
    Row("classroom:restore_room", a_room, MANAGER | {"training_manager": 302}, verb="post"),
]
ROWS = [*SESSIONS, *DEROULES, *ROOMS, *PLACES]
