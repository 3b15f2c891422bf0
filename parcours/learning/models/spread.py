from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from parcours.learning.lifecycle import SpreadState
from parcours.learning.queries import SpreadQuerySet


class Spread(models.Model):
    """An edition handed over to those who follow an older one: first counted, then confirmed, then done by batches."""

    State = SpreadState

    edition = models.ForeignKey("catalogue.Edition", models.PROTECT, related_name="spreads", verbose_name="édition")
    is_minor = models.BooleanField("correction mineure", default=False)
    state = models.CharField("état", max_length=10, choices=SpreadState, default=SpreadState.COUNTING)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="demandée par"
    )
    asked_at = models.DateTimeField("demandée le", auto_now_add=True)
    counted_at = models.DateTimeField("aperçu calculé le", null=True, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="confirmée par"
    )
    confirmed_at = models.DateTimeField("confirmée le", null=True, blank=True)
    finished_at = models.DateTimeField("terminée le", null=True, blank=True)
    total = models.PositiveIntegerField("inscriptions concernées", default=0)
    cursor = models.PositiveBigIntegerField("dernière inscription traitée", default=0)
    seen = models.PositiveIntegerField("inscriptions traitées", default=0)
    moved = models.PositiveIntegerField("inscriptions déplacées", default=0)
    completed = models.PositiveIntegerField("parcours terminés par la diffusion", default=0)

    objects = SpreadQuerySet.as_manager()

    class Meta:
        verbose_name = "diffusion d’une édition"
        verbose_name_plural = "diffusions d’éditions"
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition"],
                condition=~Q(state=SpreadState.DONE),
                name="learning_one_spread_at_a_time",
                violation_error_message="Cette édition est déjà en cours de diffusion.",
            )
        ]

    def __str__(self):
        return f"diffusion {self.pk}"

    def get_absolute_url(self):
        return reverse("learning:spread", args=[self.edition_id])


class SpreadLine(models.Model):
    """Somebody whose completion the edition would change, or who waits for the end of an attempt to follow it."""

    spread = models.ForeignKey(Spread, models.CASCADE, related_name="lines", verbose_name="diffusion")
    enrolment = models.ForeignKey("learning.Enrolment", models.PROTECT, related_name="+", verbose_name="inscription")
    percent_before = models.PositiveSmallIntegerField("avancement avant")
    percent_after = models.PositiveSmallIntegerField("avancement après")
    gained = models.PositiveSmallIntegerField("étapes gagnées", default=0)
    lost = models.PositiveSmallIntegerField("étapes perdues", default=0)
    completes = models.BooleanField("termine le parcours", default=False)
    waits = models.BooleanField("attend la fin d’un essai", default=False)

    class Meta:
        verbose_name = "effet d’une diffusion"
        verbose_name_plural = "effets d’une diffusion"
        ordering = ["-lost", "-gained", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["spread", "enrolment"],
                name="learning_one_line_per_spread",
                violation_error_message="Cette inscription est déjà comptée.",
            )
        ]

    def __str__(self):
        return f"{self.enrolment_id} dans {self.spread_id}"
