from lms.kernel.access import is_signed_in
from lms.organisations.lifecycle import Role
from lms.organisations.permissions import has_role
from parcours.catalogue.documents import responsible_for
from parcours.learning.lifecycle import State
from parcours.learning.queries import TRAINING_ROLES


def can_enrol(person):
    return is_signed_in(person)


def can_follow(person, enrolment):
    """Only the learner writes traces of his own learning; a colleague or a trainer never does it for him."""
    return enrolment.person_id == person.pk and enrolment.state != enrolment.State.WITHDRAWN


def can_withdraw(person, enrolment):
    return can_follow(person, enrolment)


def can_list_issued_papers(person):
    return person.is_superuser or has_role(person, Role.ADMIN, Role.TRAINING_MANAGER)


def can_revoke_paper(person, paper):
    """Whoever answers for the organisme that issued it, or for the site; never the person it was issued to."""
    if not person.is_active or paper.person_id == person.pk:
        return False
    if person.is_superuser or has_role(person, Role.ADMIN):
        return True
    return paper.organisation is not None and has_role(person, Role.TRAINING_MANAGER, organisation=paper.organisation)


def follows(person):
    """Whether there is anything to say of this person's learning."""
    return bool(_states_of(person) - {State.WITHDRAWN})


def has_finished(person):
    """Whether an attestation was issued to this person, or is about to be."""
    return State.COMPLETED in _states_of(person)


def _states_of(person) -> set:
    """The states of a person's enrolments, read once per person object: their menu asks several times."""
    if "_states_of_enrolments" not in person.__dict__:
        states = person.enrolments.order_by().values_list("state", flat=True)
        person.__dict__["_states_of_enrolments"] = set(states)
    return person.__dict__["_states_of_enrolments"]


def can_list_learners(person):
    return has_role(person, *TRAINING_ROLES)


def can_read_releve(person, enrolment):
    """Whoever trains in the organisme that answers for the parcours; the learner reads it in their own space."""
    organisation = responsible_for(enrolment.parcours)
    trains = organisation is not None and has_role(person, *TRAINING_ROLES, organisation=organisation)
    return trains and enrolment.person_id != person.pk


def can_list_editions(person):
    return person.is_superuser or has_role(person, Role.ADMIN, Role.TRAINER, Role.TRAINING_MANAGER, Role.REVIEWER)


def can_spread(person, parcours):
    """Whoever may publish the page decides which edition its learners follow."""
    return person.is_active and parcours.permissions_for_user(person).can_publish()
