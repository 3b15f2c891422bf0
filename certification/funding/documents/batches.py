"""What came of the files that somebody had decided together, of those they still follow."""

from dataclasses import dataclass

from django.db.models import Count, Q

from certification.funding.documents.offers import LABELS
from certification.funding.lifecycle import Verdict
from certification.funding.models import Batch, BatchLine, Demande
from lms.kernel.formats import plural
from lms.kernel.stopped import mark_stops

SHOWN = 5


@dataclass(frozen=True)
class BatchShown:
    batch: Batch
    done: int
    waiting: int
    refused: list[BatchLine]

    @property
    def label(self) -> str:
        return LABELS[Verdict(self.batch.verdict)]

    @property
    def words(self) -> str:
        """« 38 dossiers décidés, 2 ne le sont pas. »"""
        told = plural(self.done, "dossier décidé", "dossiers décidés")
        left = len(self.refused)
        return f"{told}, {left} ne {'le sont' if left > 1 else 'l’est'} pas." if left else f"{told}."

    @property
    def waits(self) -> str:
        return f"{plural(self.waiting, 'dossier attend son tour', 'dossiers attendent leur tour')}."


def batches_of(person) -> list[BatchShown]:
    """The last ones; in a number of queries that does not depend on how many files they hold."""
    batches = list(Batch.objects.visible_to(person).with_turns()[:SHOWN])
    mark_stops(batches)
    lines = BatchLine.objects.filter(batch__in=batches, demande__in=Demande.objects.decided_by(person))
    told = {"done": Count("pk", filter=Q(decided=True)), "waiting": Count("pk", filter=Q(decided=None))}
    counts = {row.pop("batch"): row for row in lines.order_by().values("batch").annotate(**told)}
    refused = {one.pk: [] for one in batches}
    for line in lines.filter(decided=False).select_related("demande__employer").order_by("demande__number"):
        refused[line.batch_id].append(line)
    return [BatchShown(one, refused=refused[one.pk], **counts[one.pk]) for one in batches if one.pk in counts]
