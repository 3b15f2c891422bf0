from django.db import IntegrityError, transaction
from django.utils import timezone

from lms.kernel.jobs import post
from lms.kernel.journal import record
from lms.kernel.lifecycle import TransitionRefused
from lms.kernel.quiet import next_quiet_end
from lms.organisations.actions import declare_employer
from parcours.catalogue.documents import assistance_faults
from parcours.learning.engine.path import walk
from parcours.learning.lifecycle import LIFECYCLE
from parcours.learning.models import Enrolment, Progress
from parcours.learning.models.facts import path_values, steps_of

NAMELESS = "Indiquez d’abord votre prénom et votre nom dans votre profil : votre attestation les portera."


class AlreadyEnrolled(Exception):
    """The person follows this parcours already: `enrolment` is the one to show."""

    def __init__(self, enrolment):
        self.enrolment = enrolment
        super().__init__(enrolment.pk)


def enrolment_refusals(edition) -> list[str]:
    """Why nobody begins this parcours today, and what to do instead; empty when one may."""
    refusal = edition.enrolment_refusal(timezone.localdate())
    return [refusal] if refusal else assistance_faults(edition.parcours)


def enrol(person, edition, *, employer, by):
    """Enrol a person in an edition, for one employer.

    Raises AlreadyEnrolled, also for the loser of two simultaneous requests: one enrolment stands; TransitionRefused for
    someone without a name, which the attestation could not bear, and in a parcours nobody begins by oneself or for
    which nobody answers.
    """
    if not person.last_name:
        raise TransitionRefused([NAMELESS])
    if refusals := enrolment_refusals(edition):
        raise TransitionRefused(refusals)
    try:
        with transaction.atomic():
            enrolment = begin(person, edition, employer=employer, by=by)
            _announce(enrolment)
            return enrolment
    except IntegrityError:
        existing = Enrolment.objects.followed().get(person=person, parcours_id=edition.parcours_id)
        raise AlreadyEnrolled(existing) from None


@transaction.atomic
def enrol_with_new_employer(person, edition, *, by, **declared):
    """The same for someone who says on the way where they work; an enrolment that does not stand declares nothing."""
    return enrol(person, edition, employer=declare_employer(person, by=by, **declared), by=by)


def withdraw(enrolment, *, by):
    """The learner stops. What was recorded is kept; another enrolment in the same parcours starts from nothing."""
    with LIFECYCLE.moving(enrolment, "withdraw", by=by) as locked:
        return locked


def begin(person, edition, *, employer, by) -> Enrolment:
    """Open an enrolment whatever the way in; in the caller's transaction."""
    enrolled_by = None if by == person else by
    enrolment = Enrolment.objects.create(
        person=person, edition=edition, parcours_id=edition.parcours_id, employer=employer, enrolled_by=enrolled_by
    )
    Progress.objects.create(enrolment=enrolment, **first_progress(edition))
    record("learning.enrol", enrolment, by=by, after={"edition": edition.pk, "employer": employer.pk})
    return enrolment


def first_progress(edition) -> dict:
    """Where everybody begins."""
    return path_values(walk(steps_of(edition, {})))


def _announce(enrolment):
    post(
        "learning.confirm_enrolment",
        enrolment.pk,
        key=f"learning.confirm_enrolment:{enrolment.pk}",
        due_at=next_quiet_end(timezone.now(), enrolment.person.time_zone),
    )
