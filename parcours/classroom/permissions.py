from lms.organisations.lifecycle import Role
from lms.organisations.permissions import has_role
from parcours.classroom.queries import TEACHING_ROLES


def can_list_sessions(person):
    return has_role(person, *TEACHING_ROLES)


def can_create(person):
    return has_role(person, Role.TRAINING_MANAGER)


def can_run(person, session):
    """Whoever trains in the organisme de formation: reads the session, its people, prepares its half-days."""
    return has_role(person, *TEACHING_ROLES, organisation=session.organisation)


def can_manage(person, session):
    """Whoever answers for its training: dates, seats, price, publication, cancellation."""
    return has_role(person, Role.TRAINING_MANAGER, organisation=session.organisation)


def can_manage_room(person, room):
    return has_role(person, Role.TRAINING_MANAGER, organisation=room.organisation)
