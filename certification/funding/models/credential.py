"""What allows an organisme de formation to be paid: its Qualiopi certificate, its declaration of activity."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from certification.funding.lifecycle import CredentialKind
from certification.funding.queries import CredentialQuerySet
from lms.kernel.files import private_files

PERSON = settings.AUTH_USER_MODEL


class Credential(models.Model):
    """Dated, declared by the organisme, never edited: a wrong one is withdrawn, and another is recorded."""

    organisation = models.ForeignKey(
        "organisations.Organisation", models.PROTECT, related_name="credentials", verbose_name="organisme de formation"
    )
    kind = models.CharField("nature", max_length=10, choices=CredentialKind)
    number = models.CharField("numéro", max_length=60)
    issuer = models.CharField("délivré par", max_length=120, blank=True)
    starts_on = models.DateField("valable à partir du")
    ends_on = models.DateField("valable jusqu’au", null=True, blank=True)
    file = models.FileField("pièce", upload_to="justificatifs", storage=private_files, max_length=200, blank=True)
    sha256 = models.CharField("empreinte de la pièce", max_length=64, blank=True)
    recorded_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+", verbose_name="déclaré par")
    recorded_at = models.DateTimeField("déclaré le", default=timezone.now)
    withdrawn_at = models.DateTimeField("retiré le", null=True, blank=True)

    objects = CredentialQuerySet.as_manager()

    class Meta:
        verbose_name = "justificatif d’un organisme"
        verbose_name_plural = "justificatifs d’organismes"
        ordering = ["kind", "-starts_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="funding_credential_dates_in_order",
                violation_error_message="La fin de validité précède son début : corrigez l’une des deux dates.",
            )
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.number}"

    def covers(self, day) -> bool:
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)
