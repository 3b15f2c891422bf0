from django.db import models
from django.db.models import Q

from parcours.learning.engine.fold import Kind
from parcours.learning.queries import TraceQuerySet


class TraceKind(models.TextChoices):
    OPENED = Kind.OPENED.value, "étape ouverte"
    READ = Kind.READ.value, "étape lue"
    ANSWERED = Kind.ANSWERED.value, "question répondue"
    RESTARTED = Kind.RESTARTED.value, "nouvel essai commencé"
    PRESENT = Kind.PRESENT.value, "présence en direct établie"
    ABSENT = Kind.ABSENT.value, "présence en direct retirée"


class Trace(models.Model):
    """What happened, once and for all: progress is folded from these rows and from nothing else.

    Of a presence, `activity_id` is the séance, `minutes` what it is worth, `said_at` when it ended.
    """

    Kind = TraceKind

    enrolment = models.ForeignKey(
        "learning.Enrolment", models.PROTECT, related_name="traces", verbose_name="inscription"
    )
    client_id = models.CharField("numéro donné par le navigateur", max_length=80)
    kind = models.CharField("fait", max_length=12, choices=TraceKind)
    activity_id = models.CharField("étape", max_length=36)
    question_id = models.CharField("question", max_length=36, blank=True)
    attempt = models.PositiveSmallIntegerField("essai", default=1)
    given = models.JSONField("réponses données", default=list, blank=True)
    correct = models.BooleanField("juste", default=False)
    reasons = models.JSONField("motifs de la correction", default=list, blank=True)
    minutes = models.PositiveSmallIntegerField("minutes de présence", null=True, blank=True)
    at = models.DateTimeField("reçu le")
    said_at = models.DateTimeField("heure du navigateur", null=True, blank=True)

    objects = TraceQuerySet.as_manager()

    class Meta:
        verbose_name = "trace"
        verbose_name_plural = "traces"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment", "client_id"],
                name="learning_trace_once",
                violation_error_message="Ce fait est déjà enregistré.",
            ),
            models.UniqueConstraint(
                fields=["enrolment", "question_id", "attempt"],
                condition=Q(kind=Kind.ANSWERED.value),
                name="learning_one_answer_per_attempt",
                violation_error_message="Cette question a déjà sa réponse.",
            ),
            models.CheckConstraint(
                condition=Q(kind=Kind.PRESENT.value, minutes__isnull=False)
                | (~Q(kind=Kind.PRESENT.value) & Q(minutes=None)),
                name="learning_presence_has_its_minutes",
                violation_error_message="Une présence porte ses minutes, et aucun autre fait.",
            ),
        ]
        indexes = [models.Index(fields=["enrolment", "activity_id"])]

    def __str__(self):
        return f"{self.kind} {self.pk}"

    def save(self, *args, **kwargs):
        if not self._state.adding:
            raise TypeError("A trace is never changed.")
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise TypeError("A trace is never deleted.")
