from django.conf import settings
from django.db import models


class PublicationException(models.Model):
    """A reviewer let a page be published with a fault, and said why; `fault` is the sentence that refused it."""

    page = models.ForeignKey("wagtailcore.Page", models.CASCADE, related_name="+", verbose_name="page")
    fault = models.TextField("défaut accepté")
    reason = models.TextField("motif")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="acceptée par")
    at = models.DateTimeField("le", auto_now_add=True)

    class Meta:
        verbose_name = "exception de publication"
        verbose_name_plural = "exceptions de publication"
        ordering = ["-pk"]

    def __str__(self):
        return self.fault
