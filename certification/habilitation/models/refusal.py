from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.crypto import salted_hmac

from certification.habilitation.queries import RefusalQuerySet
from lms.accounts.engine.addresses import normalise_email


def digests_of(value: str) -> list[str]:
    """Of an address, or of an identifier of another service: it is recognised again, and never read back.

    The first is the one to keep; the others are those that an older SECRET_KEY, kept as a fallback, had made.
    """
    told = f"address:{normalise_email(value)}" if "@" in value else f"identifier:{value.strip()}"
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return [salted_hmac("habilitation.refusal", told, secret=key, algorithm="sha256").hexdigest() for key in keys]


class Refusal(models.Model):
    """By what a file would name somebody who asked to be erased: with it, no file makes them come back.

    `person` is the account that bears no name any more: it holds together the digests of one person.
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="compte rendu anonyme"
    )
    digest = models.CharField("empreinte", max_length=64, db_index=True)
    at = models.DateTimeField("gardée depuis", default=timezone.now)

    objects = RefusalQuerySet.as_manager()

    class Meta:
        verbose_name = "refus d’être repris d’un fichier"
        verbose_name_plural = "refus d’être repris d’un fichier"
        ordering = ["-pk"]
        constraints = [models.UniqueConstraint(fields=["person", "digest"], name="refusal_once")]

    def __str__(self):
        return f"refus {self.pk}"
