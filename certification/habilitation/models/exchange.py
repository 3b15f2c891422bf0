import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from certification.habilitation.queries import HandOverQuerySet
from lms.kernel.models import PreparedFile

PERSON, ORGANISATION = settings.AUTH_USER_MODEL, "organisations.Organisation"


class HandOver(PreparedFile):
    """One file handed to another service: which one, by whom, what it held; `lines_ids` are the ids of its lines.

    A short one is handed over at once and its `content` kept nowhere; a long one has no print until a job has made it.
    """

    TASK = "habilitation.write_hand_over"

    kind = models.CharField("fichier", max_length=4)
    organisation = models.ForeignKey(ORGANISATION, models.PROTECT, related_name="+", verbose_name="pour")
    only_new = models.BooleanField("seulement le nouveau", default=False)
    starts_on = models.DateField("du", null=True, blank=True)
    ends_on = models.DateField("au", null=True, blank=True)
    lines = models.PositiveIntegerField("lignes")
    sha256 = models.CharField("empreinte", max_length=64, blank=True)
    lines_ids = models.JSONField("lignes remises", default=list)

    objects = HandOverQuerySet.as_manager()

    class Meta(PreparedFile.Meta):
        verbose_name = "remise de fichier"
        verbose_name_plural = "remises de fichiers"

    def __str__(self):
        return f"remise {self.pk}"

    @property
    def is_ready(self):
        return bool(self.sha256)

    @property
    def period(self):
        """Its first and last days, when it was asked for by its period."""
        return (self.starts_on, self.ends_on) if self.starts_on and self.ends_on else None


class Merge(models.Model):
    """Two records of one person, or of one structure, made one; `moved` is what it takes to undo it.

    `moved` lists {model, ids, before, after}: the rows that changed, what their columns held, what tells that they
    are still as the merge left them.
    """

    public_id = models.UUIDField("identifiant public", default=uuid.uuid4, unique=True, editable=False)
    kept_person = models.ForeignKey(PERSON, models.PROTECT, null=True, blank=True, related_name="+")
    merged_person = models.ForeignKey(PERSON, models.PROTECT, null=True, blank=True, related_name="+")
    kept_organisation = models.ForeignKey(ORGANISATION, models.PROTECT, null=True, blank=True, related_name="+")
    merged_organisation = models.ForeignKey(ORGANISATION, models.PROTECT, null=True, blank=True, related_name="+")
    moved = models.JSONField("ce qui a été déplacé", default=list)
    by = models.ForeignKey(PERSON, models.PROTECT, related_name="+", verbose_name="fusionné par")
    at = models.DateTimeField("fusionné le", default=timezone.now)
    undone_at = models.DateTimeField("défait le", null=True, blank=True)
    undone_by = models.ForeignKey(
        PERSON, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="défait par"
    )

    class Meta:
        verbose_name = "fusion"
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    kept_person__isnull=False,
                    merged_person__isnull=False,
                    kept_organisation=None,
                    merged_organisation=None,
                )
                | Q(
                    kept_person=None,
                    merged_person=None,
                    kept_organisation__isnull=False,
                    merged_organisation__isnull=False,
                ),
                name="merge_of_two_people_or_two_structures",
            )
        ]

    def __str__(self):
        return f"fusion {self.pk}"
