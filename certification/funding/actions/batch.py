"""Many files decided at once: each is checked again, and what no longer matches stays in its pile."""

from django.db import transaction

from certification.funding.actions.deciding import grant, validate
from certification.funding.actions.refusals import refuse_if
from certification.funding.lifecycle import Verdict
from certification.funding.models import Batch, BatchLine, Demande
from lms.kernel.jobs import post
from lms.kernel.lifecycle import TransitionRefused

AT_ONCE = 20
TOGETHER = {Verdict.GRANT: grant, Verdict.VALIDATE: validate}
"""What may be decided of many files at once."""
NOT_FOLLOWED = "Vous ne suivez plus ce dossier."
EXPLAINED = "Un écart y est expliqué\u00a0: il se lit un par un."
TO_LOOK_AT = "Un point y est à regarder\u00a0: il se lit un par un."


def decide_many(demandes, verdict, *, by) -> Batch:
    """Before one goes on when they are few, by a job otherwise; the lines say what came of each."""
    with transaction.atomic():
        batch = Batch.objects.create(verdict=verdict, by=by)
        lines = BatchLine.objects.bulk_create(BatchLine(batch=batch, demande=one) for one in demandes)
        if len(lines) > AT_ONCE:
            post(Batch.TASK, batch.pk, key=f"{Batch.TASK}:{batch.pk}", awaited=True)
    if len(lines) <= AT_ONCE:
        run_batch(batch.pk)
    return batch


def run_batch(pk) -> None:
    """Those whose turn has not come yet: the same job may run twice."""
    batch = Batch.objects.select_related("by").get(pk=pk)
    for line in batch.lines.waiting().values_list("pk", flat=True):
        _decide(line, batch)


@transaction.atomic
def _decide(pk, batch):
    line = BatchLine.objects.select_for_update(of=("self",)).select_related("demande").get(pk=pk)
    if line.decided is not None:
        return
    try:
        with transaction.atomic():
            refuse_if(_why_alone(line.demande, batch.by))
            TOGETHER[Verdict(batch.verdict)](line.demande, by=batch.by)
    except TransitionRefused as refusal:
        line.decided, line.why = False, " ".join(refusal.sentences)
    else:
        line.decided = True
    line.save(update_fields=["decided", "why"])


def _why_alone(demande, person) -> str:
    """Why it is not decided with others, whatever may be decided of it alone."""
    if not Demande.objects.decided_by(person).filter(pk=demande.pk).exists():
        return NOT_FOLLOWED
    if demande.explained:
        return EXPLAINED
    return TO_LOOK_AT if demande.mismatches and not demande.service_declared_at else ""
