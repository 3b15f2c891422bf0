from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from parcours.assistance.models.thread import Thread
from parcours.assistance.queries import SharedAnswerQuerySet


class SharedAnswer(models.Model):
    """A question worded again by a trainer, and its answer, for all who follow the parcours: nobody is named in it."""

    parcours = models.ForeignKey(
        "catalogue.ParcoursPage", models.PROTECT, related_name="shared_answers", verbose_name="parcours"
    )
    edition = models.ForeignKey("catalogue.Edition", models.PROTECT, related_name="+", verbose_name="édition")
    activity_id = models.CharField("identifiant de l’étape", max_length=36, blank=True)
    activity_slug = models.SlugField("adresse de l’étape", max_length=255, blank=True)
    activity_title = models.CharField("étape", max_length=255, blank=True)
    thread = models.ForeignKey(Thread, models.PROTECT, related_name="shared", verbose_name="question d’origine")
    question = models.TextField("question, sans le nom de personne")
    answer = models.TextField("réponse, sans le nom de personne")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="partagée par")
    at = models.DateTimeField("partagée le", default=timezone.now)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="retirée par"
    )
    withdrawn_at = models.DateTimeField("retirée le", null=True, blank=True)

    objects = SharedAnswerQuerySet.as_manager()

    class Meta:
        verbose_name = "réponse partagée"
        verbose_name_plural = "réponses partagées"
        ordering = ["pk"]
        indexes = [models.Index(fields=["parcours", "activity_id"], name="shared_answer_by_etape")]
        constraints = [
            models.UniqueConstraint(
                fields=["thread"],
                condition=Q(withdrawn_at=None),
                name="shared_answer_once_per_question",
                violation_error_message="Cette question a déjà une réponse partagée : retirez-la d’abord.",
            )
        ]

    def __str__(self):
        return f"réponse partagée {self.pk}"

    @property
    def is_shown(self):
        return self.withdrawn_at is None
