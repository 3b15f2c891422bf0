from django.conf import settings
from django.db import models
from django.urls import reverse

from parcours.learning.lifecycle import State
from parcours.learning.queries import EnrolmentQuerySet


class Enrolment(models.Model):
    """One person following one edition of a parcours, for one employer."""

    State = State

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="enrolments", verbose_name="apprenant"
    )
    parcours = models.ForeignKey(
        "catalogue.ParcoursPage", models.PROTECT, related_name="enrolments", verbose_name="parcours"
    )
    edition = models.ForeignKey("catalogue.Edition", models.PROTECT, related_name="enrolments", verbose_name="édition")
    employer = models.ForeignKey(
        "organisations.Organisation", models.PROTECT, related_name="enrolments", verbose_name="employeur"
    )
    state = models.CharField("état", max_length=12, choices=State, default=State.ACTIVE)
    enrolled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="inscrit par"
    )
    enrolled_at = models.DateTimeField("inscription", auto_now_add=True)
    completed_at = models.DateTimeField("fin", null=True, blank=True)
    attestation_rank = models.PositiveSmallIntegerField("attestations remplacées", default=0)
    reminders_sent = models.PositiveSmallIntegerField("rappels envoyés", default=0)
    reminded_at = models.DateTimeField("dernier rappel", null=True, blank=True)
    reminders_stopped_at = models.DateTimeField("rappels arrêtés", null=True, blank=True)

    objects = EnrolmentQuerySet.as_manager()

    class Meta:
        verbose_name = "inscription à un parcours"
        verbose_name_plural = "inscriptions aux parcours"
        ordering = ["-enrolled_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "parcours"],
                condition=~models.Q(state=State.WITHDRAWN),
                name="learning_one_enrolment_per_parcours",
                violation_error_message="Vous suivez déjà ce parcours.",
            ),
            models.CheckConstraint(
                condition=models.Q(state=State.COMPLETED, completed_at__isnull=False)
                | (~models.Q(state=State.COMPLETED) & models.Q(completed_at__isnull=True)),
                name="learning_completed_has_its_instant",
                violation_error_message="Un parcours terminé porte la date de sa fin, les autres n’en ont pas.",
            ),
        ]
        indexes = [models.Index(fields=["parcours", "state"])]

    def __str__(self):
        return f"inscription {self.pk}"

    def get_absolute_url(self):
        return reverse("learning:course", args=[self.pk])

    @property
    def attestation_key(self):
        """What makes its attestation once: another one follows when a correction changed the hours it says."""
        return f"learning.attestation:{self._attestation}"

    @property
    def attestation_job(self):
        """The key of the job that issues it."""
        return f"learning.issue_attestation:{self._attestation}"

    @property
    def _attestation(self):
        return f"{self.pk}:{self.attestation_rank}" if self.attestation_rank else str(self.pk)
