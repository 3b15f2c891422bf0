from lms.kernel.access import is_signed_in
from lms.organisations.lifecycle import Role
from lms.organisations.permissions import answers_for, has_role
from parcours.classroom.lifecycle import Registrar
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


def can_have_sessions(person):
    return is_signed_in(person)


def can_register_colleagues(person, organisation):
    """Whoever answers for a structure registers its people and follows their sessions, and nobody above them."""
    return answers_for(person, organisation)


def can_register_oneself(person, session):
    return can_have_sessions(person) and session.registrar == Registrar.ANYONE


def can_answer_offer(person, registration):
    """The seat is offered to one person; nobody takes it or leaves it for them."""
    return registration.person_id == person.pk


def can_leave(person, registration):
    """The trainee, whoever answers for their employer, whoever runs the session."""
    return registration.person_id == person.pk or can_replace(person, registration)


def can_replace(person, registration):
    return answers_for(person, registration.employer) or can_run(person, registration.session)


def can_move(person, registration):
    return can_run(person, registration.session)


def can_answer_survey(person, survey):
    if survey.registration_id:
        return survey.person_id == person.pk
    return answers_for(person, survey.employer)
