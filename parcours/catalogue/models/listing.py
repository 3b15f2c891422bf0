from django.db import models

from parcours.catalogue.models.edition import Edition
from parcours.catalogue.models.parcours import Modality, Opening, ParcoursPage
from parcours.catalogue.queries import ListingQuerySet


class Listing(models.Model):
    """What the public catalogue compares of a parcours: drawn from its current edition, written again at any time."""

    parcours = models.OneToOneField(
        ParcoursPage, models.CASCADE, primary_key=True, related_name="listing", verbose_name="parcours"
    )
    edition = models.ForeignKey(Edition, models.CASCADE, related_name="+", verbose_name="édition")
    title = models.CharField("titre", max_length=255)
    sort_key = models.CharField("rang alphabétique", max_length=255)
    summary = models.TextField("résumé")
    audience = models.TextField("public")
    words = models.TextField("mots cherchés")
    minutes = models.PositiveIntegerField("durée en minutes")
    live_minutes = models.PositiveIntegerField("minutes en direct")
    etapes = models.PositiveSmallIntegerField("étapes")
    longest_minutes = models.PositiveSmallIntegerField("minutes de la plus longue étape")
    seances = models.PositiveSmallIntegerField("demi-journées en direct")
    modality = models.CharField("modalité", max_length=20, choices=Modality)
    is_habilitation = models.BooleanField("prépare à l’habilitation")
    opening = models.CharField("inscription", max_length=10, choices=Opening)
    version = models.CharField("version du programme", max_length=60, blank=True)
    valid_from = models.DateField("en vigueur depuis le", null=True)
    valid_until = models.DateField("en vigueur jusqu’au", null=True)
    first_published_at = models.DateTimeField("première publication")

    objects = ListingQuerySet.as_manager()

    class Meta:
        verbose_name = "fiche du catalogue"
        verbose_name_plural = "fiches du catalogue"
        ordering = ["sort_key", "pk"]

    def __str__(self):
        return self.title
