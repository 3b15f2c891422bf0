import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from parcours.classroom.lifecycle import ACTIVE, RegistrationState
from parcours.classroom.models.session import Session
from parcours.classroom.queries import RegistrationQuerySet


class Registration(models.Model):
    """One person in one session, for one employer, by one funding road frozen as it was answered.

    `enrolment` is where the person follows the edition: online étapes and presence come together there.
    """

    State = RegistrationState

    public_id = models.UUIDField("identifiant public", default=uuid.uuid4, unique=True, editable=False)
    session = models.ForeignKey(Session, models.PROTECT, related_name="registrations", verbose_name="session")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="registrations", verbose_name="stagiaire"
    )
    employer = models.ForeignKey(
        "organisations.Organisation", models.PROTECT, related_name="registrations", verbose_name="employeur"
    )
    enrolment = models.ForeignKey(
        "learning.Enrolment",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="registrations",
        verbose_name="inscription au parcours",
    )
    state = models.CharField("état", max_length=10, choices=RegistrationState)
    is_conseiller = models.BooleanField("conseiller numérique", default=False)
    funding_road = models.CharField("voie de financement", max_length=40, blank=True)
    funding_answers = models.JSONField("réponses sur le financement", default=dict, blank=True)
    registered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="inscrit par"
    )
    registered_at = models.DateTimeField("inscription", default=timezone.now)
    offered_at = models.DateTimeField("place proposée le", null=True, blank=True)
    offer_until = models.DateTimeField("réponse attendue avant le", null=True, blank=True)
    left_at = models.DateTimeField("départ le", null=True, blank=True)
    left_reason = models.CharField("motif du départ", max_length=300, blank=True)
    replaces = models.OneToOneField(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="replaced_by",
        verbose_name="remplace",
    )
    moved_from = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="moved_to", verbose_name="vient de"
    )

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        verbose_name = "inscription à une session"
        verbose_name_plural = "inscriptions à une session"
        ordering = ["registered_at", "pk"]
        indexes = [models.Index(fields=["session", "state", "registered_at"], name="registration_queue")]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "person"],
                condition=Q(state__in=ACTIVE),
                name="registration_once_per_session",
                violation_error_message="Cette personne est déjà inscrite à cette session.",
            ),
            models.CheckConstraint(
                condition=~Q(state=RegistrationState.OFFERED) | Q(offered_at__isnull=False, offer_until__isnull=False),
                name="registration_offer_has_its_deadline",
            ),
        ]

    def __str__(self):
        return f"inscription {self.pk}"

    def get_absolute_url(self):
        return reverse("classroom:my_session", args=[self.public_id])
