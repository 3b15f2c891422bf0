import datetime
import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from certification.habilitation.lifecycle import FileKind, FileState, Outcome
from certification.habilitation.models.habilitation import Habilitation
from certification.habilitation.queries import ImportedFileQuerySet, ImportedLineQuerySet
from lms.kernel.files import private_files

WORK = {FileState.READING: "habilitation.read_file", FileState.RUNNING: "habilitation.record_file"}


class ImportedFile(models.Model):
    """A file received from Aidants Connect, Pix or an organisme de formation: read first, recorded once confirmed.

    `dated_on` is the day its content was true; `mapping` says which heading is which column, `counts` how many lines
    have each outcome. The same file (`sha256`) may come twice: the second changes nothing.
    """

    State = FileState

    public_id = models.UUIDField("identifiant public", default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField("nature", max_length=4, choices=FileKind)
    name = models.CharField("nom du fichier", max_length=200)
    content = models.FileField("fichier", upload_to="imports", storage=private_files, max_length=200, blank=True)
    sha256 = models.CharField("empreinte", max_length=64)
    encoding = models.CharField("encodage reconnu", max_length=20, blank=True)
    separator = models.CharField("séparateur reconnu", max_length=2, blank=True)
    dated_on = models.DateField("à jour du")
    organisation = models.ForeignKey(
        "organisations.Organisation", models.PROTECT, related_name="+", verbose_name="reçu pour"
    )
    state = models.CharField("état", max_length=10, choices=FileState, default=FileState.READING)
    mapping = models.JSONField("colonnes", default=dict, blank=True)
    warnings = models.JSONField("remarques", default=list, blank=True)
    counts = models.JSONField("comptes", default=dict, blank=True)
    lines_count = models.PositiveIntegerField("lignes", default=0)
    lines_done = models.PositiveIntegerField("lignes enregistrées", default=0)
    received_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="déposé par"
    )
    received_at = models.DateTimeField("déposé le", default=timezone.now)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="confirmé par"
    )
    confirmed_at = models.DateTimeField("confirmé le", null=True, blank=True)
    finished_at = models.DateTimeField("terminé le", null=True, blank=True)

    objects = ImportedFileQuerySet.as_manager()

    class Meta:
        verbose_name = "fichier reçu"
        verbose_name_plural = "fichiers reçus"
        ordering = ["-received_at", "-pk"]

    def __str__(self):
        return f"fichier {self.pk}"

    def get_absolute_url(self):
        return reverse("habilitation:pilotage_file", args=[self.public_id])

    @property
    def awaited_task(self):
        return WORK.get(self.state, "")

    @property
    def can_be_read_again(self):
        return bool(self.content) and self.state in (FileState.CHECKED, FileState.UNREADABLE)

    @property
    def held_on(self):
        """The day an attendance list is about, when its lines do not say it."""
        day = self.mapping.get("on")
        return datetime.date.fromisoformat(day) if day else None


class ImportedLine(models.Model):
    """One line of a file: what it says once read, what it would do or did, whom it is about.

    `values` holds only the columns that are used. `candidates` are the people it may be about (their ids), when a
    person has to choose.
    """

    file = models.ForeignKey(ImportedFile, models.CASCADE, related_name="lines", verbose_name="fichier")
    number = models.PositiveIntegerField("ligne")
    values = models.JSONField("valeurs", default=dict)
    outcome = models.CharField("suite", max_length=10, choices=Outcome, blank=True, default=Outcome.WAITING)
    sentences = models.JSONField("explications", default=list, blank=True)
    candidates = models.JSONField("personnes possibles", default=list, blank=True)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="personne"
    )
    habilitation = models.ForeignKey(
        Habilitation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="habilitation"
    )
    is_done = models.BooleanField("enregistrée", default=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="rapprochée par"
    )
    decided_at = models.DateTimeField("rapprochée le", null=True, blank=True)

    objects = ImportedLineQuerySet.as_manager()

    class Meta:
        verbose_name = "ligne d’un fichier reçu"
        verbose_name_plural = "lignes des fichiers reçus"
        ordering = ["file", "number"]
        indexes = [
            models.Index(fields=["outcome", "file"], name="imported_line_by_outcome"),
            models.Index(fields=["decided_at"], condition=Q(decided_at__isnull=False), name="imported_line_decided"),
        ]
        constraints = [models.UniqueConstraint(fields=["file", "number"], name="imported_line_once")]

    def __str__(self):
        return f"ligne {self.number} du fichier {self.file_id}"

    @property
    def told(self):
        """Whom and what the line names, in one line."""
        said = self.values
        name = " ".join(filter(None, (said.get("first_name"), said.get("last_name"))))
        return ", ".join(filter(None, (name, said.get("email"), said.get("structure")))) or f"ligne {self.number}"


class ExternalId(models.Model):
    """An identifier by which other services know a person: the match by stable id comes before any other."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="external_ids", verbose_name="personne"
    )
    system = models.CharField("système", max_length=20)
    value = models.CharField("identifiant", max_length=80)

    class Meta:
        verbose_name = "identifiant dans un autre service"
        verbose_name_plural = "identifiants dans d’autres services"
        constraints = [models.UniqueConstraint(fields=["system", "value"], name="external_id_of_one_person")]

    def __str__(self):
        return f"{self.system} {self.pk}"
