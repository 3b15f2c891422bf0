"""Who keeps the registers of an organisme, who answers a complaint, who shows the evidence of a session."""

from lms.organisations.lifecycle import Role
from lms.organisations.permissions import has_role, is_national
from parcours.quality.queries import TRAINING_ROLES


def can_read_quality(person):
    return has_role(person, *TRAINING_ROLES)


def can_manage_quality(person):
    return has_role(person, Role.TRAINING_MANAGER)


def can_read_register(person, register):
    """Trainers read and keep what concerns teaching; the files of people and contracts are for who answers for them."""
    return can_read_quality(person) if register.for_trainers else can_manage_quality(person)


def can_change_entry(person, entry):
    """Whoever answers for the training; a trainer, what they recorded themselves."""
    if has_role(person, Role.TRAINING_MANAGER, organisation=entry.organisation):
        return True
    return entry.recorded_by_id == person.pk and has_role(person, Role.TRAINER, organisation=entry.organisation)


def answers_for_the_nation(person):
    """Reads the complaints addressed to nobody else."""
    return is_national(person)


def can_read_complaints(person):
    return can_manage_quality(person) or is_national(person)


def can_answer_complaint(person, complaint):
    if complaint.organisation_id is None:
        return is_national(person)
    return has_role(person, Role.TRAINING_MANAGER, organisation=complaint.organisation)


def can_read_indicators(person):
    return can_read_quality(person) or is_national(person)


def can_edit_indicators(person):
    return is_national(person)


def can_read_appreciations(person, session):
    return has_role(person, *TRAINING_ROLES, organisation=session.organisation)


def reads_small_samples(person, session):
    """Below three answers, somebody could be recognised: trainers are shown nothing."""
    return has_role(person, Role.TRAINING_MANAGER, organisation=session.organisation)


def can_show_evidence(person, session):
    """Make the pack of a session, let an auditor in."""
    return has_role(person, Role.TRAINING_MANAGER, organisation=session.organisation)


def can_manage_audits(person):
    return can_manage_quality(person)


def can_revoke_audit(person, access):
    return has_role(person, Role.TRAINING_MANAGER, organisation=access.organisation)
