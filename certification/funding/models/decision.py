from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from certification.funding.lifecycle import PieceKind, Side, Verdict
from certification.funding.models.demande import Demande
from certification.funding.queries import ConfirmationQuerySet, DecisionQuerySet, PaymentQuerySet
from lms.kernel.files import private_files

PERSON = settings.AUTH_USER_MODEL


class Decision(models.Model):
    """What an officer decided, notified after a delay in which she may take it back; and what was answered."""

    demande = models.ForeignKey(Demande, models.PROTECT, related_name="decisions", verbose_name="demande")
    verdict = models.CharField("décision", max_length=12, choices=Verdict)
    reason = models.CharField("motif", max_length=200, blank=True)
    sentence = models.TextField("phrase", max_length=1000, blank=True)
    reply_by = models.DateField("réponse attendue avant le", null=True, blank=True)
    by = models.ForeignKey(PERSON, models.PROTECT, related_name="+", verbose_name="décidée par")
    at = models.DateTimeField("décidée le", default=timezone.now)
    notify_at = models.DateTimeField("à notifier le")
    notified_at = models.DateTimeField("notifiée le", null=True, blank=True)
    withdrawn_at = models.DateTimeField("retirée le", null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        PERSON, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="retirée par"
    )
    evidence = models.JSONField("constat au moment de la décision", default=dict, blank=True)
    answer = models.TextField("réponse", max_length=2000, blank=True)
    answered_by = models.ForeignKey(
        PERSON, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="réponse de"
    )
    answered_at = models.DateTimeField("réponse le", null=True, blank=True)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        verbose_name = "décision sur une demande"
        verbose_name_plural = "décisions sur des demandes"
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["demande"],
                condition=Q(notified_at=None, withdrawn_at=None),
                name="funding_one_decision_to_notify",
                violation_error_message="Une décision attend déjà d’être notifiée.",
            ),
            models.CheckConstraint(
                condition=Q(notified_at=None) | Q(withdrawn_at=None), name="funding_notified_or_withdrawn"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_by=None)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="funding_withdrawn_by_somebody",
            ),
        ]

    def __str__(self):
        return f"décision {self.pk}"

    @property
    def is_pending(self):
        return self.notified_at is None and self.withdrawn_at is None


class Payment(models.Model):
    """What the OPCO paid, in euros; a payment recorded by mistake is corrected by its opposite, which says why."""

    demande = models.ForeignKey(Demande, models.PROTECT, related_name="payments", verbose_name="demande")
    decision = models.OneToOneField(Decision, models.PROTECT, related_name="payment", verbose_name="décision")
    amount = models.DecimalField("montant, en euros", max_digits=10, decimal_places=2)
    paid_on = models.DateField("payé le")
    reference = models.CharField("référence du paiement", max_length=60)
    settles = models.BooleanField("pour solde", default=False)
    corrects = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="corrections", verbose_name="contre-passe"
    )
    why = models.CharField("pourquoi cette contre-écriture", max_length=300, blank=True)

    objects = PaymentQuerySet.as_manager()

    class Meta:
        verbose_name = "paiement d’une demande"
        verbose_name_plural = "paiements de demandes"
        ordering = ["paid_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__gt=0, corrects=None) | (Q(amount__lt=0, corrects__isnull=False) & ~Q(why="")),
                name="funding_payment_or_its_correction",
                violation_error_message="Un paiement est un montant positif ; une contre-écriture dit pourquoi.",
            )
        ]

    def __str__(self):
        return self.reference


class Piece(models.Model):
    """A file handed over with a demande; papers issued here are read where they are."""

    demande = models.ForeignKey(Demande, models.PROTECT, related_name="pieces", verbose_name="demande")
    kind = models.CharField("nature", max_length=12, choices=PieceKind)
    side = models.CharField("remise par", max_length=10, choices=Side)
    name = models.CharField("nom du fichier", max_length=100)
    content_type = models.CharField("format", max_length=100)
    file = models.FileField("fichier", upload_to="prises-en-charge", storage=private_files, max_length=200)
    sha256 = models.CharField("empreinte", max_length=64)
    size = models.PositiveIntegerField("taille, en octets")
    added_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+", verbose_name="remise par la personne")
    added_at = models.DateTimeField("remise le", default=timezone.now)
    withdrawn_at = models.DateTimeField("retirée le", null=True, blank=True)

    class Meta:
        verbose_name = "pièce d’une demande"
        verbose_name_plural = "pièces d’une demande"
        ordering = ["added_at", "pk"]

    def __str__(self):
        return self.name


class Confirmation(models.Model):
    """Somebody of an OPCO confirms that a rule, as it is worded and figured, is theirs."""

    opco = models.ForeignKey(
        "organisations.Organisation", models.PROTECT, related_name="confirmed_rules", verbose_name="OPCO"
    )
    code = models.CharField("règle", max_length=100)
    value_sha256 = models.CharField("empreinte de la valeur", max_length=64)
    source = models.CharField("source", max_length=300)
    by = models.ForeignKey(PERSON, models.PROTECT, related_name="+", verbose_name="confirmée par")
    at = models.DateTimeField("confirmée le", default=timezone.now)

    objects = ConfirmationQuerySet.as_manager()

    class Meta:
        verbose_name = "règle confirmée"
        verbose_name_plural = "règles confirmées"
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["opco", "code", "value_sha256"],
                name="funding_rule_confirmed_once",
                violation_error_message="Cette règle est déjà confirmée.",
            )
        ]

    def __str__(self):
        return self.code
