import uuid
from decimal import Decimal

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from certification.funding.lifecycle import CLOSED, TO_PAY, WITH_AGREEMENT, WITH_SERVICE, Origin, Side, State
from certification.funding.queries import BeneficiaryQuerySet, DemandeQuerySet
from lms.kernel.files import private_files
from lms.organisations.models.fields import SiretField

PERSON = settings.AUTH_USER_MODEL
IDCC = RegexValidator(r"^\d{4}$", "L’IDCC comporte 4 chiffres, comme 1518 ; écrivez 9999 s’il n’y en a pas.")


class Demande(models.Model):
    """A demande de prise en charge: some people of one employer, in one session, before one OPCO.

    Amounts are in euros, all included; durations in minutes, per person. `state` is where the officer stands,
    `announced_state` what the employer and the organisme were told: they differ until a decision is notified.
    `mismatches` and `explained` count what the pieces say that differs, as last read at `checked_at`.
    `admitted` holds the keys of what differs and that an officer let pass, with `admitted_note`.
    `rules` keeps the dated rules as they stood when it was filed.
    """

    State = State

    public_id = models.UUIDField("identifiant public", default=uuid.uuid4, unique=True, editable=False)
    number = models.CharField("numéro", max_length=12, blank=True)
    state = models.CharField("état", max_length=16, choices=State, default=State.DRAFT)
    announced_state = models.CharField("état annoncé", max_length=16, choices=State, default=State.DRAFT)
    side = models.CharField("constituée par", max_length=10, choices=Side)
    session = models.ForeignKey("classroom.Session", models.PROTECT, related_name="demandes", verbose_name="session")
    employer = models.ForeignKey(
        "organisations.Organisation", models.PROTECT, related_name="demandes", verbose_name="employeur"
    )
    opco = models.ForeignKey(
        "organisations.Organisation", models.PROTECT, related_name="demandes_received", verbose_name="OPCO"
    )
    siret = SiretField("SIRET de l’employeur", max_length=14, blank=True)
    idcc = models.CharField("IDCC", max_length=4, blank=True, validators=[IDCC])
    starts_on = models.DateField("début de l’action", null=True, blank=True)
    ends_on = models.DateField("fin de l’action", null=True, blank=True)
    minutes = models.PositiveIntegerField("durée par personne, en minutes", default=0)
    cost = models.DecimalField("coût demandé, en euros", max_digits=10, decimal_places=2, default=0)
    subrogation_asked = models.BooleanField("paiement direct à l’organisme demandé", default=True)
    rules = models.JSONField("règles au dépôt", default=dict, blank=True)
    created_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+", verbose_name="préparée par")
    created_at = models.DateTimeField("préparée le", default=timezone.now)
    filed_by = models.ForeignKey(
        PERSON, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="déposée par"
    )
    filed_at = models.DateTimeField("déposée le", null=True, blank=True)
    filed_late = models.BooleanField("déposée après le début de la session", default=False)
    waiting_since = models.DateTimeField("dans cet état depuis", default=timezone.now)
    officer = models.ForeignKey(
        PERSON, models.PROTECT, null=True, blank=True, related_name="demandes_followed", verbose_name="suivie par"
    )

    agreement_origin = models.CharField("origine de l’accord", max_length=12, choices=Origin, blank=True)
    agreement_number = models.CharField("numéro de l’accord", max_length=40, blank=True)
    agreed_on = models.DateField("date de l’accord", null=True, blank=True)
    agreement_file = models.FileField(
        "pièce de l’accord", upload_to="accords", storage=private_files, max_length=200, blank=True
    )
    agreement_sha256 = models.CharField("empreinte de la pièce", max_length=64, blank=True)
    granted_amount = models.DecimalField(
        "montant accordé, en euros", max_digits=10, decimal_places=2, null=True, blank=True
    )
    subrogation = models.BooleanField("subrogation", null=True, blank=True)
    expires_on = models.DateField("accord valable jusqu’au", null=True, blank=True)

    invoice = models.ForeignKey(
        "paperwork.Invoice", models.PROTECT, null=True, blank=True, related_name="demandes", verbose_name="facture"
    )
    service_declared_at = models.DateTimeField("service fait déclaré le", null=True, blank=True)
    due_amount = models.DecimalField(
        "montant à payer, en euros", max_digits=10, decimal_places=2, null=True, blank=True
    )
    settled = models.BooleanField("soldée", default=False)
    mismatches = models.PositiveSmallIntegerField("écarts à expliquer", default=0)
    explained = models.PositiveSmallIntegerField("écarts expliqués", default=0)
    checked_at = models.DateTimeField("pièces comparées le", null=True, blank=True)
    admitted = models.CharField("écarts admis", max_length=200, blank=True)
    admitted_note = models.CharField("pourquoi ils le sont", max_length=300, blank=True)
    admitted_by = models.ForeignKey(
        PERSON, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="admis par"
    )
    admitted_at = models.DateTimeField("admis le", null=True, blank=True)
    cancel_reason = models.CharField("motif de l’annulation", max_length=300, blank=True)

    objects = DemandeQuerySet.as_manager()

    class Meta:
        verbose_name = "demande de prise en charge"
        verbose_name_plural = "demandes de prise en charge"
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["opco", "state", "-mismatches", "waiting_since"], name="funding_pile"),
            models.Index(fields=["employer", "-created_at"], name="funding_by_employer"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["number"], condition=~Q(number=""), name="funding_number_once"),
            models.CheckConstraint(
                condition=Q(state__in=(State.DRAFT, State.CANCELLED)) | (~Q(number="") & Q(filed_at__isnull=False)),
                name="funding_filed_with_its_number",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=WITH_AGREEMENT)
                | (Q(granted_amount__isnull=False, agreed_on__isnull=False) & ~Q(agreement_number="")),
                name="funding_granted_with_its_agreement",
                violation_error_message="Un accord a un numéro, une date et un montant.",
            ),
            models.CheckConstraint(
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="funding_dates_in_order",
                violation_error_message="La fin de l’action précède son début : corrigez l’une des deux dates.",
            ),
            models.CheckConstraint(condition=Q(cost__gte=0), name="funding_cost_not_negative"),
            models.CheckConstraint(
                condition=Q(granted_amount=None) | Q(granted_amount__gt=0, granted_amount__lte=F("cost")),
                name="funding_granted_within_the_cost",
                violation_error_message="Le montant accordé dépasse celui qui est demandé : corrigez-le.",
            ),
            models.CheckConstraint(
                condition=Q(due_amount=None) | Q(due_amount__gt=0, due_amount__lte=F("granted_amount")),
                name="funding_due_within_the_agreement",
                violation_error_message="Le montant à payer dépasse l’accord.",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=WITH_SERVICE) | Q(service_declared_at__isnull=False),
                name="funding_service_is_dated",
                violation_error_message="Un service fait a une date.",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=TO_PAY) | Q(due_amount__isnull=False),
                name="funding_paid_of_what_is_due",
                violation_error_message="Rien ne se paie qui ne soit validé.",
            ),
        ]

    def __str__(self):
        return self.number or "brouillon"

    def get_absolute_url(self):
        return reverse("funding:file", args=[self.public_id])

    @property
    def is_draft(self):
        return self.state == State.DRAFT

    @property
    def is_over(self):
        """Nothing is left to follow."""
        return self.settled or self.state in CLOSED

    @property
    def has_agreement(self):
        return self.granted_amount is not None

    @property
    def is_announced(self):
        """Nothing decided still waits to be notified."""
        return self.state == self.announced_state

    @property
    def agreement_is_announced(self):
        return self.has_agreement and self.announced_state not in (State.FILED, State.COMPLEMENT, State.REFUSED)

    @property
    def session_is_over(self):
        return self.session.ends_at is not None and self.session.ends_at <= timezone.now()

    @property
    def session_has_begun(self):
        return self.session.starts_at is not None and self.session.starts_at <= timezone.now()

    @property
    def is_running(self):
        return self.state in WITH_AGREEMENT and self.session_has_begun and not self.session_is_over

    @property
    def left_to_employer(self) -> Decimal:
        """What the employer bears of the cost asked, in euros: what is not granted, all of it without an agreement."""
        return max(Decimal(0), self.cost - (self.granted_amount or 0))

    @property
    def has_expired(self):
        """The agreement is over, and the service was not declared in time."""
        if not self.has_agreement or self.expires_on is None:
            return False
        declared = self.service_declared_at and timezone.localdate(self.service_declared_at)
        return (declared or timezone.localdate()) > self.expires_on

    @property
    def days_waiting(self) -> int:
        return (timezone.localdate() - timezone.localdate(self.waiting_since)).days


