from django.conf import settings
from django.db import models

from lms.pilotage.queries import LineQuerySet


class Line(models.Model):
    """What one person, or one person in one structure, counts for: every list and every export comes from here.

    Written by hundreds of thousands when a national file comes in: an index is there only when a list reads it.
    """

    indicator = models.CharField("indicateur", max_length=40)
    subject = models.CharField("ce qui compte", max_length=40)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="personne")
    on = models.DateField("atteint le")
    month = models.CharField("mois", max_length=7)
    campagne = models.ForeignKey(
        "organisations.Campagne",
        models.SET_NULL,
        null=True,
        db_index=False,
        related_name="+",
        verbose_name="campagne",
    )
    organisation = models.ForeignKey(
        "organisations.Organisation",
        models.PROTECT,
        null=True,
        db_index=False,
        related_name="+",
        verbose_name="structure",
    )
    departement = models.ForeignKey(
        "organisations.Departement",
        models.PROTECT,
        null=True,
        db_index=False,
        related_name="+",
        verbose_name="département",
    )
    structure_type = models.ForeignKey(
        "organisations.StructureType",
        models.PROTECT,
        null=True,
        db_index=False,
        related_name="+",
        verbose_name="type de structure",
    )
    training_organisation = models.ForeignKey(
        "organisations.Organisation",
        models.PROTECT,
        null=True,
        db_index=False,
        related_name="+",
        verbose_name="organisme de formation",
    )
    origin = models.CharField("origine", max_length=20, blank=True)

    objects = LineQuerySet.as_manager()

    class Meta:
        verbose_name = "ligne d’indicateur"
        verbose_name_plural = "lignes d’indicateur"
        ordering = ["-on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "indicator"],
                name="line_counts_once",
                violation_error_message="Cette personne compte déjà pour cet indicateur.",
            ),
        ]
        indexes = [
            models.Index(fields=["indicator", "campagne", "-on", "-id"], name="line_by_date"),
            models.Index(fields=["indicator", "campagne", "departement", "-on"], name="line_by_place"),
            models.Index(fields=["indicator", "organisation"], name="line_by_structure"),
        ]

    def __str__(self):
        return f"{self.indicator}, {self.subject}"
