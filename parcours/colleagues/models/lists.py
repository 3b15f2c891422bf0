import uuid

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone

from parcours.colleagues.lifecycle import LineStatus, ListState, Outcome
from parcours.colleagues.queries import EnrolmentListQuerySet, LineQuerySet


class EnrolmentList(models.Model):
    """People a référent wants enrolled in a parcours: typed and corrected first, enrolled once confirmed, then told."""

    State = ListState
    TASK = "colleagues.enrol_list"

    public_id = models.UUIDField("identifiant public", default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(
        "organisations.Organisation", models.PROTECT, related_name="enrolment_lists", verbose_name="structure"
    )
    parcours = models.ForeignKey(
        "catalogue.ParcoursPage", models.PROTECT, related_name="enrolment_lists", verbose_name="parcours"
    )
    state = models.CharField("état", max_length=10, choices=ListState, default=ListState.DRAFT)
    source = models.CharField("origine", max_length=200)
    reading = models.JSONField("façon dont elle a été lue", default=list)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="commencée par"
    )
    created_at = models.DateTimeField("commencée le", default=timezone.now, editable=False)
    touched_at = models.DateTimeField("modifiée le", default=timezone.now)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="confirmée par"
    )
    confirmed_at = models.DateTimeField("confirmée le", null=True, blank=True)
    done_at = models.DateTimeField("terminée le", null=True, blank=True)
    outcomes = models.JSONField("bilan", default=dict, blank=True)
    forgotten_at = models.DateTimeField("lignes effacées le", null=True, blank=True)

    objects = EnrolmentListQuerySet.as_manager()

    class Meta:
        verbose_name = "liste d’inscription"
        verbose_name_plural = "listes d’inscription"
        ordering = ["-pk"]
        indexes = [models.Index(fields=["organisation", "state"])]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=(ListState.DRAFT, ListState.EXPIRED))
                | models.Q(confirmed_by__isnull=False),
                name="colleagues_list_confirmed_by_somebody",
                violation_error_message="Une liste confirmée l’est par quelqu’un.",
            )
        ]

    def __str__(self):
        return f"liste d’inscription {self.pk}"

    def get_absolute_url(self):
        name = "check" if self.state == ListState.DRAFT else "report"
        return reverse(f"colleagues:{name}", args=[self.organisation.public_id, self.public_id])

    @property
    def is_over(self):
        return self.state == ListState.DONE

    @property
    def awaited_task(self):
        return self.TASK if self.state in (ListState.CONFIRMED, ListState.RUNNING) else ""


class ListLine(models.Model):
    """One line, as typed, then as corrected; what became of it."""

    Status, Outcome = LineStatus, Outcome

    enrolment_list = models.ForeignKey(EnrolmentList, models.CASCADE, related_name="lines", verbose_name="liste")
    position = models.PositiveIntegerField("rang")
    line = models.PositiveIntegerField("ligne du fichier")
    first_name = models.CharField("prénom", max_length=1000, blank=True)
    last_name = models.CharField("nom", max_length=1000, blank=True)
    email = models.CharField("adresse électronique", max_length=1000, blank=True)
    extra = models.CharField("cases en trop", max_length=1000, blank=True)
    status = models.CharField("état", max_length=10, choices=LineStatus, default=LineStatus.READY)
    faults = models.JSONField("remarques", default=list, blank=True)
    has_warning = models.BooleanField("à vérifier", default=False)
    outcome = models.CharField("suite", max_length=10, choices=Outcome, blank=True)
    note = models.CharField("explication", max_length=500, blank=True)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="personne"
    )

    objects = LineQuerySet.as_manager()

    class Meta:
        verbose_name = "ligne d’une liste d’inscription"
        verbose_name_plural = "lignes des listes d’inscription"
        ordering = ["enrolment_list", "position"]
        indexes = [
            models.Index(fields=["enrolment_list", "status"]),
            models.Index(fields=["enrolment_list", "outcome"]),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment_list", "position"],
                name="colleagues_line_position",
                violation_error_message="Deux lignes ne tiennent pas la même place.",
            )
        ]

    def __str__(self):
        return f"ligne {self.line} de la liste {self.enrolment_list_id}"

    @property
    def outcome_kind(self):
        """The colour of what became of it."""
        return {Outcome.ENROLLED: "success", Outcome.INVITED: "info", Outcome.REFUSED: "error"}.get(
            self.outcome, "neutral"
        )

    @property
    def full_name(self):
        return f"{self.first_name} {self.last_name}".strip()
