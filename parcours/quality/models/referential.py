import datetime

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from lms.kernel.formats import date_short
from parcours.quality.queries import DatedQuerySet


class Dated(ClusterableModel):
    """A version that holds from a day to another, both included; two never overlap."""

    valid_from = models.DateField("valable à partir du")
    valid_until = models.DateField(
        "valable jusqu’au", null=True, blank=True, help_text="Dernier jour compris. Vide : sans fin prévue."
    )

    objects = DatedQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["-valid_from"]

    @property
    def rivals(self):
        """Those that may not hold on the same days."""
        return type(self)._default_manager.exclude(pk=self.pk)

    def clean(self):
        super().clean()
        if self.valid_from is None:
            return
        if self.valid_until and self.valid_until < self.valid_from:
            raise ValidationError({"valid_until": "La fin précède le début : corrigez l’une des deux dates."})
        last = self.valid_until or datetime.date.max
        if other := self.rivals.meeting(self.valid_from, last).first():
            raise ValidationError(
                f"« {other} » vaut déjà à partir du {date_short(other.valid_from)} : donnez-lui d’abord une fin "
                "antérieure, ou choisissez d’autres dates."
            )


class Referential(Dated):
    """A version of the national quality framework: its indicators, as they are read from a day on."""

    code = models.SlugField("code", max_length=60, unique=True)
    title = models.CharField("intitulé", max_length=200)
    source = models.CharField("source", max_length=500, blank=True)
    note = models.TextField("note", blank=True, help_text="Par exemple : texte non vérifié.")

    class Meta(Dated.Meta):
        verbose_name = "référentiel qualité"
        verbose_name_plural = "référentiels qualité"
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gte=F("valid_from")),
                name="quality_referential_dates_in_order",
            )
        ]

    def __str__(self):
        return self.title


class Indicator(models.Model):
    """`proofs` lists the codes of what this product holds that proves it."""

    referential = ParentalKey(
        Referential, on_delete=models.CASCADE, related_name="indicators", verbose_name="référentiel"
    )
    position = models.PositiveSmallIntegerField("rang")
    number = models.CharField("numéro", max_length=5)
    criterion = models.PositiveSmallIntegerField("critère")
    label = models.CharField("intitulé", max_length=300)
    shown_by = models.TextField("ce qui le prouve")
    proofs = models.JSONField(
        "codes des preuves", default=list, blank=True, help_text='Une liste : ["needs", "threads"].'
    )
    in_scope = models.BooleanField("concerne l’organisme", default=True)
    scope_note = models.CharField("pourquoi il ne le concerne pas", max_length=300, blank=True)

    class Meta:
        verbose_name = "indicateur"
        ordering = ["referential", "position"]
        constraints = [models.UniqueConstraint(fields=["referential", "number"], name="quality_indicator_once")]

    def __str__(self):
        return f"{self.number}. {self.label}"
