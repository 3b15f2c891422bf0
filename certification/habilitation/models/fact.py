import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from certification.habilitation.lifecycle import CONFIRMED, OF_THE_PERSON, FactKind, Origin, Standing
from certification.habilitation.models.habilitation import Habilitation
from certification.habilitation.queries import FactQuerySet
from lms.kernel.files import private_files
from lms.kernel.formats import date_short


class Fact(models.Model):
    """One dated thing known about a person: who or which file said it, who confirmed it, whether it still stands.

    Nothing is overwritten: a wrong fact is withdrawn with its reason, a declared one is answered by the fact of a file
    (`answered_by`). `key` makes it once, however many times a file or an event brings it. `score` is a percentage of
    the test Pix; 0 is a score.
    """

    public_id = models.UUIDField("identifiant public", default=uuid.uuid4, unique=True, editable=False)
    key = models.CharField("clé", max_length=120, unique=True, editable=False)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="habilitation_facts", verbose_name="personne"
    )
    habilitation = models.ForeignKey(
        Habilitation, models.PROTECT, null=True, blank=True, related_name="facts", verbose_name="habilitation"
    )
    kind = models.CharField("fait", max_length=12, choices=FactKind)
    on = models.DateField("date")
    score = models.PositiveSmallIntegerField("résultat, en pourcentage", null=True, blank=True)
    standing = models.CharField("valeur", max_length=10, choices=Standing)
    origin = models.CharField("origine", max_length=16, choices=Origin)
    training_organisation = models.ForeignKey(
        "organisations.Organisation",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="organisme de formation",
    )
    registration = models.ForeignKey(
        "classroom.Registration",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="habilitation_facts",
        verbose_name="inscription à une session",
    )
    file = models.ForeignKey(
        "habilitation.ImportedFile", models.PROTECT, null=True, blank=True, related_name="facts", verbose_name="fichier"
    )
    line = models.PositiveIntegerField("ligne du fichier", null=True, blank=True)
    proof = models.FileField(
        "justificatif", upload_to="habilitations", storage=private_files, max_length=200, blank=True
    )
    proof_sha256 = models.CharField("empreinte du justificatif", max_length=64, blank=True)
    declared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="déclaré par"
    )
    declared_at = models.DateTimeField("enregistré le", default=timezone.now)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="décidé par"
    )
    decided_at = models.DateTimeField("décidé le", null=True, blank=True)
    note = models.CharField("motif", max_length=300, blank=True)
    answered_by = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="answers", verbose_name="confirmé par le fait"
    )
    withdrawn_at = models.DateTimeField("retiré le", null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="retiré par"
    )

    objects = FactQuerySet.as_manager()

    class Meta:
        verbose_name = "fait"
        ordering = ["on", "pk"]
        indexes = [
            models.Index(fields=["person", "kind"], name="habilitation_fact_by_person"),
            models.Index(
                fields=["kind", "declared_at"],
                condition=Q(standing=Standing.DECLARED, withdrawn_at=None),
                name="habilitation_fact_waiting",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=OF_THE_PERSON, habilitation=None)
                | (~Q(kind__in=OF_THE_PERSON) & Q(habilitation__isnull=False)),
                name="habilitation_fact_of_whom",
                violation_error_message="La formation et le test Pix sont à la personne, le reste à sa structure.",
            ),
            models.CheckConstraint(
                condition=Q(score=None) | Q(kind=FactKind.PIX, score__lte=100), name="habilitation_fact_score"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_by=None) | (Q(withdrawn_at__isnull=False) & ~Q(note="")),
                name="habilitation_fact_withdrawn_with_its_reason",
            ),
        ]

    def __str__(self):
        return f"fait {self.pk}"

    @property
    def is_noted(self):
        """A training that whoever gave it noted by itself, outside the sessions of the platform."""
        return self.kind == FactKind.TRAINING and self.origin == Origin.PERSON

    @property
    def counts(self):
        return self.withdrawn_at is None and self.standing in CONFIRMED and self.answered_by_id is None

    @property
    def waits(self):
        return self.withdrawn_at is None and self.standing == Standing.DECLARED

    @property
    def source(self):
        """« suivi ici, La MedNum », « fichier de Pix du 12/11/2026 », « saisi par une personne »."""
        words = self.get_origin_display()
        if self.file:
            words = f"{words} du {date_short(self.file.dated_on)}"
        elif self.origin == Origin.PERSON and self.kind == FactKind.TRAINING:
            words = "présence dite par l’organisme"
        return f"{words}, {self.training_organisation}" if self.training_organisation else words

    @property
    def declarer(self):
        return self.declared_by.full_name if self.declared_by else ""
