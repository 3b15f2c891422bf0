from django.db import models
from django.db.models import F, Q

from lms.organisations.models.territory import Region
from lms.organisations.queries import CampagneQuerySet, WaveQuerySet


class Campagne(models.Model):
    code = models.SlugField("code", unique=True)
    name = models.CharField("nom", max_length=120)
    starts_on = models.DateField("début")
    ends_on = models.DateField("fin")
    objective = models.PositiveIntegerField("objectif", help_text="Nombre d’aidants formés et habilités.")
    closed = models.BooleanField("close", default=False)
    fictional = models.BooleanField("fictive", default=False)

    objects = CampagneQuerySet.as_manager()

    class Meta:
        verbose_name = "campagne"
        verbose_name_plural = "campagnes"
        ordering = ["-starts_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="campagne_dates_in_order",
                violation_error_message="La campagne finit avant de commencer : corrigez l’une des deux dates.",
            )
        ]

    def __str__(self):
        return self.name


class Wave(models.Model):
    """A part of a campagne: the regions whose requests are processed together."""

    campagne = models.ForeignKey(Campagne, models.CASCADE, related_name="waves", verbose_name="campagne")
    number = models.PositiveSmallIntegerField("numéro")
    label = models.CharField("libellé", max_length=60)
    period_label = models.CharField("période annoncée", max_length=60, blank=True)
    regions_label = models.TextField("régions telles qu’annoncées", blank=True)
    starts_on = models.DateField("début")
    ends_on = models.DateField("fin")
    regions = models.ManyToManyField(Region, through="WaveRegion", related_name="waves", verbose_name="régions")

    objects = WaveQuerySet.as_manager()

    class Meta:
        verbose_name = "vague"
        verbose_name_plural = "vagues"
        ordering = ["campagne", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["campagne", "number"],
                name="wave_number_once_per_campagne",
                violation_error_message="Cette campagne a déjà une vague de ce numéro.",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="wave_dates_in_order",
                violation_error_message="La vague finit avant de commencer : corrigez l’une des deux dates.",
            ),
        ]

    def __str__(self):
        return self.label


class WaveRegion(models.Model):
    """A region belongs to one wave of a campagne at most: hence the campagne kept on the row."""

    wave = models.ForeignKey(Wave, models.CASCADE, related_name="memberships_of_regions", verbose_name="vague")
    region = models.ForeignKey(Region, models.PROTECT, related_name="+", verbose_name="région")
    campagne = models.ForeignKey(Campagne, models.CASCADE, related_name="+", editable=False)

    class Meta:
        verbose_name = "région d’une vague"
        verbose_name_plural = "régions d’une vague"
        ordering = ["wave", "region"]
        constraints = [
            models.UniqueConstraint(
                fields=["campagne", "region"],
                name="region_in_one_wave_of_a_campagne",
                violation_error_message="Cette région appartient déjà à une vague de cette campagne.",
            )
        ]

    def __str__(self):
        return f"{self.wave} : {self.region}"

    def save(self, **kwargs):
        self.campagne_id = self.wave.campagne_id
        super().save(**kwargs)
