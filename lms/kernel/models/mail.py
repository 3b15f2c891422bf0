from django.db import models
from django.utils import timezone


class MailState(models.TextChoices):
    WAITING = "waiting", "à envoyer"
    SENT = "sent", "envoyé"


class OutgoingMail(models.Model):
    """A message to send at least once, always under the same Message-ID; its text is erased once accepted."""

    message_id = models.CharField("Message-ID", max_length=200, unique=True)
    to = models.EmailField("destinataire")
    subject = models.CharField("objet", max_length=250)
    body = models.TextField("texte", blank=True)
    html = models.TextField("texte enrichi", blank=True)
    reason = models.CharField("pourquoi la personne le reçoit", max_length=300)
    stop_url = models.CharField("adresse pour ne plus en recevoir", max_length=300, blank=True)
    state = models.CharField("état", max_length=10, choices=MailState.choices, default=MailState.WAITING)
    key = models.CharField("clé", max_length=200, null=True, blank=True, unique=True)
    created_at = models.DateTimeField("créé le", default=timezone.now, editable=False)
    sent_at = models.DateTimeField("envoyé le", null=True, blank=True)

    class Meta:
        verbose_name = "courriel"
        verbose_name_plural = "courriels"
        ordering = ["-pk"]
        indexes = [models.Index(fields=["created_at"], name="mail_by_creation")]

    def __str__(self):
        return self.message_id
