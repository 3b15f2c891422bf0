from django.db import models
from django.urls import reverse

from certification.funding.queries import DemandeExportQuerySet
from lms.kernel.models import PreparedFile


class DemandeExport(PreparedFile):
    """A list of files as an officer found it: `keys`, less what she no longer sees when it is written.

    `read_with` says which branches of which OPCO she followed at that moment.
    """

    TASK = "funding.write_export"

    keys = models.JSONField("dossiers", default=list)
    sort = models.CharField("tri", max_length=20, blank=True)
    read_with = models.JSONField("branches suivies", default=dict, blank=True)

    objects = DemandeExportQuerySet.as_manager()

    class Meta(PreparedFile.Meta):
        verbose_name = "export de dossiers"
        verbose_name_plural = "exports de dossiers"

    def __str__(self):
        return f"export de dossiers {self.pk}"

    def get_absolute_url(self):
        return reverse("funding:prepared", args=[self.public_id])
