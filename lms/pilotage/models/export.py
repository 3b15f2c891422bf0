import uuid

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone

from lms.kernel.tables import CSV, LABELS, XLSX
from lms.pilotage.queries import ListExportQuerySet


class ListExport(models.Model):
    """A list too long to be written while one waits: made apart, kept a week.

    `read_with` is the reading level and the départements (none for the nation) of who asked, when it was written.
    """

    class Form(models.TextChoices):
        CSV = CSV, LABELS[CSV]
        XLSX = XLSX, LABELS[XLSX]

    public_id = models.UUIDField("identifiant public", default=uuid.uuid4, unique=True, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="demandé par")
    indicator = models.CharField("indicateur", max_length=40)
    form = models.CharField("format", max_length=4, choices=Form, default=Form.CSV)
    filters = models.JSONField("filtres", default=dict, blank=True)
    read_with = models.JSONField("niveau et périmètre de lecture", default=dict, blank=True)
    content = models.BinaryField("contenu", null=True, editable=False)
    created_at = models.DateTimeField("demandé le", default=timezone.now, editable=False)

    objects = ListExportQuerySet.as_manager()

    class Meta:
        verbose_name = "export de liste"
        verbose_name_plural = "exports de liste"
        ordering = ["-pk"]

    def __str__(self):
        return f"export de liste {self.pk}"

    def get_absolute_url(self):
        return reverse("pilotage:export", args=[self.public_id])
