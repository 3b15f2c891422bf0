import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from parcours.assistance.lifecycle import State
from parcours.assistance.queries import ThreadQuerySet


class Thread(models.Model):
    """A question put to the organisme that answers for a parcours, from an étape of it, and all that follows.

    `due_at` is the end of the delay announced when the present wait began.
    """

    State = State

    public_id = models.UUIDField("identifiant public", default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="questions", verbose_name="posée par"
    )
    parcours = models.ForeignKey(
        "catalogue.ParcoursPage", models.PROTECT, related_name="questions", verbose_name="parcours"
    )
    edition = models.ForeignKey("catalogue.Edition", models.PROTECT, related_name="+", verbose_name="édition suivie")
    activity_id = models.CharField("identifiant de l’étape", max_length=36, blank=True)
    activity_slug = models.SlugField("adresse de l’étape", max_length=255, blank=True)
    activity_title = models.CharField("étape", max_length=255, blank=True)
    organisation = models.ForeignKey(
        "organisations.Organisation", models.PROTECT, related_name="questions", verbose_name="organisme qui répond"
    )
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="suivie par"
    )
    subject = models.CharField("première ligne", max_length=120, blank=True)
    state = models.CharField("état", max_length=10, choices=State, default=State.WAITING)
    asked_at = models.DateTimeField("posée le", default=timezone.now)
    waiting_since = models.DateTimeField("en attente depuis", default=timezone.now)
    due_at = models.DateTimeField("réponse attendue au plus tard")
    answered_at = models.DateTimeField("dernière réponse", null=True, blank=True)
    closed_at = models.DateTimeField("close le", null=True, blank=True)
    told_at = models.DateTimeField("formateurs prévenus le", null=True, blank=True)

    objects = ThreadQuerySet.as_manager()

    class Meta:
        verbose_name = "question d’un apprenant"
        verbose_name_plural = "questions des apprenants"
        ordering = ["-asked_at", "-pk"]
        indexes = [
            models.Index(fields=["organisation", "state", "waiting_since"], name="question_by_wait"),
            models.Index(fields=["person", "parcours", "activity_id"], name="question_by_etape"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=State.CLOSED, closed_at__isnull=False) | (~Q(state=State.CLOSED) & Q(closed_at=None)),
                name="question_closed_has_its_instant",
                violation_error_message="Une question close porte la date de sa clôture, les autres n’en ont pas.",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.ANSWERED) | Q(answered_at__isnull=False),
                name="question_answered_has_its_instant",
                violation_error_message="Une question répondue porte la date de sa réponse.",
            ),
        ]

    def __str__(self):
        return f"question {self.pk}"

    def get_absolute_url(self):
        return reverse("assistance:question", args=[self.public_id])

    @property
    def answering_url(self):
        return reverse("assistance:answering", args=[self.public_id])

    @property
    def label(self):
        return self.subject or "Question effacée"

    @property
    def place(self):
        """Where it was asked from, in words."""
        return self.activity_title or self.edition.title

    @property
    def is_waiting(self):
        return self.state == State.WAITING

    @property
    def is_closed(self):
        return self.state == State.CLOSED

    def is_late(self, now=None):
        return self.is_waiting and self.due_at < (now or timezone.now())
