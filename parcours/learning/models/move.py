from django.conf import settings
from django.db import models


class EditionMove(models.Model):
    """A running enrolment that a trainer moved to another edition of its parcours."""

    enrolment = models.ForeignKey(
        "learning.Enrolment", models.PROTECT, related_name="moves", verbose_name="inscription"
    )
    from_edition = models.ForeignKey(
        "catalogue.Edition", models.PROTECT, related_name="+", verbose_name="édition quittée"
    )
    to_edition = models.ForeignKey("catalogue.Edition", models.PROTECT, related_name="+", verbose_name="édition suivie")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="décidé par")
    at = models.DateTimeField("le", auto_now_add=True)

    class Meta:
        verbose_name = "changement d’édition"
        verbose_name_plural = "changements d’édition"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment", "to_edition"],
                name="learning_moved_once_to_an_edition",
                violation_error_message="Cette inscription suit déjà cette édition.",
            )
        ]

    def __str__(self):
        return f"{self.enrolment_id} vers {self.to_edition_id}"
