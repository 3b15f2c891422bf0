"""How the officers of one OPCO share its files: who follows which branches, under which views, with which mail."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from lms.organisations.queries import today

PERSON = settings.AUTH_USER_MODEL


class Branches(models.Model):
    """The part of its OPCO that an officer follows from a day on: these IDCC, or the whole of it when there is none.

    The last one that has begun counts; without any, an officer follows the whole OPCO.
    """

    membership = models.ForeignKey(
        "organisations.Membership", models.CASCADE, related_name="branches_followed", verbose_name="appartenance"
    )
    idcc = models.JSONField("IDCC", default=list, blank=True)
    starts_on = models.DateField("depuis le", default=today)
    set_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+", verbose_name="décidé par")
    set_at = models.DateTimeField("décidé le", default=timezone.now)

    class Meta:
        verbose_name = "branches suivies"
        verbose_name_plural = "branches suivies"
        ordering = ["starts_on", "pk"]

    def __str__(self):
        return f"branches {self.pk}"


class SavedView(models.Model):
    """The filters of a list under a name; never what is typed in the search, which may be the name of somebody."""

    person = models.ForeignKey(PERSON, models.CASCADE, related_name="funding_views", verbose_name="personne")
    name = models.CharField("nom", max_length=60)
    filters = models.JSONField("filtres", default=dict)
    created_at = models.DateTimeField("enregistrée le", default=timezone.now)

    class Meta:
        verbose_name = "vue enregistrée"
        verbose_name_plural = "vues enregistrées"
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "name"],
                name="funding_view_named_once",
                violation_error_message="Vous avez déjà une vue de ce nom.",
            )
        ]

    def __str__(self):
        return self.name


class DigestStop(models.Model):
    """Somebody who wants no digest of what waits."""

    person = models.OneToOneField(PERSON, models.CASCADE, related_name="funding_digest_stop", verbose_name="personne")
    stopped_at = models.DateTimeField("arrêté le", default=timezone.now)

    class Meta:
        verbose_name = "récapitulatif arrêté"
        verbose_name_plural = "récapitulatifs arrêtés"

    def __str__(self):
        return f"récapitulatif {self.pk}"
