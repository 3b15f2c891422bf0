from lms.kernel.access import is_signed_in
from lms.organisations.permissions import has_role
from parcours.assistance.queries import TRAINING_ROLES


def can_ask(person):
    """Where one may ask is known from what one follows."""
    return is_signed_in(person)


def can_ask_again(person, thread):
    return thread.person_id == person.pk


def can_list_questions(person):
    return has_role(person, *TRAINING_ROLES)


def can_answer(person, thread):
    """Whoever trains in the organisme that answers for the parcours; nobody answers their own question."""
    return thread.person_id != person.pk and has_role(person, *TRAINING_ROLES, organisation=thread.organisation)


def can_withdraw(person, shared):
    return has_role(person, *TRAINING_ROLES, organisation=shared.thread.organisation)
