"""Presence in class enters progress here, said by whoever keeps the signatures, and taken back as they are."""

from django.db import transaction
from django.utils import timezone

from lms.kernel.jobs import post
from parcours.learning.actions.record import complete
from parcours.learning.engine.fold import State, fold
from parcours.learning.engine.path import walk
from parcours.learning.lifecycle import LIFECYCLE
from parcours.learning.models import ActivityProgress, Enrolment, Progress, Trace
from parcours.learning.models.facts import ATTENDED, fact_of, path_values, row_values, seances_of, steps_of


def attend(enrolment, seance_id, *, minutes, key, at, by=None) -> bool:
    """Somebody was there for a séance of the edition, worth so many minutes; `at`: when it ended.

    `key` names the half-day. Saying again what stands writes nothing. Whether something was written.
    """
    return _say(enrolment, Trace(kind=Trace.Kind.PRESENT, activity_id=seance_id, minutes=minutes, said_at=at), key, by)


def unattend(enrolment, seance_id, *, key, by=None) -> bool:
    """The presence said before does not stand any more; one that was never said writes nothing."""
    return _say(enrolment, Trace(kind=Trace.Kind.ABSENT, activity_id=seance_id), key, by)


@transaction.atomic
def _say(enrolment, trace, key, by) -> bool:
    found = Progress.objects.select_related("enrolment__edition").defer("enrolment__edition__content")
    progress = found.select_for_update(of=("self",)).get(pk=enrolment.pk)
    if progress.enrolment.state == Enrolment.State.WITHDRAWN:
        return False
    known = list(Trace.objects.filter(enrolment=enrolment, activity_id=trace.activity_id))
    stands = fold(ATTENDED, map(fact_of, known))
    if _is_said(stands, trace):
        return False
    trace.client_id = f"{key}:{trace.activity_id}:{len(known) + 1}"
    trace.enrolment, trace.at = progress.enrolment, timezone.now()
    trace.save()
    if any(one.id == trace.activity_id for one in seances_of(progress.enrolment.edition)):
        _count(progress, trace.activity_id, fold(ATTENDED, map(fact_of, [*known, trace])), by)
    return True


def _is_said(stands, trace) -> bool:
    if trace.kind == Trace.Kind.ABSENT:
        return stands.state != State.DONE
    return stands.state == State.DONE and stands.minutes == trace.minutes


def _count(progress, seance_id, folded, by) -> None:
    enrolment, values = progress.enrolment, row_values(folded)
    ActivityProgress.objects.update_or_create(enrolment=enrolment, activity_id=seance_id, defaults=values)
    rows = {row.activity_id: row for row in ActivityProgress.objects.filter(enrolment=enrolment)}
    Progress.objects.filter(pk=progress.pk).update(**path_values(walk(steps_of(enrolment.edition, rows))))
    progress.refresh_from_db()
    if enrolment.state == Enrolment.State.COMPLETED:
        _correct(enrolment, progress, by)
    elif progress.percent == 100:
        complete(enrolment)


def _correct(enrolment, progress, by) -> None:
    """Hours on the attestation are not those that stand any more: it is withdrawn, and issued again if all is done."""
    key = enrolment.attestation_key
    if progress.percent < 100:
        with LIFECYCLE.moving(enrolment, "reopen", by=by) as locked:
            locked.completed_at, locked.attestation_rank = None, locked.attestation_rank + 1
    else:
        enrolment = Enrolment.objects.select_for_update(no_key=True).get(pk=enrolment.pk)
        enrolment.attestation_rank += 1
        enrolment.save(update_fields=["attestation_rank"])
        post("learning.issue_attestation", enrolment.pk, key=enrolment.attestation_job)
    post("learning.withdraw_attestation", key, by.pk if by else 0, key=f"learning.withdraw_attestation:{key}")
