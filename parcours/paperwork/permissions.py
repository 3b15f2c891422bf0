from lms.kernel.access import is_signed_in
from lms.organisations.lifecycle import Role
from lms.organisations.permissions import answers_for, has_role
from parcours.classroom.permissions import can_manage


def can_keep_papers(person, session):
    """Whoever answers for the training: issues, corrects, prices, bills."""
    return can_manage(person, session)


def can_state_mentions(person):
    return has_role(person, Role.TRAINING_MANAGER)


def can_state_mentions_of(person, organisation):
    return has_role(person, Role.TRAINING_MANAGER, organisation=organisation)


def can_read_as_structure(person, organisation):
    return answers_for(person, organisation)


def can_answer_for_buyer(person, sold):
    """The référent of the buyer; never whoever prepared it, nor the training manager of who sells."""
    if has_role(person, Role.TRAINING_MANAGER, organisation=sold.session.organisation):
        return False
    return answers_for(person, sold.buyer)


def can_sign_for_issuer(person, convention):
    return can_manage(person, convention.session)


def can_sign_own(person, registration):
    return person.is_active and registration.person_id == person.pk


def has_sessions(person):
    """Whether this person was ever registered in a session."""
    return person.is_active and person.registrations.exists()


def can_hold_papers(person):
    return is_signed_in(person)
