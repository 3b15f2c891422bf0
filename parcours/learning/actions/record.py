"""The only door by which a trace enters, and with it the progress it makes."""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from lms.kernel.jobs import post
from lms.kernel.lifecycle import TransitionRefused
from parcours.assessment.engine.marking import mark, refusal, settled
from parcours.learning.engine.fold import fold
from parcours.learning.engine.path import walk
from parcours.learning.events import parcours_begun, parcours_completed
from parcours.learning.lifecycle import LIFECYCLE
from parcours.learning.models import ActivityProgress, Enrolment, Progress, Trace
from parcours.learning.models.facts import fact_of, path_values, row_values, rule_of, steps_of

STALE = "Cette question ne fait plus partie de votre parcours : rechargez la page, rien n’est perdu."
MIXED_UP = "Votre réponse n’a pas pu être reconnue : rechargez la page, puis répondez de nouveau."
LEFT = "Vous avez arrêté ce parcours : inscrivez-vous de nouveau depuis le catalogue pour le reprendre."
MOVED = "Ce parcours vient d’être mis à jour : rechargez la page, puis répondez de nouveau. Rien n’est perdu."


class Refused(TransitionRefused):
    """What a browser sent cannot be recorded; `str()` gives the sentence to show."""

    def __init__(self, sentence):
        super().__init__([sentence])


@dataclass(frozen=True)
class Recorded:
    """What stands after a fact was sent: `trace` may be an older one, when the same thing had been recorded before.

    `rows`: the progress of every activity touched so far, by activity id.
    """

    trace: Trace
    new: bool
    activity: ActivityProgress
    progress: Progress
    rows: dict[str, ActivityProgress]


def open_activity(enrolment, activity):
    """Leave the trace that an activity was opened: the first time only."""
    return _record(enrolment, activity, Trace(kind=Trace.Kind.OPENED, client_id=f"opened:{activity.activity_id}"))


def finish_reading(enrolment, activity):
    """The learner says that a text without questions was read."""
    if rule_of(activity).kind != "read":
        raise Refused("Cette étape se termine par ses questions : répondez-y pour la terminer.")
    return _record(enrolment, activity, Trace(kind=Trace.Kind.READ, client_id=f"read:{activity.activity_id}"))


def answer(enrolment, activity, question_id, given, *, client_id, attempt=1, said_at=None):
    """Store one answer, marked on the server against the edition the learner follows.

    `given`: what the kind of the question wants, ids or typed texts. The first answer to a question stands for its
    attempt: a repeat, a second tab or a late arrival gets it back. Raises Refused for a question this edition does not
    have, or for what is no answer to it.
    """
    question = activity.question(question_id)
    if question is None:
        raise Refused(STALE)
    if sentence := refusal(question, given):
        raise Refused(sentence)
    marked = mark(question, given)
    trace = Trace(
        kind=Trace.Kind.ANSWERED,
        client_id=client_id,
        question_id=question_id,
        attempt=attempt,
        given=settled(question, given),
        correct=marked.correct,
        reasons=marked.reasons,
        said_at=said_at,
    )
    return _record(enrolment, activity, trace)


def restart(enrolment, activity, *, after):
    """Begin the attempt that follows attempt number `after`, which must be finished. A double click begins one."""
    client_id = f"restarted:{activity.activity_id}:{after + 1}"
    return _record(enrolment, activity, Trace(kind=Trace.Kind.RESTARTED, client_id=client_id, attempt=after + 1))


@transaction.atomic
def _record(enrolment, activity, trace):
    progress = Progress.objects.select_related("enrolment").select_for_update(of=("self",)).get(pk=enrolment.pk)
    if progress.enrolment.state == Enrolment.State.WITHDRAWN:
        raise Refused(LEFT)
    if progress.enrolment.edition_id != enrolment.edition_id:
        raise Refused(MOVED)
    trace.enrolment, trace.activity_id, trace.at = enrolment, activity.activity_id, timezone.now()
    rows = {row.activity_id: row for row in ActivityProgress.objects.filter(enrolment=enrolment)}
    row = rows.get(trace.activity_id) or ActivityProgress(enrolment=enrolment, activity_id=trace.activity_id)
    known = _known(trace, row)
    if same := _already(known, trace):
        return Recorded(same, False, row, progress, rows)
    rule = rule_of(activity)
    _refuse_out_of_turn(trace, fold(rule, map(fact_of, known)))
    trace.save()
    begins = progress.last_at is None
    rows[trace.activity_id] = _set(row, row_values(fold(rule, map(fact_of, [*known, trace]))))
    _set(progress, path_values(walk(steps_of(enrolment.edition, rows))))
    if begins:
        parcours_begun.send(sender=Enrolment, enrolment=enrolment)
    if progress.percent == 100 and progress.enrolment.state == Enrolment.State.ACTIVE:
        complete(progress.enrolment, awaited=True)
    return Recorded(trace, True, row, progress, rows)


def _known(trace, row):
    """What was recorded of this activity, and anything else that bears the number of this trace."""
    if row.pk is None and trace.kind == Trace.Kind.OPENED:
        return []
    here = Q(activity_id=trace.activity_id) | Q(client_id=trace.client_id)
    return list(Trace.objects.filter(here, enrolment=trace.enrolment))


def _already(known, trace):
    """The trace of the same fact, whatever number it bears. Raises Refused when the number is that of another fact."""
    same = next((one for one in known if _fact(one) == _fact(trace)), None)
    if same is None and any(one.client_id == trace.client_id for one in known):
        raise Refused(MIXED_UP)
    return same


def _fact(trace):
    return trace.kind, trace.activity_id, trace.question_id, trace.attempt


def _refuse_out_of_turn(trace, folded):
    if trace.kind == Trace.Kind.ANSWERED and trace.attempt != folded.attempt:
        raise Refused("Cet essai n’est pas celui que vous avez commencé : rechargez la page pour continuer.")
    if trace.kind == Trace.Kind.RESTARTED:
        before = folded.attempts[-1] if folded.attempts else None
        if before is None or before.number != trace.attempt - 1 or before.score is None:
            raise Refused("Terminez d’abord l’essai en cours : il reste des questions sans réponse.")


def _set(row, values):
    for name, value in values.items():
        setattr(row, name, value)
    row.save()
    return row


def complete(enrolment, *, awaited=False):
    """End an enrolment of which everything is done, and have its attestation issued. Raises TransitionRefused."""
    with LIFECYCLE.moving(enrolment, "complete", by=enrolment.person) as locked:
        locked.completed_at = locked.progress.last_at
    parcours_completed.send(sender=Enrolment, enrolment=locked)
    post("learning.issue_attestation", locked.pk, key=locked.attestation_job, awaited=awaited)
    return locked
