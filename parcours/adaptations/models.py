import datetime
import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from parcours.adaptations.engine import measures
from parcours.adaptations.lifecycle import State
from parcours.adaptations.queries import NOTICE_DAYS, MeasureQuerySet, RequestQuerySet


class Occasion(models.TextChoices):
    ETAPES = "etapes", "les étapes en ligne"
    ASSESSMENTS = "evaluations", "les évaluations"
    SESSIONS = "sessions", "les demi-journées en direct"
    EXAMS = "examens", "les examens"


class Kind(models.TextChoices):
    EXTRA_TIME = measures.EXTRA_TIME, "temps majoré"
    BREAKS = measures.BREAKS, "pauses"
    WITHOUT_IMAGES = measures.WITHOUT_IMAGES, "contenus sans image"
    SCRIBE = measures.SCRIBE, "secrétaire"
    ROOM = measures.ROOM, "salle accessible ou à part"
    INTERPRETER = measures.INTERPRETER, "interprète"


class AdaptationRequest(models.Model):
    """What a person says would help, without diagnosis, to the référent handicap of an organisme and to nobody else."""

    State = State

    public_id = models.UUIDField("identifiant public", default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="adaptation_requests", verbose_name="demandée par"
    )
    organisation = models.ForeignKey(
        "organisations.Organisation", models.PROTECT, related_name="adaptation_requests", verbose_name="organisme"
    )
    wish = models.TextField("ce qui aiderait")
    occasions = models.JSONField("occasions", default=list)
    until = models.DateField("jusqu’au", null=True, blank=True)
    state = models.CharField("état", max_length=10, choices=State, default=State.WAITING)
    asked_at = models.DateTimeField("demandée le", default=timezone.now)
    due_at = models.DateTimeField("réponse attendue au plus tard")
    answer = models.TextField("réponse", blank=True)
    answered_at = models.DateTimeField("répondue le", null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="répondue par"
    )
    last_used_on = models.DateField("dernier usage", null=True, blank=True)
    kept_on = models.DateField("dite encore utile le", null=True, blank=True)
    asked_to_keep_on = models.DateField("avis de suppression envoyé le", null=True, blank=True)

    objects = RequestQuerySet.as_manager()

    class Meta:
        verbose_name = "demande d’adaptation"
        verbose_name_plural = "demandes d’adaptation"
        ordering = ["-asked_at", "-pk"]
        indexes = [models.Index(fields=["organisation", "state", "asked_at"], name="adaptation_by_wait")]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "organisation"],
                condition=Q(state=State.WAITING),
                name="adaptation_one_waiting_request",
                violation_error_message="Une demande attend déjà la réponse de cet organisme.",
            )
        ]

    def __str__(self):
        return f"demande d’adaptation {self.pk}"

    def get_absolute_url(self):
        return reverse("adaptations:request", args=[self.public_id])

    @property
    def is_waiting(self):
        return self.state == State.WAITING

    @property
    def is_late(self):
        return self.is_waiting and self.due_at < timezone.now()

    @property
    def is_about_to_go(self):
        """Whether the person was asked if it is still needed, and has not said so yet."""
        return self.state == State.GRANTED and self.asked_to_keep_on is not None

    @property
    def kept_until(self):
        """The last day it is kept, unless the person says that it is still needed."""
        return self.asked_to_keep_on + datetime.timedelta(days=NOTICE_DAYS - 1)

    @property
    def occasion_labels(self):
        labels = dict(Occasion.choices)
        return [labels[code] for code in self.occasions if code in labels]


class Measure(models.Model):
    """What was granted. Trainers read it; the request it answers stays with the référent handicap."""

    Kind = Kind

    request = models.ForeignKey(
        AdaptationRequest, models.CASCADE, related_name="measures", verbose_name="demande d’adaptation"
    )
    kind = models.CharField("mesure", max_length=14, choices=Kind)
    percent = models.PositiveSmallIntegerField("temps ajouté, en %", default=0)
    starts_on = models.DateField("à partir du")
    ends_on = models.DateField("jusqu’au", null=True, blank=True)

    objects = MeasureQuerySet.as_manager()

    class Meta:
        verbose_name = "mesure d’adaptation"
        verbose_name_plural = "mesures d’adaptation"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["request", "kind"],
                name="adaptation_measure_once",
                violation_error_message="Cette mesure est déjà accordée.",
            ),
            models.CheckConstraint(
                condition=Q(kind=measures.EXTRA_TIME, percent__gte=1, percent__lte=200)
                | (~Q(kind=measures.EXTRA_TIME) & Q(percent=0)),
                name="adaptation_time_has_its_percent",
                violation_error_message="Le temps majoré s’accorde entre 1 et 200 %, les autres mesures sans nombre.",
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="adaptation_dates_in_order",
                violation_error_message="La fin précède le début : corrigez l’une des deux dates.",
            ),
        ]

    def __str__(self):
        return self.label

    @property
    def label(self):
        """« Temps majoré de 33 % »."""
        if self.kind == Kind.EXTRA_TIME:
            return f"{self.get_kind_display()} de {self.percent}\u00a0%"
        return self.get_kind_display()
