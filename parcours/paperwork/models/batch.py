import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone

from parcours.paperwork.models.paper import SessionPaper


class Batch(models.Model):
    """One order to issue what a session lacks. `refusals` lists {about, sentence}: codes, no name."""

    public_id = models.UUIDField("identifiant public", default=uuid.uuid4, unique=True, editable=False)
    session = models.ForeignKey("classroom.Session", models.PROTECT, related_name="batches", verbose_name="session")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="demandé par")
    asked_at = models.DateTimeField("demandé le", default=timezone.now)
    total = models.PositiveIntegerField("documents à délivrer", default=0)
    planned_at = models.DateTimeField("numéros donnés le", null=True, blank=True)
    refusals = models.JSONField("ce qui n’a pas pu être délivré", default=list, blank=True)
    papers = models.ManyToManyField(SessionPaper, related_name="batches", blank=True, verbose_name="documents")

    class Meta:
        verbose_name = "délivrance groupée"
        verbose_name_plural = "délivrances groupées"
        ordering = ["-pk"]

    def __str__(self):
        return f"délivrance groupée {self.pk}"
