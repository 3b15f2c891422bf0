import uuid
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone

from parcours.colleagues.lifecycle import InvitationState
from parcours.colleagues.queries import INVITATION_DAYS, InvitationQuerySet


class Invitation(models.Model):
    """Somebody who has an account is asked whether they work for a structure: nobody decides it in their place."""

    State = InvitationState

    public_id = models.UUIDField("identifiant public", default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="invitations", verbose_name="personne"
    )
    organisation = models.ForeignKey(
        "organisations.Organisation", models.PROTECT, related_name="+", verbose_name="structure"
    )
    parcours = models.ForeignKey("catalogue.ParcoursPage", models.PROTECT, related_name="+", verbose_name="parcours")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="envoyée par")
    state = models.CharField("état", max_length=10, choices=InvitationState, default=InvitationState.SENT)
    sent_at = models.DateTimeField("envoyée le", default=timezone.now, editable=False)
    answered_at = models.DateTimeField("réponse le", null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = "invitation d’une structure"
        verbose_name_plural = "invitations des structures"
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "organisation", "parcours"],
                condition=models.Q(state=InvitationState.SENT),
                name="colleagues_one_invitation_waiting",
                violation_error_message="Cette personne est déjà invitée à ce parcours par cette structure.",
            )
        ]

    def __str__(self):
        return f"invitation {self.pk}"

    def get_absolute_url(self):
        return reverse("colleagues:invitation", args=[self.public_id])

    @property
    def expires_on(self):
        """The day from which it waits no more."""
        return timezone.localdate(self.sent_at + timedelta(days=INVITATION_DAYS))
