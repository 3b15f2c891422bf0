from django.db import models

from lms.pilotage.queries import ChangeQuerySet, CountQuerySet, StocktakingQuerySet


class Dimension(models.TextChoices):
    """What a count is cut by, besides the campagne and the département; the first is not cut further."""

    WHOLE = "", "ensemble"
    STRUCTURE_TYPE = "structure_type", "type de structure"
    TRAINING_ORGANISATION = "training_organisation", "organisme de formation"
    MONTH = "month", "mois"
    ORIGIN = "origin", "origine"


class CountKey(models.Model):
    """Keys are texts and never null, so that a cell is one row: 0 is no campagne, an empty text is not known."""

    indicator = models.CharField("indicateur", max_length=40)
    campagne = models.PositiveBigIntegerField("campagne", default=0)
    departement = models.CharField("département", max_length=3, blank=True)

    class Meta:
        abstract = True


class Count(CountKey):
    """A figure made in advance; there are as many as places, types and months, whatever the number of people."""

    dimension = models.CharField("dimension", max_length=21, choices=Dimension, blank=True)
    key = models.CharField("clé", max_length=20, blank=True)
    value = models.IntegerField("nombre", default=0)

    objects = CountQuerySet.as_manager()

    class Meta:
        verbose_name = "compte"
        verbose_name_plural = "comptes"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["campagne", "dimension", "indicator", "departement", "key"],
                name="count_one_row_a_cell",
                violation_error_message="Ce compte existe déjà.",
            )
        ]

    def __str__(self):
        return f"{self.indicator} {self.departement} {self.key} : {self.value}"


class Change(CountKey):
    """How many lines were added to a cell, or taken from it: written with the fact, folded into the counts later."""

    structure_type = models.CharField("type de structure", max_length=20, blank=True)
    training_organisation = models.CharField("organisme de formation", max_length=20, blank=True)
    month = models.CharField("mois", max_length=7, blank=True)
    origin = models.CharField("origine", max_length=20, blank=True)
    delta = models.IntegerField("écart")

    objects = ChangeQuerySet.as_manager()

    class Meta:
        verbose_name = "écart à compter"
        verbose_name_plural = "écarts à compter"
        ordering = ["pk"]

    def __str__(self):
        return f"{self.indicator} {self.departement} : {self.delta:+d}"


class Stocktaking(models.Model):
    """When the changes were last folded, and when everything was last counted again: one row."""

    folded_at = models.DateTimeField("écarts repliés le", null=True)
    checked_at = models.DateTimeField("tout recompté le", null=True)
    differences = models.PositiveIntegerField("écarts trouvés", default=0)

    objects = StocktakingQuerySet.as_manager()

    class Meta:
        verbose_name = "relevé"
        verbose_name_plural = "relevés"

    def __str__(self):
        return f"relevé du {self.folded_at}"
