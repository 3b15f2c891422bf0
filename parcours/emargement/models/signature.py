import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from lms.kernel.files import private_files
from lms.kernel.formats import NBSP
from parcours.emargement.lifecycle import Way
from parcours.emargement.models.attendance import Attendance
from parcours.emargement.models.sheet import Sheet
from parcours.emargement.queries import AppendOnlyQuerySet, ScanQuerySet


class Scan(models.Model):
    """The paper sheet that people signed, as a file. Kept where no address leads, beside the sealed papers."""

    public_id = models.UUIDField("identifiant public", default=uuid.uuid4, unique=True, editable=False)
    sheet = models.ForeignKey(Sheet, models.PROTECT, related_name="scans", verbose_name="feuille")
    file = models.FileField("fichier", upload_to="emargement", storage=private_files, max_length=200)
    name = models.CharField("nom du fichier", max_length=100)
    content_type = models.CharField("type de contenu", max_length=100)
    size = models.PositiveIntegerField("taille en octets")
    sha256 = models.CharField("empreinte", max_length=64)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="joint par")
    at = models.DateTimeField("joint le", default=timezone.now)

    objects = ScanQuerySet.as_manager()

    class Meta:
        verbose_name = "feuille papier numérisée"
        verbose_name_plural = "feuilles papier numérisées"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["sheet", "sha256"],
                name="emargement_scan_once",
                violation_error_message="Ce fichier est déjà joint à la feuille.",
            )
        ]

    def __str__(self):
        return f"feuille numérisée {self.pk}"

    @property
    def weight(self):
        return f"{self.name.rpartition('.')[2].upper()}, {self.size // 1000 + 1}{NBSP}ko"


class Signature(models.Model):
    """The one signature of a person for a half-day, written once, with the very words that were signed.

    `signed_at`: the instant of the server. `claimed_at`: that of the device that was without network.
    `entered_by`: who held the device or copied the paper; nobody when the person signed alone.
    `is_late`: out of the window, or entered later than the day; it then carries why.
    Nothing of the device is kept.
    """

    attendance = models.OneToOneField(Attendance, models.PROTECT, related_name="signature", verbose_name="ligne")
    way = models.CharField("façon de signer", max_length=10, choices=Way)
    signed_at = models.DateTimeField("signée le", default=timezone.now)
    claimed_at = models.DateTimeField("heure de l’appareil sans réseau", null=True, blank=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="recueillie par"
    )
    statement = models.CharField("attestation signée", max_length=400)
    statement_sha256 = models.CharField("empreinte de l’attestation", max_length=64)
    is_late = models.BooleanField("hors délai", default=False)
    reason = models.CharField("motif", max_length=300, blank=True)
    client_id = models.CharField("numéro donné par l’appareil", max_length=64, null=True, blank=True, unique=True)
    scan = models.ForeignKey(
        Scan, models.PROTECT, null=True, blank=True, related_name="signatures", verbose_name="feuille papier"
    )

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        verbose_name = "signature"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(is_late=False) | (~Q(reason="") & Q(entered_by__isnull=False)),
                name="emargement_late_signature_says_why",
                violation_error_message="Une signature hors délai porte son motif et la personne qui l’a saisie.",
            ),
            models.CheckConstraint(
                condition=~Q(way__in=(Way.PAPER, Way.CORRECTION, Way.TABLET)) | Q(entered_by__isnull=False),
                name="emargement_entered_signature_says_by_whom",
                violation_error_message="Une signature recueillie porte le nom de la personne qui l’a recueillie.",
            ),
        ]

    def __str__(self):
        return f"signature {self.pk}"

    def save(self, *args, **kwargs):
        if not self._state.adding:
            raise TypeError("A signature is never changed.")
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise TypeError("A signature is never deleted.")

    @property
    def said_at(self):
        """When the person signed: the hour of the device without network, or that of the server."""
        return self.claimed_at or self.signed_at
