"""Files decided by one order: what came of each of them, for who gave it."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from certification.funding.lifecycle import Verdict
from certification.funding.models.demande import Demande
from certification.funding.queries import BatchLineQuerySet, BatchQuerySet

PERSON = settings.AUTH_USER_MODEL


class Batch(models.Model):
    TASK = "funding.run_batch"

    verdict = models.CharField("décision", max_length=12, choices=Verdict)
    by = models.ForeignKey(PERSON, models.PROTECT, related_name="+", verbose_name="demandées par")
    ordered_at = models.DateTimeField("demandées le", default=timezone.now)

    objects = BatchQuerySet.as_manager()

    class Meta:
        verbose_name = "décisions prises ensemble"
        verbose_name_plural = "décisions prises ensemble"
        ordering = ["-pk"]

    def __str__(self):
        return f"décisions {self.pk}"

    @property
    def awaited_task(self):
        """Of one read `with_turns`."""
        return self.TASK if self.waits else ""


class BatchLine(models.Model):
    """`decided`: None until its turn comes; `why`: why it was not."""

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="lines", verbose_name="décisions")
    demande = models.ForeignKey(Demande, models.CASCADE, related_name="batch_lines", verbose_name="demande")
    decided = models.BooleanField("décidé", null=True, blank=True)
    why = models.TextField("pourquoi il ne l’est pas", blank=True)

    objects = BatchLineQuerySet.as_manager()

    class Meta:
        verbose_name = "dossier de décisions prises ensemble"
        verbose_name_plural = "dossiers de décisions prises ensemble"
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["batch", "demande"], name="funding_once_in_a_batch")]

    def __str__(self):
        return f"ligne {self.pk}"
