import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from parcours.quality.lifecycle import Capacity, ComplaintState
from parcours.quality.queries import ComplaintQuerySet


class Complaint(models.Model):
    """A complaint, from anybody; without organisation it is for the national team.

    `due_at` ends the delay announced when the present wait began; `number` is what the receipt says.
    """

    State = ComplaintState

    public_id = models.UUIDField("identifiant public", default=uuid.uuid4, unique=True, editable=False)
    number = models.CharField("numéro", max_length=20, unique=True)
    organisation = models.ForeignKey(
        "organisations.Organisation",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="complaints",
        verbose_name="organisme qui répond",
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="complaints",
        verbose_name="compte",
    )
    name = models.CharField("nom", max_length=160, blank=True)
    email = models.EmailField("adresse électronique", blank=True)
    capacity = models.CharField("à quel titre", max_length=10, choices=Capacity)
    subject = models.CharField("objet", max_length=160)
    state = models.CharField("état", max_length=10, choices=ComplaintState, default=ComplaintState.WAITING)
    received_at = models.DateTimeField("reçue le", default=timezone.now, editable=False)
    due_at = models.DateTimeField("réponse annoncée pour le")
    answered_at = models.DateTimeField("première réponse", null=True, blank=True)
    closed_at = models.DateTimeField("close le", null=True, blank=True)
    grant = models.OneToOneField(
        "kernel.Grant", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="lien de suivi"
    )
    forgotten_at = models.DateTimeField("rendue anonyme le", null=True, blank=True)
    client_id = models.CharField("numéro donné par le formulaire", max_length=64, unique=True)

    objects = ComplaintQuerySet.as_manager()

    class Meta:
        verbose_name = "réclamation"
        ordering = ["-received_at", "-pk"]
        indexes = [models.Index(fields=["organisation", "state", "received_at"], name="complaint_by_wait")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=ComplaintState.CLOSED, closed_at__isnull=False)
                | (~Q(state=ComplaintState.CLOSED) & Q(closed_at=None)),
                name="complaint_closed_has_its_instant",
                violation_error_message="Une réclamation close porte la date de sa clôture.",
            ),
            models.CheckConstraint(
                condition=~Q(state=ComplaintState.ANSWERED) | Q(answered_at__isnull=False),
                name="complaint_answered_has_its_instant",
            ),
        ]

    def __str__(self):
        return self.number

    def get_absolute_url(self):
        return reverse("quality:complaint", args=[self.public_id])

    @property
    def who(self):
        return self.name or "Personne anonyme"

    @property
    def addressee(self):
        return str(self.organisation) if self.organisation_id else "l’équipe nationale"

    @property
    def is_waiting(self):
        return self.state == ComplaintState.WAITING

    @property
    def is_closed(self):
        return self.state == ComplaintState.CLOSED

    def is_late(self, now=None):
        return self.is_waiting and self.due_at < (now or timezone.now())

    @property
    def days_taken(self):
        """Whole days from its receipt to the first answer; None while there is none."""
        return None if self.answered_at is None else (self.answered_at - self.received_at).days


class ComplaintMessage(models.Model):
    """`by` answers for the organisme; it is empty on what the person who complains wrote."""

    complaint = models.ForeignKey(Complaint, models.CASCADE, related_name="messages", verbose_name="réclamation")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="répondu par"
    )
    text = models.TextField("texte", blank=True)
    at = models.DateTimeField("écrit le", default=timezone.now, editable=False)
    client_id = models.CharField("numéro donné par le formulaire", max_length=64, unique=True)

    class Meta:
        verbose_name = "message d’une réclamation"
        verbose_name_plural = "messages des réclamations"
        ordering = ["pk"]

    def __str__(self):
        return f"message {self.pk}"

    @property
    def is_answer(self):
        return self.by_id is not None
