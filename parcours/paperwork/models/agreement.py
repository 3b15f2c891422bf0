import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from lms.organisations.models.fields import SiretField
from parcours.paperwork.engine.money import Totals, totals
from parcours.paperwork.lifecycle import ConventionState, QuoteState
from parcours.paperwork.models.paper import SessionPaper
from parcours.paperwork.queries import ConventionQuerySet, QuoteQuerySet

PERSON = settings.AUTH_USER_MODEL


class Sold(models.Model):
    """What is sold to whom: the frame of a devis and of a convention. Amounts are in euros."""

    public_id = models.UUIDField("identifiant public", default=uuid.uuid4, unique=True, editable=False)
    session = models.ForeignKey("classroom.Session", models.PROTECT, related_name="%(class)ss", verbose_name="session")
    buyer = models.ForeignKey(
        "organisations.Organisation", models.PROTECT, related_name="%(class)ss_received", verbose_name="acheteur"
    )
    seats = models.PositiveSmallIntegerField("nombre de stagiaires")
    vat_rate = models.DecimalField("taux de TVA, en pourcentage", max_digits=4, decimal_places=2, default=0)
    session_paper = models.OneToOneField(
        SessionPaper, models.PROTECT, null=True, blank=True, related_name="%(class)s", verbose_name="document"
    )
    created_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+", verbose_name="préparé par")
    created_at = models.DateTimeField("préparé le", default=timezone.now)

    class Meta:
        abstract = True

    @property
    def paper(self):
        return self.session_paper and self.session_paper.paper

    @property
    def is_sealed(self):
        return bool(self.session_paper_id and self.session_paper.paper.is_sealed)


class Quote(Sold):
    State = QuoteState

    state = models.CharField("état", max_length=10, choices=QuoteState, default=QuoteState.SENT)
    valid_until = models.DateField("valable jusqu’au")
    note = models.TextField("précisions", blank=True)
    decline_reason = models.CharField("motif du refus", max_length=300, blank=True)
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="next", verbose_name="remplace"
    )

    objects = QuoteQuerySet.as_manager()

    class Meta:
        verbose_name = "devis"
        verbose_name_plural = "devis"
        ordering = ["-created_at", "-pk"]
        constraints = [models.CheckConstraint(condition=Q(seats__gt=0), name="paperwork_quote_has_seats")]

    def __str__(self):
        return f"devis {self.pk}"

    @property
    def totals(self) -> Totals:
        return totals([(line.quantity, line.unit_price) for line in self.lines.all()], self.vat_rate)


class QuoteLine(models.Model):
    """`unit_price` is in euros, before VAT."""

    quote = models.ForeignKey(Quote, models.CASCADE, related_name="lines", verbose_name="devis")
    position = models.PositiveSmallIntegerField("rang")
    label = models.CharField("désignation", max_length=200)
    quantity = models.DecimalField("quantité", max_digits=7, decimal_places=2)
    unit_price = models.DecimalField("prix unitaire hors taxes", max_digits=9, decimal_places=2)

    class Meta:
        verbose_name = "ligne d’un devis"
        verbose_name_plural = "lignes d’un devis"
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["quote", "position"], name="paperwork_quote_line_position"),
            models.CheckConstraint(
                condition=Q(quantity__gt=0, unit_price__gte=0),
                name="paperwork_quote_line_amounts",
                violation_error_message="Une ligne a une quantité positive et un prix qui n’est pas négatif.",
            ),
        ]

    def __str__(self):
        return self.label


class Convention(Sold):
    """`net`, `vat`, `gross` are frozen with it. A changed one is a new row that names the version it replaces."""

    State = ConventionState

    state = models.CharField("état", max_length=10, choices=ConventionState, default=ConventionState.DRAFT)
    version = models.PositiveSmallIntegerField("version", default=1)
    quote = models.ForeignKey(
        Quote, models.PROTECT, null=True, blank=True, related_name="conventions", verbose_name="devis accepté"
    )
    net = models.DecimalField("montant hors taxes", max_digits=10, decimal_places=2)
    vat = models.DecimalField("montant de la TVA", max_digits=10, decimal_places=2)
    gross = models.DecimalField("montant toutes taxes comprises", max_digits=10, decimal_places=2)
    payment_terms = models.CharField("modalités de règlement", max_length=300)
    buyer_siret = SiretField("SIRET de l’acheteur", max_length=14)
    service_code = models.CharField("code service", max_length=100, blank=True)
    engagement_number = models.CharField("numéro d’engagement", max_length=50, blank=True)
    terms = models.TextField("clauses particulières", blank=True)
    content_sha256 = models.CharField("empreinte de ce qui est dit", max_length=64, blank=True)
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="next", verbose_name="remplace"
    )
    signed_paper = models.OneToOneField(
        SessionPaper,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="signed_convention",
        verbose_name="exemplaire signé",
    )

    objects = ConventionQuerySet.as_manager()

    class Meta:
        verbose_name = "convention de formation"
        verbose_name_plural = "conventions de formation"
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(gross=F("net") + F("vat"), net__gte=0, vat__gte=0),
                name="paperwork_convention_amounts_add_up",
                violation_error_message="Le montant toutes taxes comprises est la somme des deux autres.",
            ),
            models.CheckConstraint(
                condition=Q(state=ConventionState.DRAFT)
                | Q(state=ConventionState.CANCELLED)
                | (Q(session_paper__isnull=False) & ~Q(content_sha256="")),
                name="paperwork_convention_sent_with_its_paper",
            ),
        ]

    def __str__(self):
        return f"convention {self.pk}"

    @property
    def has_next(self):
        return hasattr(self, "next") and self.next.state != ConventionState.CANCELLED
