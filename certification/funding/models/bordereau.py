"""Bordereaux: payments to make, handed to the accounts of an OPCO under one number."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone

from certification.funding.models.demande import Demande
from certification.funding.queries import BordereauLineQuerySet, BordereauQuerySet

PERSON = settings.AUTH_USER_MODEL


class Bordereau(models.Model):
    """What is in it does not change: a wrong one is cancelled, and another is made."""

    number = models.CharField("numéro", max_length=16, unique=True)
    opco = models.ForeignKey(
        "organisations.Organisation", models.PROTECT, related_name="bordereaux", verbose_name="OPCO"
    )
    made_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+", verbose_name="préparé par")
    made_at = models.DateTimeField("préparé le", default=timezone.now)
    cancelled_at = models.DateTimeField("annulé le", null=True, blank=True)

    objects = BordereauQuerySet.as_manager()

    class Meta:
        verbose_name = "bordereau de paiement"
        verbose_name_plural = "bordereaux de paiement"
        ordering = ["-made_at", "-pk"]

    def __str__(self):
        return self.number

    def get_absolute_url(self):
        return reverse("funding:bordereau", args=[self.number])


class BordereauLine(models.Model):
    """One file to pay: whom, how much in euros, on which invoice, as it stood when the bordereau was made."""

    bordereau = models.ForeignKey(Bordereau, models.CASCADE, related_name="lines", verbose_name="bordereau")
    demande = models.ForeignKey(Demande, models.PROTECT, related_name="bordereau_lines", verbose_name="demande")
    payee = models.CharField("bénéficiaire du paiement", max_length=330)
    siret = models.CharField("SIRET du bénéficiaire", max_length=14, blank=True)
    invoice = models.CharField("facture", max_length=60, blank=True)
    amount = models.DecimalField("montant, en euros", max_digits=10, decimal_places=2)
    payment = models.OneToOneField(
        "funding.Payment", models.PROTECT, null=True, blank=True, related_name="line", verbose_name="paiement"
    )

    objects = BordereauLineQuerySet.as_manager()

    class Meta:
        verbose_name = "ligne d’un bordereau"
        verbose_name_plural = "lignes d’un bordereau"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["bordereau", "demande"], name="funding_once_in_a_bordereau"),
            models.CheckConstraint(condition=models.Q(amount__gt=0), name="funding_line_is_positive"),
        ]

    def __str__(self):
        return f"ligne {self.pk}"
