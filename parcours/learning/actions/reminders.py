"""The few reminders somebody receives who stopped in the middle of a course, and how they end."""

from django.db import transaction
from django.utils import timezone

from lms.kernel import grants
from lms.kernel.journal import record
from parcours.learning.engine.reminding import may_remind
from parcours.learning.models import Enrolment

REMINDERS = grants.define("learning.reminders", "arrêter les rappels d’un parcours")
LINK_DAYS = 400


@transaction.atomic
def count_reminder(enrolment_pk) -> Enrolment | None:
    """Count one more reminder for this enrolment, unless something happened meanwhile: then None.

    One a week whatever the number of courses: the enrolments of a person are locked together.
    """
    now = timezone.now()
    person_id = Enrolment.objects.values_list("person_id", flat=True).get(pk=enrolment_pk)
    held = list(Enrolment.objects.filter(person=person_id).order_by("pk").select_for_update(of=("self",)))
    enrolment = Enrolment.objects.to_remind(now).for_reminder().filter(pk=enrolment_pk).first()
    last = max((one.reminded_at for one in held if one.reminded_at), default=None)
    if enrolment is None or not is_due(enrolment, now, last):
        return None
    enrolment.reminders_sent += 1
    enrolment.reminded_at = now
    enrolment.save(update_fields=["reminders_sent", "reminded_at"])
    return enrolment


def is_due(enrolment, now, reminded_at) -> bool:
    last_at = enrolment.progress.last_at or enrolment.enrolled_at
    zone = enrolment.person.time_zone
    return may_remind(now, zone, sent=enrolment.reminders_sent, last_at=last_at, reminded_at=reminded_at)


def stop_link_of(enrolment) -> grants.Grant:
    """What stops these reminders without signing in: the same link in each of them."""
    standing = grants.current(REMINDERS, person=enrolment.person, object_ids=[enrolment.pk])
    return standing or grants.give(
        REMINDERS, person=enrolment.person, by=None, days=LINK_DAYS, object_ids=[enrolment.pk]
    )


@transaction.atomic
def stop_reminders(enrolment, *, by) -> Enrolment:
    """No reminder any more about this course; stopping twice changes nothing."""
    enrolment = Enrolment.objects.select_for_update().get(pk=enrolment.pk)
    if enrolment.reminders_stopped_at is None:
        enrolment.reminders_stopped_at = timezone.now()
        enrolment.save(update_fields=["reminders_stopped_at"])
        record("learning.stop_reminders", enrolment, by=by)
    return enrolment


@transaction.atomic
def resume_reminders(enrolment, *, by) -> Enrolment:
    enrolment = Enrolment.objects.select_for_update().get(pk=enrolment.pk)
    if enrolment.reminders_stopped_at is not None:
        enrolment.reminders_stopped_at = None
        enrolment.save(update_fields=["reminders_stopped_at"])
        record("learning.resume_reminders", enrolment, by=by)
    return enrolment


@transaction.atomic
def forget_person(person) -> None:
    """Somebody's account was erased: what was done stays as proof, what was planned goes."""
    person.moments.all().delete()
    now = timezone.now()
    person.enrolments.filter(reminders_stopped_at=None).update(reminders_stopped_at=now)
