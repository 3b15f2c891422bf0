"""A trainer keeps the sheets of the organisme; nobody keeps the sheet they sign themselves."""

from parcours.classroom.lifecycle import RegistrationState
from parcours.classroom.permissions import can_run
from parcours.emargement.lifecycle import Way


def can_read_register(person, session):
    return can_run(person, session)


def can_keep(person, session):
    """Open, note, collect, lock, correct: whoever trains in the organisme, and follows this session in nothing."""
    if not can_run(person, session):
        return False
    return not session.registrations.filter(person=person, state=RegistrationState.REGISTERED).exists()


def can_sign(person, attendance):
    """Only for oneself."""
    return person.is_active and attendance.registration.person_id == person.pk


def signs_from_account(sheet):
    """Where nobody shares a room; in a room the trainer may choose it as well."""
    return sheet.way == Way.ACCOUNT or (not sheet.half_day.room_id and bool(sheet.half_day.link))


def has_sheets(person):
    """Whether there is anything to say of this person's half-days."""
    return person.registrations.filter(attendances__isnull=False).exists()
