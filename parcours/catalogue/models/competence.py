from django.db import models

from parcours.catalogue.queries import CompetenceQuerySet


class Competence(models.Model):
    """What a code written in a module means; the list is edited in the CMS."""

    code = models.SlugField("code", max_length=60, unique=True, help_text="Celui que citent les modules.")
    label = models.CharField("libellé", max_length=200, help_text="Avec un verbe : « Décider si un mandat… ».")
    domain = models.CharField("domaine", max_length=100, blank=True)

    objects = CompetenceQuerySet.as_manager()

    panels = ["code", "label", "domain"]

    class Meta:
        verbose_name = "compétence"
        ordering = ["domain", "label"]

    def __str__(self):
        return self.label
