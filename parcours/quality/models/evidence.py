import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from lms.kernel.files import private_files
from parcours.quality.lifecycle import PackState
from parcours.quality.queries import AuditAccessQuerySet, PackQuerySet


class ParcoursResult(models.Model):
    """What a parcours publishes of itself, computed from facts; `figures` is what the page says."""

    parcours = models.OneToOneField(
        "catalogue.ParcoursPage", models.CASCADE, primary_key=True, related_name="+", verbose_name="parcours"
    )
    since = models.DateField("du")
    until = models.DateField("au")
    figures = models.JSONField("chiffres", default=list)
    computed_at = models.DateTimeField("calculé le")

    class Meta:
        verbose_name = "résultats d’un parcours"
        verbose_name_plural = "résultats des parcours"
        constraints = [models.CheckConstraint(condition=Q(until__gte=F("since")), name="quality_result_dates_in_order")]

    def __str__(self):
        return f"résultats du parcours {self.parcours_id}"


class Pack(models.Model):
    """The evidence of one session, as it stood when it was asked for; made by a job, kept as made."""

    State = PackState

    public_id = models.UUIDField("identifiant public", default=uuid.uuid4, unique=True, editable=False)
    session = models.ForeignKey("classroom.Session", models.PROTECT, related_name="packs", verbose_name="session")
    state = models.CharField("état", max_length=10, choices=PackState, default=PackState.PREPARING)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="demandé par"
    )
    asked_at = models.DateTimeField("demandé le", default=timezone.now, editable=False)
    done = models.PositiveIntegerField("pièces réunies", default=0)
    total = models.PositiveIntegerField("pièces à réunir", default=0)
    ready_at = models.DateTimeField("prêt le", null=True, blank=True)
    file = models.FileField("fichier", upload_to="preuves", storage=private_files, max_length=200, blank=True)
    size = models.PositiveBigIntegerField("taille en octets", default=0)
    sha256 = models.CharField("empreinte", max_length=64, blank=True)
    manifest = models.CharField("empreinte du manifeste", max_length=64, blank=True)
    missing = models.PositiveSmallIntegerField("indicateurs sans preuve", default=0)

    objects = PackQuerySet.as_manager()

    class Meta:
        verbose_name = "dossier de preuves"
        verbose_name_plural = "dossiers de preuves"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=PackState.PREPARING) | (~Q(sha256="") & Q(ready_at__isnull=False)),
                name="quality_pack_ready_has_its_hash",
            ),
            models.UniqueConstraint(
                fields=["session"],
                condition=Q(state=PackState.PREPARING),
                name="quality_one_pack_at_a_time",
                violation_error_message="Un dossier de cette session se prépare déjà.",
            ),
        ]

    def __str__(self):
        return f"dossier de preuves {self.pk}"

    def get_absolute_url(self):
        return reverse("quality:packs", args=[self.session.public_id])

    @property
    def is_ready(self):
        return self.state == PackState.READY

    @property
    def file_title(self):
        return f"preuves-{self.asked_at:%Y-%m-%d}-{self.public_id.hex[:8]}.zip"


class AuditAccess(models.Model):
    """What an auditor may read, until a day: one session, or those drawn by lot from a period.

    The lot is drawn by the auditor: `seed` and the list of the period give the same sessions to whoever draws again.
    `indicators` holds the numbers of those that are open; none means all.
    """

    public_id = models.UUIDField("identifiant public", default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(
        "organisations.Organisation", models.PROTECT, related_name="audit_accesses", verbose_name="organisme audité"
    )
    name = models.CharField("auditeur", max_length=160)
    email = models.EmailField("adresse électronique", blank=True)
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="donné par")
    given_at = models.DateTimeField("donné le", default=timezone.now, editable=False)
    until = models.DateField("valable jusqu’au")
    grant = models.OneToOneField(
        "kernel.Grant", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="lien"
    )
    revoked_at = models.DateTimeField("retiré le", null=True, blank=True)
    period_from = models.DateField("sessions du", null=True, blank=True)
    period_until = models.DateField("au", null=True, blank=True)
    sample_size = models.PositiveSmallIntegerField("sessions à tirer", null=True, blank=True)
    seed = models.CharField("graine du tirage", max_length=200, blank=True)
    drawn_at = models.DateTimeField("tirées le", null=True, blank=True)
    drawn_from = models.PositiveIntegerField("sessions de la période", null=True, blank=True)
    sessions = models.ManyToManyField(
        "classroom.Session", related_name="audit_accesses", blank=True, verbose_name="sessions"
    )
    indicators = models.JSONField("indicateurs ouverts", default=list, blank=True)

    objects = AuditAccessQuerySet.as_manager()

    class Meta:
        verbose_name = "accès d’un auditeur"
        verbose_name_plural = "accès des auditeurs"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(sample_size=None, period_from=None, period_until=None)
                | Q(sample_size__gt=0, period_from__isnull=False, period_until__gte=F("period_from")),
                name="quality_audit_sample_is_whole",
                violation_error_message="Un tirage porte sa période et le nombre de sessions à tirer.",
            )
        ]

    def __str__(self):
        return f"accès d’auditeur {self.pk}"

    @property
    def is_sample(self):
        return self.sample_size is not None

    @property
    def awaits_draw(self):
        return self.is_sample and self.drawn_at is None

    @property
    def indicators_told(self):
        """« l’indicateur 4 », « les indicateurs 4, 6 et 19 »; nothing when all are open."""
        *others, last = self.indicators or [""]
        return f"les indicateurs {', '.join(others)} et {last}" if others else last and f"l’indicateur {last}"

    def is_open(self, on):
        return self.revoked_at is None and self.until >= on


class AuditView(models.Model):
    """One page or one file read by an auditor."""

    access = models.ForeignKey(AuditAccess, models.CASCADE, related_name="views", verbose_name="accès")
    session = models.ForeignKey(
        "classroom.Session", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="session"
    )
    what = models.CharField("ce qui a été lu", max_length=200)
    at = models.DateTimeField("le", default=timezone.now, editable=False)

    class Meta:
        verbose_name = "lecture d’un auditeur"
        verbose_name_plural = "lectures des auditeurs"
        ordering = ["-pk"]

    def __str__(self):
        return f"lecture {self.pk}"
