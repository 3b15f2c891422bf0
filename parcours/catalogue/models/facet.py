from django.db import models

from parcours.catalogue.queries import FacetQuerySet


class Facet(models.Model):
    """A word the public catalogue is filtered by; the list is edited in the CMS."""

    class Kind(models.TextChoices):
        PROFESSION = "metier", "métier"
        THEME = "theme", "thème"

    kind = models.CharField("sorte", max_length=8, choices=Kind)
    slug = models.SlugField("adresse", max_length=60, help_text="Elle figure dans l’adresse de la page filtrée.")
    label = models.CharField("libellé", max_length=80)
    position = models.PositiveSmallIntegerField("rang", default=0)

    objects = FacetQuerySet.as_manager()

    panels = ["kind", "label", "slug", "position"]

    class Meta:
        verbose_name = "métier ou thème"
        verbose_name_plural = "métiers et thèmes"
        ordering = ["kind", "position", "label"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "slug"],
                name="catalogue_facet_once",
                violation_error_message="Cette adresse sert déjà : choisissez-en une autre.",
            )
        ]

    def __str__(self):
        return self.label
