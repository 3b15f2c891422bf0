"""Anything official that was issued: its number and content are frozen first, then its bytes; neither changes again."""

import hashlib
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.files.storage import storages
from django.db import models
from django.db.models import Q
from django.db.models.fields.json import KT
from django.urls import reverse

from .journal import WrittenOnce


class PaperState(models.TextChoices):
    RESERVED = "reserved", "en préparation"
    SEALED = "sealed", "valide"
    REVOKED = "revoked", "révoqué"


class RevocationReason(models.TextChoices):
    """What the public reads on the verification page, and nothing more."""

    ERROR = "error", "délivrance par erreur"
    CONTENT = "content", "erreur dans le contenu"
    REPLACED = "replaced", "remplacement par un autre document"
    FRAUD = "fraud", "obtention par fraude"
    HOLDER = "holder", "demande de la personne titulaire"


class AlteredFile(Exception):
    """The stored bytes are not those that were sealed."""


class PaperQuerySet(models.QuerySet):
    def issued(self):
        return self.exclude(state=PaperState.RESERVED)

    def held_by(self, person):
        return self.issued().filter(person=person)

    def for_list(self):
        """Who and what for, without the rest of what is frozen."""
        told = {"holder": KT("content__holder"), "title": KT("content__title")}
        return self.defer("content", "twin_html").annotate(**told)

    def delete(self):
        raise WrittenOnce("A paper is never deleted: its number would be a hole.")

    def outlived(self) -> None:
        """Erase those whose time is over, past the guard above; asked by `papers.forget` alone."""
        self._raw_delete(self.db)


class Paper(models.Model):
    State = PaperState

    kind = models.CharField("nature", max_length=40)
    number = models.CharField("numéro", max_length=40, unique=True)
    year = models.PositiveSmallIntegerField("année")
    sequence = models.PositiveIntegerField("rang dans l’année")
    token = models.CharField("code de vérification", max_length=64, unique=True)
    key = models.CharField("clé", max_length=200, unique=True)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="papers", verbose_name="titulaire"
    )
    organisation = models.ForeignKey(
        "organisations.Organisation",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="papers",
        verbose_name="organisme qui délivre",
    )
    content = models.JSONField("contenu figé")
    zone = models.CharField("fuseau de l’organisme", max_length=40)
    twin_html = models.TextField("version web figée", blank=True)
    sha256 = models.CharField("empreinte", max_length=64, blank=True)
    size = models.PositiveIntegerField("taille en octets", null=True, blank=True)
    certificate = models.CharField("empreinte du certificat de signature", max_length=64, blank=True)
    state = models.CharField("état", max_length=10, choices=PaperState, default=PaperState.RESERVED)
    issued_at = models.DateTimeField("délivré le")
    sealed_at = models.DateTimeField("scellé le", null=True, blank=True)
    revoked_at = models.DateTimeField("révoqué le", null=True, blank=True)
    revocation_reason = models.CharField("motif public", max_length=20, choices=RevocationReason, blank=True)

    objects = PaperQuerySet.as_manager()

    class Meta:
        verbose_name = "document scellé"
        verbose_name_plural = "documents scellés"
        ordering = ["-issued_at", "-pk"]
        indexes = [
            models.Index(fields=["organisation", "-issued_at"], name="paper_by_organisation"),
            models.Index(fields=["sha256"], condition=~Q(sha256=""), name="paper_by_hash"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["kind", "year", "sequence"], name="paper_number_once"),
            models.CheckConstraint(
                condition=Q(state=PaperState.RESERVED, sha256="", size=None, sealed_at=None)
                | (~Q(state=PaperState.RESERVED) & ~Q(sha256="") & Q(size__gt=0) & Q(sealed_at__isnull=False)),
                name="paper_sealed_with_its_bytes",
                violation_error_message="Un document scellé porte l’empreinte et la taille de son fichier.",
            ),
            models.CheckConstraint(
                condition=(Q(state=PaperState.REVOKED, revoked_at__isnull=False) & ~Q(revocation_reason=""))
                | (~Q(state=PaperState.REVOKED) & Q(revoked_at=None, revocation_reason="")),
                name="paper_revoked_with_its_reason",
                violation_error_message="Une révocation porte sa date et son motif.",
            ),
        ]

    def __str__(self):
        return self.number

    def delete(self, *args, **kwargs):
        raise WrittenOnce("A paper is never deleted: its number would be a hole.")

    @property
    def is_sealed(self):
        return self.state != PaperState.RESERVED

    @property
    def is_revoked(self):
        return self.state == PaperState.REVOKED

    @property
    def issued_on(self):
        return self.issued_at.astimezone(ZoneInfo(self.zone)).date()

    @property
    def revoked_on(self):
        return self.revoked_at and self.revoked_at.astimezone(ZoneInfo(self.zone)).date()

    @property
    def folder(self):
        return f"{self.kind}/{self.year}/{self.number}"

    @property
    def file_name(self):
        """Where the bytes are: under their own hash."""
        return f"{self.folder}/{self.sha256}.pdf"

    @property
    def download_name(self):
        """Says what the file is and nothing of the person."""
        return f"{self.number}.pdf"

    @property
    def verification_url(self):
        return settings.BASE_URL + reverse("kernel:verify_paper", args=[self.token])

    def read(self) -> bytes:
        """The bytes as they were sealed. Raises AlteredFile when the stored ones differ or are missing."""
        try:
            with storages["papers"].open(self.file_name) as stored:
                data = stored.read()
        except FileNotFoundError as error:
            raise AlteredFile(self.number) from error
        if len(data) != self.size or hashlib.sha256(data).hexdigest() != self.sha256:
            raise AlteredFile(self.number)
        return data
