import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from lms.kernel.formats import NBSP
from parcours.assistance.models.thread import Thread
from parcours.assistance.queries import AttachmentQuerySet


class Kind(models.TextChoices):
    QUESTION = "question", "question"
    ANSWER = "answer", "réponse"


class Message(models.Model):
    """`due_at`, on a question that begins a wait: the end of the delay announced then."""

    Kind = Kind

    thread = models.ForeignKey(Thread, models.CASCADE, related_name="messages", verbose_name="question")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="auteur")
    kind = models.CharField("nature", max_length=10, choices=Kind)
    text = models.TextField("texte", blank=True)
    client_id = models.CharField("numéro donné par le formulaire", max_length=64)
    at = models.DateTimeField("écrit le", default=timezone.now)
    due_at = models.DateTimeField("réponse annoncée pour le", null=True, blank=True)

    class Meta:
        verbose_name = "message"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["author", "client_id"],
                name="question_message_once",
                violation_error_message="Ce message est déjà enregistré.",
            ),
            models.CheckConstraint(
                condition=Q(due_at=None) | Q(kind=Kind.QUESTION),
                name="question_only_questions_are_due",
                violation_error_message="Seule une question attend une réponse.",
            ),
        ]

    def __str__(self):
        return f"{self.kind} {self.pk}"

    @property
    def is_answer(self):
        return self.kind == Kind.ANSWER


class Attachment(models.Model):
    """A file joined to a message; without message, it waits for a text that was not accepted yet, a day at most."""

    public_id = models.UUIDField("identifiant public", default=uuid.uuid4, unique=True, editable=False)
    message = models.ForeignKey(
        Message, models.CASCADE, null=True, blank=True, related_name="attachments", verbose_name="message"
    )
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="jointe par")
    client_id = models.CharField("numéro donné par le formulaire", max_length=64)
    file = models.FileField("fichier", upload_to="questions", max_length=200)
    name = models.CharField("nom du fichier", max_length=100)
    content_type = models.CharField("type de contenu", max_length=100)
    size = models.PositiveIntegerField("taille en octets")
    sha256 = models.CharField("empreinte", max_length=64)
    created_at = models.DateTimeField("jointe le", default=timezone.now)

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        verbose_name = "pièce jointe à une question"
        verbose_name_plural = "pièces jointes aux questions"
        ordering = ["pk"]

    def __str__(self):
        return f"pièce jointe {self.pk}"

    @property
    def weight(self):
        """« PDF, 120 ko »."""
        return f"{self.name.rpartition('.')[2].upper()}, {self.size // 1000 + 1}{NBSP}ko"
