from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from lms.kernel.files import private_files
from lms.organisations.models.fields import SiretField
from parcours.paperwork.lifecycle import PayerKind
from parcours.paperwork.queries import InvoiceQuerySet


class Price(models.Model):
    """What the registration of a person costs, in euros all taxes included, and the sum of what each payer pays of it.

    The database refuses that they differ.
    """

    registration = models.OneToOneField(
        "classroom.Registration", models.PROTECT, primary_key=True, related_name="price", verbose_name="inscription"
    )
    amount = models.DecimalField("prix, en euros", max_digits=9, decimal_places=2)
    parts_total = models.DecimalField("somme des parts, en euros", max_digits=9, decimal_places=2)

    class Meta:
        verbose_name = "prix d’une inscription"
        verbose_name_plural = "prix des inscriptions"
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__gte=0, parts_total=F("amount")),
                name="paperwork_parts_add_up_to_the_price",
                violation_error_message="La somme des parts des payeurs doit être égale au prix.",
            )
        ]

    def __str__(self):
        return f"prix de l’inscription {self.registration_id}"


class Part(models.Model):
    """What one payer pays of the price of one registration, and the references it asks for."""

    price = models.ForeignKey(Price, models.CASCADE, related_name="parts", verbose_name="prix")
    position = models.PositiveSmallIntegerField("rang")
    payer_kind = models.CharField("nature du payeur", max_length=20, choices=PayerKind)
    payer_name = models.CharField("payeur", max_length=200)
    payer_siret = SiretField("SIRET du payeur", max_length=14, blank=True)
    amount = models.DecimalField("part, en euros", max_digits=9, decimal_places=2)
    agreement = models.CharField("numéro d’accord de prise en charge", max_length=80, blank=True)
    service_code = models.CharField("code service", max_length=100, blank=True)
    engagement_number = models.CharField("numéro d’engagement", max_length=50, blank=True)

    class Meta:
        verbose_name = "part d’un payeur"
        verbose_name_plural = "parts des payeurs"
        ordering = ["price", "position"]
        constraints = [
            models.UniqueConstraint(fields=["price", "position"], name="paperwork_part_position"),
            models.CheckConstraint(
                condition=Q(amount__gt=0),
                name="paperwork_part_is_positive",
                violation_error_message="Une part est un montant positif : retirez le payeur qui ne paie rien.",
            ),
        ]

    def __str__(self):
        return f"part {self.pk}"


class Invoice(models.Model):
    """An invoice, or a credit note, made elsewhere and recorded here. Amounts are in euros and positive."""

    session = models.ForeignKey("classroom.Session", models.PROTECT, related_name="invoices", verbose_name="session")
    organisation = models.ForeignKey(
        "organisations.Organisation", models.PROTECT, related_name="invoices", verbose_name="organisme de formation"
    )
    number = models.CharField("numéro", max_length=60)
    issued_on = models.DateField("date de la facture")
    payer_name = models.CharField("payeur", max_length=200)
    net = models.DecimalField("montant hors taxes", max_digits=10, decimal_places=2)
    vat = models.DecimalField("montant de la TVA", max_digits=10, decimal_places=2, default=0)
    gross = models.DecimalField("montant toutes taxes comprises", max_digits=10, decimal_places=2)
    file = models.FileField("fichier", upload_to="factures", storage=private_files, max_length=200, blank=True)
    file_sha256 = models.CharField("empreinte du fichier", max_length=64, blank=True)
    credit_of = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="credits", verbose_name="avoir sur la facture"
    )
    parts = models.ManyToManyField(Part, related_name="invoices", blank=True, verbose_name="parts facturées")
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="enregistrée par"
    )
    recorded_at = models.DateTimeField("enregistrée le", default=timezone.now)

    objects = InvoiceQuerySet.as_manager()

    class Meta:
        verbose_name = "facture enregistrée"
        verbose_name_plural = "factures enregistrées"
        ordering = ["-issued_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "number"],
                name="paperwork_invoice_number_once",
                violation_error_message="Une facture de ce numéro est déjà enregistrée : vérifiez le numéro.",
            ),
            models.CheckConstraint(
                condition=Q(gross=F("net") + F("vat"), gross__gt=0, net__gte=0, vat__gte=0),
                name="paperwork_invoice_amounts_add_up",
                violation_error_message="Le montant toutes taxes comprises est la somme du hors taxes et de la TVA.",
            ),
        ]

    def __str__(self):
        return self.number

    @property
    def is_credit(self):
        return self.credit_of_id is not None
