from django.dispatch import receiver

from certification.habilitation import actions
from certification.habilitation.events import facts_changed
from lms.accounts.events import person_erased
from lms.organisations.events import membership_changed
from lms.pilotage.actions import recount
from parcours.classroom.events import registered
from parcours.emargement.events import attendance_corrected, sheet_locked
from parcours.learning.events import parcours_begun, parcours_completed


@receiver(person_erased)
def forget_erased_person(person, addresses=(), **kwargs):
    actions.forget_person(person, addresses)


@receiver(membership_changed)
def on_membership_changed(membership, by, **kwargs):
    actions.follow_employment(membership, by=by)


@receiver(registered)
def on_registered(registration, **kwargs):
    if registration.session.parcours.is_habilitation:
        actions.settle([registration.pk], by=registration.registered_by)


@receiver(parcours_begun)
def on_parcours_begun(enrolment, **kwargs):
    if enrolment.edition.is_habilitation:
        actions.settle_enrolment(enrolment)


@receiver(sheet_locked)
def on_sheet_locked(sheet, **kwargs):
    actions.settle_sheet(sheet, by=sheet.locked_by)


@receiver(attendance_corrected)
def on_attendance_corrected(attendance, **kwargs):
    actions.settle([attendance.registration_id], by=attendance.corrections.latest("pk").by)


@receiver(parcours_completed)
def on_parcours_completed(enrolment, **kwargs):
    actions.settle_enrolment(enrolment)


@receiver(facts_changed)
def on_facts_changed(person_ids, **kwargs):
    recount(person_ids)
