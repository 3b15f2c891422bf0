from django.db import IntegrityError, transaction

from lms.kernel.jobs import post
from lms.kernel.journal import record
from parcours.learning.models import Enrolment, Progress


class AlreadyEnrolled(Exception):
    """The person follows this parcours already: `enrolment` is the one to show."""

    def __init__(self, enrolment):
        self.enrolment = enrolment
        super().__init__(enrolment.pk)


def enrol(person, edition, *, employer, by):
    """Enrol a person in an edition, for one employer.

    Raises AlreadyEnrolled, also for the loser of two simultaneous requests: one enrolment stands.
    """
    try:
        with transaction.atomic():
            return _enrol(person, edition, employer, by)
    except IntegrityError:
        existing = Enrolment.objects.followed().get(person=person, parcours_id=edition.parcours_id)
        raise AlreadyEnrolled(existing) from None


def _enrol(person, edition, employer, by):
    enrolment = Enrolment.objects.create(
        person=person, edition=edition, parcours_id=edition.parcours_id, employer=employer
    )
    activities = edition.outline
    Progress.objects.create(
        enrolment=enrolment,
        total=len(activities),
        minutes_total=sum(activity.minutes for activity in activities),
        next_activity_id=activities[0].activity_id if activities else "",
    )
    record("learning.enrol", enrolment, by=by, after={"edition": edition.pk, "employer": employer.pk})
    post("learning.confirm_enrolment", enrolment.pk, key=f"learning.confirm_enrolment:{enrolment.pk}")
    return enrolment
