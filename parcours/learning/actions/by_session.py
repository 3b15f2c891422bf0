"""Somebody registered in a session follows its edition, online and in class, in one enrolment."""

from django.db import IntegrityError, transaction

from lms.kernel.journal import record
from lms.kernel.lifecycle import TransitionRefused
from parcours.learning.actions.enrol import NAMELESS, begin, withdraw
from parcours.learning.actions.rebuild import rebuild
from parcours.learning.models import EditionMove, Enrolment


@transaction.atomic
def enrol_by_session(person, edition, *, employer, by) -> Enrolment:
    """The enrolment in which the edition of a session is followed.

    The one that stands is kept, and moved to that edition when nothing was done in it. Raises TransitionRefused for
    someone without a name, which the papers could not bear. The session announces itself: no message is sent here.
    """
    if not person.last_name:
        raise TransitionRefused([NAMELESS])
    standing = _standing(person, edition)
    if standing is None:
        try:
            with transaction.atomic():
                return begin(person, edition, employer=employer, by=by)
        except IntegrityError:  # they enrolled by themselves meanwhile
            standing = _standing(person, edition)
    if standing.edition_id != edition.pk and is_untouched(standing):
        _follow(standing, edition, by=by)
    return standing


@transaction.atomic
def leave_session(enrolment, *, by) -> None:
    """Somebody lost their seat: an enrolment in which nothing was done stops with it, any other goes on."""
    enrolment = Enrolment.objects.select_for_update(no_key=True).get(pk=enrolment.pk)
    if enrolment.state == Enrolment.State.ACTIVE and is_untouched(enrolment):
        withdraw(enrolment, by=by)


def is_untouched(enrolment) -> bool:
    return enrolment.state == Enrolment.State.ACTIVE and not enrolment.traces.exists()


def _standing(person, edition) -> Enrolment | None:
    same = Enrolment.objects.followed().filter(person=person, parcours=edition.parcours_id)
    return same.select_for_update(no_key=True).first()


def _follow(enrolment, edition, *, by):
    before = enrolment.edition_id
    EditionMove.objects.get_or_create(
        enrolment=enrolment, to_edition=edition, defaults={"from_edition_id": before, "by": by}
    )
    enrolment.edition = edition
    enrolment.save(update_fields=["edition"])
    rebuild(enrolment)
    after = {"edition": edition.pk}
    record("learning.move_to_edition", enrolment, by=by, before={"edition": before}, after=after)
