"""People are read by themselves, by whoever answers for their structure, by who trained them, by ANCT; by nobody else.

Nobody confirms, sets aside or withdraws what is about themselves, nor what they declared.
"""

from certification.habilitation.lifecycle import Standing
from lms.kernel.access import is_signed_in
from lms.organisations.lifecycle import NATIONAL_ROLES, Role
from lms.organisations.permissions import active_memberships, answers_for, has_role, is_national


def can_follow_own(person):
    return is_signed_in(person)


def can_follow_people(person, organisation):
    return answers_for(person, organisation)


def can_read(person, habilitation):
    mine = habilitation.person_id == person.pk or answers_for(person, habilitation.organisation)
    return mine or is_national(person) or _trained(person, habilitation)


def can_read_score(person, habilitation):
    return habilitation.person_id == person.pk or is_national(person)


def can_read_since_departure(person, habilitation):
    """What somebody did since they left a structure is not its référent’s to read."""
    return habilitation.person_id == person.pk or is_national(person) or _trained(person, habilitation)


def can_declare_for(person, habilitation):
    return habilitation.person_id == person.pk or answers_for(person, habilitation.organisation)


def can_declare_now(person, habilitation):
    """Of somebody who left, they alone may still say something."""
    stays = habilitation.person_id == person.pk or habilitation.departed_on is None
    return stays and can_declare_for(person, habilitation)


def can_move_out(person, habilitation):
    """Say that somebody leaves, or comes back: never of oneself, that is asked of a référent."""
    if habilitation.person_id == person.pk:
        return False
    return is_national(person) or answers_for(person, habilitation.organisation)


def can_take_up_again(person, habilitation):
    """A structure that somebody left follows them again once they belong to it again, and not before."""
    return can_move_out(person, habilitation) and (is_national(person) or habilitation.last_day is None)


def can_transcribe(person, habilitation):
    return is_national(person) and habilitation.person_id != person.pk


def can_steer(person):
    return is_national(person)


def can_decide(person, fact):
    return is_national(person) and person.pk not in (fact.person_id, fact.declared_by_id)


def can_take_back(person, fact):
    """Whoever declared it, or the person it is about, while it waits."""
    return fact.standing == Standing.DECLARED and person.pk in (fact.person_id, fact.declared_by_id)


def can_withdraw(person, fact):
    """ANCT, and the organisme that noted a presence by itself; what was signed here is corrected on its sheet."""
    if fact.person_id == person.pk:
        return False
    return is_national(person) or _noted(person, fact)


def can_read_proof(person, fact):
    return person.pk in (fact.person_id, fact.declared_by_id) or is_national(person) or _noted(person, fact)


def can_note_presences(person, organisation):
    return has_role(person, Role.TRAINING_MANAGER, organisation=organisation)


def notes_presences(person):
    return has_role(person, Role.TRAINING_MANAGER)


def can_lift_refusals(person):
    """Undo what an erasure holds: whoever answers for the accounts."""
    return person.is_superuser or has_role(person, Role.ADMIN)


def can_deposit_everything(person):
    return is_national(person)


def can_deposit(person):
    """ANCT every file; an organisme its lists of presence."""
    return is_national(person) or notes_presences(person)


def can_hand_over(person, export):
    """An organisme, what it did; what tells the whole country, ANCT alone."""
    return is_national(person) or (notes_presences(person) and not export.is_national)


def home_of_files(person):
    """The organisation for which somebody deposits: ANCT, or the organisme."""
    held = active_memberships(person)
    first = [one for one in held if one.role in NATIONAL_ROLES] or [
        one for one in held if one.role == Role.TRAINING_MANAGER
    ]
    return first[0].organisation if first else None


def _noted(person, fact):
    where = fact.training_organisation
    return fact.is_noted and where is not None and can_note_presences(person, where)


def _trained(person, habilitation):
    where = habilitation.training_organisation
    return where is not None and has_role(person, Role.TRAINER, Role.TRAINING_MANAGER, organisation=where)
