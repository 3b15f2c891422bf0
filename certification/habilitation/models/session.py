from django.db import models
from django.db.models import F, Q


class KnownSession(models.Model):
    """A session of Aidants Connect, held elsewhere: it dates the presences that name it, and nothing is followed in it.

    As the latest file told it (`seen_on`); `match_key` is its name as presences are compared to it.
    """

    external_id = models.CharField("identifiant dans Aidants Connect", max_length=40, unique=True)
    name = models.CharField("nom", max_length=300)
    match_key = models.CharField("nom comparé", max_length=330, editable=False)
    starts_on = models.DateField("début")
    ends_on = models.DateField("fin", null=True, blank=True)
    hours = models.PositiveSmallIntegerField("durée, en heures", null=True, blank=True)
    trainer = models.CharField("organisme de formation", max_length=200, blank=True)
    is_cancelled = models.BooleanField("annulée", default=False)
    file = models.ForeignKey(
        "habilitation.ImportedFile", models.PROTECT, related_name="known_sessions", verbose_name="fichier"
    )
    seen_on = models.DateField("à jour du")

    class Meta:
        verbose_name = "session tenue ailleurs"
        verbose_name_plural = "sessions tenues ailleurs"
        ordering = ["-starts_on", "pk"]
        indexes = [models.Index(fields=["match_key"], name="known_session_by_name")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="known_session_dates_in_order",
                violation_error_message="La session finit avant de commencer : corrigez l’une des deux dates.",
            )
        ]

    def __str__(self):
        return self.name
