from datetime import UTC, datetime

from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce

from parcours.learning.engine.fold import State

NEVER = datetime(1970, 1, 1, tzinfo=UTC)
LAST_SEEN = Coalesce("last_at", Value(NEVER))
"""The oldest of all for whoever never came; written so that every database keeps it in an index."""


class ActivityState(models.TextChoices):
    TODO = State.TODO.value, "à faire"
    STARTED = State.STARTED.value, "en cours"
    DONE = State.DONE.value, "terminé"


class Progress(models.Model):
    """The fold of an enrolment's traces, kept beside it: rebuilt at any time by `rebuild_progress`, never edited.

    `done` and `total` count étapes and half-days together, `live_done` and `live_total` the half-days alone.
    """

    enrolment = models.OneToOneField(
        "learning.Enrolment", models.CASCADE, primary_key=True, related_name="progress", verbose_name="inscription"
    )
    done = models.PositiveSmallIntegerField("étapes et demi-journées terminées", default=0)
    total = models.PositiveSmallIntegerField("étapes et demi-journées", default=0)
    minutes_done = models.PositiveSmallIntegerField("minutes prouvées", default=0)
    minutes_total = models.PositiveSmallIntegerField("minutes du parcours", default=0)
    percent = models.PositiveSmallIntegerField("avancement", default=0)
    live_done = models.PositiveSmallIntegerField("demi-journées suivies", default=0)
    live_total = models.PositiveSmallIntegerField("demi-journées", default=0)
    next_activity_id = models.CharField("étape suivante", max_length=36, blank=True)
    last_at = models.DateTimeField("dernier passage", null=True, blank=True)

    class Meta:
        verbose_name = "progression"
        verbose_name_plural = "progressions"
        indexes = [
            models.Index(fields=["percent", "enrolment"], name="progress_by_percent"),
            models.Index(LAST_SEEN, "enrolment", name="progress_by_last_day"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(done__lte=F("total")),
                name="learning_done_within_total",
                violation_error_message="Une progression ne compte pas plus d’étapes terminées que d’étapes.",
            ),
            models.CheckConstraint(
                condition=Q(percent__lt=100, done__lt=F("total"))
                | Q(percent=100, done=F("total"), total__gt=0)
                | Q(percent=0, total=0),
                name="learning_hundred_exactly_when_done",
                violation_error_message="Une progression dit 100 % quand tout est terminé, et alors seulement.",
            ),
        ]

    def __str__(self):
        return f"{self.percent} % de l’inscription {self.enrolment_id}"

    @property
    def left(self):
        return self.total - self.done

    @property
    def online_done(self):
        return self.done - self.live_done

    @property
    def online_total(self):
        return self.total - self.live_total

    @property
    def live_left(self):
        return self.live_total - self.live_done

    @property
    def online_left(self):
        return self.left - self.live_left

    @property
    def minutes_left(self):
        return self.minutes_total - self.minutes_done


class ActivityProgress(models.Model):
    """The fold of the traces of one activity or séance; `attempts` lists {number, answered, right, score}.

    `minutes`: those of the presence, for a séance alone.
    """

    State = ActivityState

    enrolment = models.ForeignKey(
        "learning.Enrolment", models.CASCADE, related_name="activities", verbose_name="inscription"
    )
    activity_id = models.CharField("étape", max_length=36)
    state = models.CharField("état", max_length=8, choices=ActivityState, default=ActivityState.TODO)
    opened_at = models.DateTimeField("ouverte le", null=True, blank=True)
    last_at = models.DateTimeField("dernier passage", null=True, blank=True)
    done_at = models.DateTimeField("terminée le", null=True, blank=True)
    attempts = models.JSONField("essais", default=list, blank=True)
    score = models.PositiveSmallIntegerField("score retenu", null=True, blank=True)
    minutes = models.PositiveSmallIntegerField("minutes de présence", null=True, blank=True)

    class Meta:
        verbose_name = "progression dans une étape"
        verbose_name_plural = "progressions dans les étapes"
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment", "activity_id"],
                name="learning_activity_progress_once",
                violation_error_message="Cette étape a déjà sa progression.",
            )
        ]

    def __str__(self):
        return f"{self.activity_id} {self.state}"
