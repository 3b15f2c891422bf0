from django.db import transaction
from django.utils import timezone

from lms.kernel.jobs import post
from parcours.adaptations.documents import forget_granted
from parcours.adaptations.lifecycle import LIFECYCLE
from parcours.adaptations.models import Kind, Measure


@transaction.atomic
def grant(request, *, kinds, percent, until, answer, by):
    """Grant measures that apply by themselves from today. Raises TransitionRefused, and grants nothing then."""
    today = timezone.localdate()
    Measure.objects.bulk_create(
        Measure(
            request=request,
            kind=kind,
            percent=percent if kind == Kind.EXTRA_TIME else 0,
            starts_on=today,
            ends_on=until,
        )
        for kind in kinds
    )
    with LIFECYCLE.moving(request, "grant", by=by, after={"measures": sorted(kinds)}) as locked:
        _answered(locked, answer, by)
        locked.until = until
    transaction.on_commit(lambda: forget_granted(request.person))
    post("adaptations.tell_person", request.pk)
    return locked


@transaction.atomic
def decline(request, *, answer, by):
    """Answer otherwise than by a measure, in words the person can use. Raises TransitionRefused."""
    with LIFECYCLE.moving(request, "decline", by=by) as locked:
        _answered(locked, answer, by)
    post("adaptations.tell_person", request.pk)
    return locked


def _answered(request, answer, by):
    request.answer, request.answered_at, request.answered_by = answer, timezone.now(), by
