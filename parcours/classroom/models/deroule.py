import secrets

from django.conf import settings
from django.db import models

from parcours.classroom.models.session import HalfDay


class Deroule(models.Model):
    """The déroulé of one half-day, copied from the page of the half-day and adapted for this session.

    `sequences` and `original` are lists of {id, kind (sequence or pause), title, minutes, aim, method, trainer_does,
    group_does, support, exercise, evaluation, material}, all plain texts; `original` is what was copied.
    """

    half_day = models.OneToOneField(HalfDay, models.CASCADE, related_name="deroule", verbose_name="demi-journée")
    title = models.CharField("titre", max_length=255)
    sequences = models.JSONField("séquences", default=list)
    original = models.JSONField("séquences d’origine", default=list)
    notes = models.TextField("notes pour cette demi-journée", blank=True)
    adapted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="adapté par"
    )
    adapted_at = models.DateTimeField("adapté le", auto_now=True)

    class Meta:
        verbose_name = "déroulé d’une session"
        verbose_name_plural = "déroulés des sessions"

    def __str__(self):
        return f"déroulé {self.pk}"

    @property
    def minutes(self):
        return sum(one["minutes"] for one in self.sequences)

    @property
    def is_changed(self):
        return bool(self.notes) or self.sequences != self.original

    def rank(self, key) -> int | None:
        """Where a sequence stands, from 0; None when it is not there any more."""
        return next((rank for rank, one in enumerate(self.sequences) if one["id"] == key), None)


def new_key() -> str:
    return secrets.token_hex(4)
