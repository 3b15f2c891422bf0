import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from certification.habilitation.lifecycle import EXITS, GONE, ExitReason, ExternalStatus, Route, Step
from certification.habilitation.queries import HabilitationQuerySet

DAYS = ("eligible_on", "registered_on", "started_on", "trained_on", "pix_on", "habilitated_on", "operational_on")


class Habilitation(models.Model):
    """Where one person is on the way to Aidants Connect for one structure.

    `step` and the dates are derived from the facts by `actions.derive`, nobody writes them; `external_status` is what
    the service said last, on `external_seen_on`. A way out (`exit_step`) is decided by a person or read in a file.
    """

    Step = Step

    public_id = models.UUIDField("identifiant public", default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="habilitations", verbose_name="personne"
    )
    organisation = models.ForeignKey(
        "organisations.Organisation", models.PROTECT, related_name="habilitations", verbose_name="structure"
    )
    step = models.CharField("étape", max_length=12, choices=Step, default=Step.INVITED)
    step_on = models.DateField("depuis le", null=True, blank=True)
    route = models.CharField("voie", max_length=8, choices=Route, default=Route.CLASSIC)
    external_status = models.CharField("statut dans Aidants Connect", max_length=40, choices=ExternalStatus, blank=True)
    external_seen_on = models.DateField("statut lu le", null=True, blank=True)
    external_id = models.CharField("identifiant dans Aidants Connect", max_length=40, blank=True)
    profession = models.CharField("profession", max_length=150, blank=True)
    is_conseiller = models.BooleanField("conseiller numérique", default=False)
    eligible_on = models.DateField("éligible le", null=True, blank=True)
    registered_on = models.DateField("inscrit le", null=True, blank=True)
    started_on = models.DateField("formation commencée le", null=True, blank=True)
    trained_on = models.DateField("formé le", null=True, blank=True)
    pix_on = models.DateField("test Pix envoyé le", null=True, blank=True)
    habilitated_on = models.DateField("habilité le", null=True, blank=True)
    operational_on = models.DateField("opérationnel le", null=True, blank=True)
    training_organisation = models.ForeignKey(
        "organisations.Organisation",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="formé par",
    )
    exit_step = models.CharField("sortie", max_length=12, choices=Step, blank=True)
    exit_reason = models.CharField("motif de la sortie", max_length=20, choices=ExitReason, blank=True)
    exit_note = models.CharField("précision sur la sortie", max_length=300, blank=True)
    exited_on = models.DateField("sorti le", null=True, blank=True)
    follows = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="followed_by", verbose_name="suite de"
    )
    created_at = models.DateTimeField("connu depuis", default=timezone.now, editable=False)

    objects = HabilitationQuerySet.as_manager()

    class Meta:
        verbose_name = "habilitation"
        ordering = ["person", "pk"]
        indexes = [
            models.Index(fields=["organisation", "step"], name="habilitation_by_structure"),
            models.Index(fields=["step", "habilitated_on"], name="habilitation_by_step"),
            models.Index(fields=["external_id"], name="habilitation_by_external_id"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "organisation"],
                name="habilitation_once_per_structure",
                violation_error_message="Cette personne est déjà suivie pour cette structure.",
            ),
            models.CheckConstraint(
                condition=Q(exit_step__in=("", *EXITS)),
                name="habilitation_exit_is_a_way_out",
                violation_error_message="Une sortie est un abandon, une annulation ou un refus.",
            ),
            models.CheckConstraint(
                condition=Q(exit_step="", exit_reason="", exited_on=None)
                | (~Q(exit_step="") & ~Q(exit_reason="") & Q(exited_on__isnull=False)),
                name="habilitation_exit_has_its_reason",
                violation_error_message="Une sortie porte sa date et son motif.",
            ),
        ]

    def __str__(self):
        return f"habilitation {self.pk}"

    def get_absolute_url(self):
        return reverse("habilitation:person", args=[self.public_id])

    @property
    def is_out(self):
        return self.step in EXITS

    @property
    def departed_on(self):
        """The last day that the structure knows of, once somebody is out and gone; needs `with_last_day`."""
        if not self.exit_step:
            return None
        return self.exited_on if self.exit_reason in GONE else self.last_day

    def until_departure(self):
        """As the structure that somebody left reads it: nothing dated since. Not to be saved."""
        last = self.departed_on
        for name in DAYS:
            day = getattr(self, name)
            if last and day and day > last:
                setattr(self, name, None)
        return self


class Move(models.Model):
    """One step to another, when it happened and who or what made it happen."""

    habilitation = models.ForeignKey(Habilitation, models.CASCADE, related_name="moves", verbose_name="habilitation")
    before = models.CharField("avant", max_length=12, choices=Step, blank=True)
    after = models.CharField("après", max_length=12, choices=Step)
    on = models.DateField("date du fait")
    at = models.DateTimeField("enregistré le", default=timezone.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="par"
    )
    file = models.ForeignKey(
        "habilitation.ImportedFile", models.PROTECT, null=True, blank=True, related_name="moves", verbose_name="fichier"
    )
    reason = models.CharField("motif", max_length=20, choices=ExitReason, blank=True)

    class Meta:
        verbose_name = "changement d’étape"
        verbose_name_plural = "changements d’étape"
        ordering = ["pk"]

    def __str__(self):
        return f"changement d’étape {self.pk}"
