from django.db import models


class SentMail(models.Model):
    """A message the demonstration would have sent: kept so that visitors can read it."""

    recipient = models.TextField("destinataires")
    sender = models.CharField("expéditeur", max_length=254)
    subject = models.TextField("objet")
    body = models.TextField("texte")
    message_id = models.CharField("identifiant du message", max_length=254, blank=True)
    sent_at = models.DateTimeField("envoyé le", auto_now_add=True, db_index=True)

    class Meta:
        verbose_name = "message envoyé"
        verbose_name_plural = "messages envoyés"
        ordering = ["-sent_at", "-pk"]

    def __str__(self):
        return self.subject
