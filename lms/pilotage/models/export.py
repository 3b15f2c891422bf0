from django.db import models
from django.urls import reverse

from lms.kernel.models import PreparedFile
from lms.pilotage.queries import ListExportQuerySet


class ListExport(PreparedFile):
    """A list of people or structures, as somebody reads it.

    `read_with` is the reading level and the départements (none for the nation) of who asked, when it was written.
    """

    TASK = "pilotage.write_export"

    indicator = models.CharField("indicateur", max_length=40)
    filters = models.JSONField("filtres", default=dict, blank=True)
    read_with = models.JSONField("niveau et périmètre de lecture", default=dict, blank=True)

    objects = ListExportQuerySet.as_manager()

    class Meta(PreparedFile.Meta):
        verbose_name = "export de liste"
        verbose_name_plural = "exports de liste"

    def __str__(self):
        return f"export de liste {self.pk}"

    def get_absolute_url(self):
        return reverse("pilotage:export", args=[self.public_id])
