"""A whole list of colleagues enrolled at once, for the same promises as one by one."""

from itertools import groupby

from django.db import transaction
from django.utils import timezone

from lms.kernel.jobs import post
from lms.kernel.journal import record_many
from lms.kernel.lifecycle import TransitionRefused
from lms.kernel.quiet import next_quiet_end
from parcours.learning.actions.enrol import NAMELESS, enrolment_refusals, first_progress
from parcours.learning.models import Enrolment, Progress

TOLD_AT_ONCE = 50  # people told of their enrolment by one job


@transaction.atomic
def enrol_many(people, edition, *, employer, by) -> list[Enrolment]:
    """Enrol people in an edition, for one employer, in a handful of queries.

    All or nobody. Raises TransitionRefused as `enrol` does, and IntegrityError when one of them follows the parcours
    already: who calls then enrols them one by one.
    """
    if not all(person.last_name for person in people):
        raise TransitionRefused([NAMELESS])
    if refusals := enrolment_refusals(edition):
        raise TransitionRefused(refusals)
    same = {"edition": edition, "parcours_id": edition.parcours_id, "employer": employer}
    enrolments = Enrolment.objects.bulk_create(
        [Enrolment(person=person, enrolled_by=None if by == person else by, **same) for person in people]
    )
    progress = first_progress(edition)
    Progress.objects.bulk_create([Progress(enrolment=one, **progress) for one in enrolments])
    after = {"edition": edition.pk, "employer": employer.pk}
    record_many("learning.enrol", enrolments, by=by, after=lambda one: after)
    _announce(enrolments)
    return enrolments


def _announce(enrolments):
    """Each is told at a fit hour where they live."""
    by_zone = sorted(enrolments, key=_zone_of)
    for zone, group in groupby(by_zone, key=_zone_of):
        pks, due_at = [one.pk for one in group], next_quiet_end(timezone.now(), zone)
        for rank in range(0, len(pks), TOLD_AT_ONCE):
            told = pks[rank : rank + TOLD_AT_ONCE]
            post("learning.confirm_enrolments", *told, key=f"learning.confirm_enrolments:{told[0]}", due_at=due_at)


def _zone_of(enrolment):
    return enrolment.person.time_zone
