from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from lms.kernel.files import private_files
from parcours.paperwork.lifecycle import Party, Way
from parcours.paperwork.queries import SessionPaperQuerySet, SignatureQuerySet


class SessionPaper(models.Model):
    """A sealed paper in the file of a session: whom and what it is about, whose référent reads it, what it replaces."""

    paper = models.ForeignKey("kernel.Paper", models.PROTECT, related_name="in_sessions", verbose_name="document")
    session = models.ForeignKey(
        "classroom.Session", models.PROTECT, related_name="session_papers", verbose_name="session"
    )
    registration = models.ForeignKey(
        "classroom.Registration",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="session_papers",
        verbose_name="inscription",
    )
    half_day = models.ForeignKey(
        "classroom.HalfDay",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="session_papers",
        verbose_name="demi-journée",
    )
    employer = models.ForeignKey(
        "organisations.Organisation",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="session_papers",
        verbose_name="structure destinataire",
    )
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="replaced_by", verbose_name="remplace"
    )
    reason = models.CharField("motif de la correction", max_length=300, blank=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="demandé par"
    )
    created_at = models.DateTimeField("préparé le", default=timezone.now)

    objects = SessionPaperQuerySet.as_manager()

    class Meta:
        verbose_name = "document d’une session"
        verbose_name_plural = "documents d’une session"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["paper", "session"], name="paperwork_paper_once_per_session"),
            models.CheckConstraint(
                condition=Q(replaces=None) | ~Q(reason=""),
                name="paperwork_correction_says_why",
                violation_error_message="Un document corrigé dit pourquoi : donnez le motif.",
            ),
        ]

    def __str__(self):
        return f"document {self.paper_id} de la session {self.session_id}"

    @property
    def is_replaced(self):
        return hasattr(self, "replaced_by")


class PaperSignature(models.Model):
    """Who signed which bytes, when, how, under which words.

    `sha256` is that of the sealed file; of what it says for the organisme, which signs before the file is made.
    `factor` tells how the person had proved who they are: « mfa », « code ».
    """

    session_paper = models.ForeignKey(
        SessionPaper, models.PROTECT, related_name="signatures", verbose_name="document signé"
    )
    party = models.CharField("partie", max_length=10, choices=Party)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="signataire")
    name = models.CharField("nom du signataire", max_length=120)
    role = models.CharField("qualité du signataire", max_length=120, blank=True)
    statement = models.CharField("déclaration", max_length=500)
    sha256 = models.CharField("empreinte de ce qui est signé", max_length=64)
    way = models.CharField("façon", max_length=10, choices=Way, default=Way.ONLINE)
    factor = models.CharField("preuve de l’identité", max_length=20, blank=True)
    file = models.FileField("fichier signé", upload_to="signatures", storage=private_files, max_length=200, blank=True)
    file_sha256 = models.CharField("empreinte du fichier signé", max_length=64, blank=True)
    at = models.DateTimeField("signé le", default=timezone.now)

    objects = SignatureQuerySet.as_manager()

    class Meta:
        verbose_name = "signature d’un document"
        verbose_name_plural = "signatures de documents"
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["session_paper", "party"],
                name="paperwork_one_signature_per_party",
                violation_error_message="Cette partie a déjà signé ce document.",
            ),
            models.CheckConstraint(
                condition=Q(way=Way.ONLINE, file_sha256="") | (Q(way=Way.FILE) & ~Q(file_sha256="")),
                name="paperwork_signed_file_with_its_hash",
            ),
        ]

    def __str__(self):
        return f"signature {self.pk}"
