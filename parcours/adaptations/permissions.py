from lms.kernel.access import is_signed_in
from lms.organisations.lifecycle import Role
from lms.organisations.permissions import has_role
from parcours.adaptations.queries import TRAINING_ROLES


def can_ask(person):
    return is_signed_in(person)


def can_read(person, request):
    """As its author; the référent handicap reads it on a page of their own."""
    return request.person_id == person.pk


def can_withdraw(person, request):
    return can_read(person, request)


def can_keep(person, request):
    return can_read(person, request)


def can_list_requests(person):
    return has_role(person, Role.DISABILITY_REFERENT)


def can_answer(person, request):
    """The référent handicap of the organisme it was sent to; nobody answers their own request."""
    return request.person_id != person.pk and has_role(
        person, Role.DISABILITY_REFERENT, organisation=request.organisation
    )


def can_list_measures(person):
    return has_role(person, *TRAINING_ROLES)
