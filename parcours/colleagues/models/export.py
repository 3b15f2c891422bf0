from django.db import models
from django.urls import reverse

from lms.kernel.models import PreparedFile
from parcours.colleagues.queries import RegisterExportQuerySet


class RegisterExport(PreparedFile):
    """Where the people of a structure stand, for whoever answers for it."""

    TASK = "colleagues.write_export"

    organisation = models.ForeignKey(
        "organisations.Organisation", models.PROTECT, related_name="+", verbose_name="structure"
    )
    filters = models.JSONField("filtres", default=dict, blank=True)

    objects = RegisterExportQuerySet.as_manager()

    class Meta(PreparedFile.Meta):
        verbose_name = "export de suivi"
        verbose_name_plural = "exports de suivi"

    def __str__(self):
        return f"export de suivi {self.pk}"

    def get_absolute_url(self):
        return reverse("colleagues:export", args=[self.organisation.public_id, self.public_id])
