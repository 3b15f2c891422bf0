from django.db import models

from lms.accounts.models import FrenchZone


def typographic(label: str) -> str:
    """Official labels are kept as published, with a straight apostrophe, and shown as the interface writes."""
    return label.replace("'", "’")


class Region(models.Model):
    code = models.CharField("code INSEE", max_length=2, primary_key=True)
    name = models.CharField("nom", max_length=60, unique=True)

    class Meta:
        verbose_name = "région"
        verbose_name_plural = "régions"
        ordering = ["code"]

    def __str__(self):
        return typographic(self.name)


class Departement(models.Model):
    code = models.CharField("code INSEE", max_length=3, primary_key=True)
    name = models.CharField("nom", max_length=60, unique=True)
    region = models.ForeignKey(Region, models.PROTECT, verbose_name="région", related_name="departements")
    time_zone = models.CharField("fuseau horaire", max_length=40, choices=FrenchZone, default=FrenchZone.PARIS)

    class Meta:
        verbose_name = "département"
        verbose_name_plural = "départements"
        ordering = ["code"]

    def __str__(self):
        return f"{typographic(self.name)} ({self.code})"