class Beneficiary(models.Model):
    """One registration of the session, in one demande at a time; minutes granted, then billed, for that person.

    An explanation holds for what it explained: `explained_findings` is the key of what differed then.
    """

    demande = models.ForeignKey(Demande, models.CASCADE, related_name="beneficiaries", verbose_name="demande")
    registration = models.ForeignKey(
        "classroom.Registration", models.PROTECT, related_name="funded", verbose_name="inscription"
    )
    live = models.BooleanField("dans une demande qui court", default=True)
    granted_minutes = models.PositiveIntegerField("durée accordée, en minutes", null=True, blank=True)
    billed_minutes = models.PositiveIntegerField("durée facturée, en minutes", null=True, blank=True)
    explanation = models.CharField("raison de l’écart", max_length=10, blank=True)
    explanation_note = models.CharField("précision sur l’écart", max_length=300, blank=True)
    explained_findings = models.CharField("écarts expliqués", max_length=200, blank=True)
    explained_by = models.ForeignKey(
        PERSON, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="expliqué par"
    )
    explained_at = models.DateTimeField("expliqué le", null=True, blank=True)

    objects = BeneficiaryQuerySet.as_manager()

    class Meta:
        verbose_name = "bénéficiaire d’une demande"
        verbose_name_plural = "bénéficiaires d’une demande"
        ordering = ["demande", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["registration"],
                condition=Q(live=True),
                name="funding_registration_once",
                violation_error_message="Cette personne est déjà dans une autre demande pour cette session.",
            ),
            models.UniqueConstraint(fields=["demande", "registration"], name="funding_beneficiary_once"),
        ]

    def __str__(self):
        return f"bénéficiaire {self.pk}"
