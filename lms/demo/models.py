import re

from django.db import models

from lms.demo.queries import SentMailQuerySet

CODE = re.compile(r"^[ \t]+([0-9]{3,8}(?:-[0-9]{3,8})?)[ \t]*$", re.MULTILINE)


class SentMail(models.Model):
    """A message the demonstration would have sent: kept so that visitors can read it."""

    recipient = models.TextField("destinataires")
    sender = models.CharField("expéditeur", max_length=254)
    subject = models.TextField("objet")
    body = models.TextField("texte")
    message_id = models.CharField("Message-ID", max_length=254, blank=True)
    sent_at = models.DateTimeField("envoyé le", auto_now_add=True, db_index=True)

    objects = SentMailQuerySet.as_manager()

    class Meta:
        verbose_name = "message envoyé"
        verbose_name_plural = "messages envoyés"
        ordering = ["-sent_at", "-pk"]

    def __str__(self):
        return self.subject

    @property
    def code(self):
        """The code to copy, when the message carries one on a line of its own."""
        found = CODE.search(self.body)
        return found.group(1) if found else ""
