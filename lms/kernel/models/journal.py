"""Who decided what: written plainly, chained afterwards by one sealing loop, never edited."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone


class WrittenOnce(Exception):
    """A journal row is never changed nor deleted."""


class JournalEntryQuerySet(models.QuerySet):
    def waiting_for_seal(self):
        return self.filter(sequence=None).order_by("pk")

    def sealed(self):
        return self.exclude(sequence=None).order_by("sequence")

    def update(self, **values):
        raise WrittenOnce("Journal rows are never edited.")

    def bulk_update(self, objs, fields, batch_size=None):
        raise WrittenOnce("Journal rows are never edited.")

    def delete(self):
        raise WrittenOnce("Journal rows are never deleted.")


class JournalEntry(models.Model):
    """`before` and `after` hold codes and ids; what is personal stands in `JournalPersonal`."""

    at = models.DateTimeField("instant", default=timezone.now, editable=False)
    verb = models.CharField("acte", max_length=100)
    subject_type = models.CharField("type d’objet", max_length=100)
    subject_id = models.CharField("identifiant de l’objet", max_length=64)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="journal_entries",
        verbose_name="par",
    )
    before = models.JSONField("avant", null=True, blank=True)
    after = models.JSONField("après", null=True, blank=True)
    personal_digest = models.CharField("empreinte des valeurs personnelles", max_length=64, blank=True)
    sequence = models.BigIntegerField("rang dans la chaîne", null=True, unique=True, editable=False)
    previous_hash = models.CharField("empreinte précédente", max_length=64, blank=True, editable=False)
    hash = models.CharField("empreinte", max_length=64, blank=True, editable=False)

    objects = JournalEntryQuerySet.as_manager()

    class Meta:
        verbose_name = "ligne de journal"
        verbose_name_plural = "journal"
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["subject_type", "subject_id"], name="journal_by_subject"),
            models.Index(fields=["at"], name="journal_by_instant"),
            models.Index(fields=["id"], condition=Q(sequence=None), name="journal_waiting_for_seal"),
        ]

    def __str__(self):
        return f"{self.verb} {self.subject_type} {self.subject_id}"

    def save(self, *args, **kwargs):
        if not self._state.adding:
            raise WrittenOnce("Journal rows are never edited.")
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise WrittenOnce("Journal rows are never deleted.")


class JournalPersonal(models.Model):
    """Erasable values of an entry: its salted digest, in the entry, is what the chain covers."""

    entry = models.OneToOneField(
        JournalEntry,
        on_delete=models.PROTECT,
        primary_key=True,
        related_name="personal",
        verbose_name="ligne de journal",
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="personne concernée",
    )
    salt = models.CharField("sel", max_length=32, blank=True)
    values = models.JSONField("valeurs", null=True, blank=True)
    erased_at = models.DateTimeField("effacées le", null=True, blank=True)

    class Meta:
        verbose_name = "valeurs personnelles du journal"
        verbose_name_plural = "valeurs personnelles du journal"

    def __str__(self):
        return f"valeurs personnelles de la ligne {self.pk}"


class JournalHead(models.Model):
    """Where the chain stood on a day; published, it shows a chain cut or rewritten later."""

    day = models.DateField("jour", primary_key=True)
    sequence = models.BigIntegerField("rang")
    hash = models.CharField("empreinte", max_length=64)
    kept_at = models.DateTimeField("relevée le", default=timezone.now, editable=False)

    class Meta:
        verbose_name = "tête du journal"
        verbose_name_plural = "têtes du journal"
        ordering = ["-day"]

    def __str__(self):
        return f"{self.day:%Y-%m-%d} {self.sequence} {self.hash}"
