"""The only door by which a trace enters, and with it the progress it makes."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from lms.kernel.jobs import post
from parcours.assessment.engine.marking import mark, refusal
from parcours.learning.engine.fold import fold
from parcours.learning.engine.path import walk
from parcours.learning.events import parcours_completed
from parcours.learning.lifecycle import LIFECYCLE
from parcours.learning.models import ActivityProgress, Enrolment, Progress, Trace
from parcours.learning.models.facts import fact_of, row_values, rule_of, steps_of


class Refused(Exception):
    """Something sent by a browser that this edition does not know; the message is the sentence to show."""


@dataclass(frozen=True)
class Recorded:
    """What stands after a fact was sent: `trace` may be an older one, when the same thing had been recorded before."""

    trace: Trace
    new: bool
    activity: ActivityProgress
    progress: Progress


def open_activity(enrolment, activity):
    """Leave the trace that an activity was opened: the first time only."""
    return _record(enrolment, activity, Trace(kind="opened", client_id=f"opened:{activity.activity_id}"))


def finish_reading(enrolment, activity):
    """The learner says that a text without questions was read."""
    if activity.rule["kind"] != "read":
        raise Refused("Cette étape se termine par ses questions : répondez-y pour la terminer.")
    return _record(enrolment, activity, Trace(kind="read", client_id=f"read:{activity.activity_id}"))


def answer(enrolment, activity, question_id, given, *, client_id, attempt=1, said_at=None):
    """Store one answer, marked on the server against the edition the learner follows.

    `given`: ids of the options chosen. The first answer to a question stands for its attempt: a repeat, a second tab
    or a late arrival gets it back. Raises Refused for a question or an option this edition does not have.
    """
    question = activity.question(question_id)
    if question is None:
        raise Refused("Cette question ne fait plus partie de votre parcours : rechargez la page, rien n’est perdu.")
    if sentence := refusal(question, given):
        raise Refused(sentence)
    trace = Trace(
        kind="answered",
        client_id=client_id,
        question_id=question_id,
        attempt=attempt,
        given=sorted(set(given)),
        correct=mark(question, given).correct,
        said_at=said_at,
    )
    return _record(enrolment, activity, trace)


def restart(enrolment, activity, *, after):
    """Begin the attempt that follows attempt number `after`, which must be finished. A double click begins one."""
    trace = Trace(kind="restarted", client_id=f"restarted:{activity.activity_id}:{after + 1}", attempt=after + 1)
    return _record(enrolment, activity, trace)


@transaction.atomic
def _record(enrolment, activity, trace):
    progress = Progress.objects.select_for_update().get(pk=enrolment.pk)
    known = list(Trace.objects.filter(enrolment_id=enrolment.pk, activity_id=activity.activity_id))
    rule = rule_of(activity)
    folded = fold(rule, [fact_of(one) for one in known])
    same = _already(known, trace)
    if same is None:
        _refuse_out_of_turn(trace, folded)
        trace.enrolment_id, trace.activity_id, trace.at = enrolment.pk, activity.activity_id, timezone.now()
        trace.save()
        known.append(trace)
        folded = fold(rule, [fact_of(one) for one in known])
        row = _keep(enrolment, activity, folded, progress)
    else:
        row = ActivityProgress.objects.get(enrolment_id=enrolment.pk, activity_id=activity.activity_id)
    return Recorded(same or trace, same is None, row, progress)


def _already(known, trace):
    for one in known:
        if one.client_id == trace.client_id:
            return one
        if trace.kind == "answered" == one.kind and (one.question_id, one.attempt) == (
            trace.question_id,
            trace.attempt,
        ):
            return one
    return None


def _refuse_out_of_turn(trace, folded):
    if trace.kind == "answered" and trace.attempt != folded.attempt:
        raise Refused("Cet essai n’est pas celui que vous avez commencé : rechargez la page pour continuer.")
    if trace.kind == "restarted":
        before = folded.attempts[-1] if folded.attempts else None
        if before is None or before.number != trace.attempt - 1 or before.score is None:
            raise Refused("Terminez d’abord l’essai en cours : il reste des questions sans réponse.")


def _keep(enrolment, activity, folded, progress):
    row, _ = ActivityProgress.objects.update_or_create(
        enrolment_id=enrolment.pk, activity_id=activity.activity_id, defaults=row_values(folded)
    )
    rows = {one.activity_id: one for one in ActivityProgress.objects.filter(enrolment_id=enrolment.pk)}
    keep_path(progress, walk(steps_of(enrolment.edition.outline, rows)))
    if progress.percent == 100 and enrolment.state == Enrolment.State.ACTIVE:
        _complete(enrolment, progress)
    return row


def keep_path(progress, path):
    """Write the fold of the whole course on its row."""
    progress.done, progress.total, progress.percent = path.done, path.total, path.percent
    progress.minutes_done, progress.minutes_total = path.minutes_done, path.minutes_total
    progress.next_activity_id, progress.last_at = path.next_activity or "", path.last_at
    progress.save()


def _complete(enrolment, progress):
    with LIFECYCLE.moving(enrolment, "complete", by=enrolment.person) as locked:
        locked.completed_at = progress.last_at
    parcours_completed.send(sender=Enrolment, enrolment=locked)
    post("learning.issue_attestation", enrolment.pk, key=f"learning.issue_attestation:{enrolment.pk}")
