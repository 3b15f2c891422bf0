import base64
import hashlib
import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.crypto import salted_hmac

SALT = "lms.kernel.grant"


def hash_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


class GrantQuerySet(models.QuerySet):
    def standing(self, now=None):
        """Those that still open something."""
        return self.filter(revoked_at=None, expires_at__gt=now or timezone.now())

    def over(self, since):
        """Those that have opened nothing for longer than `since`."""
        return self.filter(models.Q(expires_at__lt=since) | models.Q(revoked_at__lt=since))


class Grant(models.Model):
    """A link that opens one thing (`scope`), of one person, until a date, without signing in.

    Its token is signed from `public_id` with the key of the site, so that its owner may read it again; the row keeps
    the hash alone.
    """

    public_id = models.UUIDField("identifiant signé", default=uuid.uuid4, unique=True, editable=False)
    token_hash = models.CharField("empreinte du lien", max_length=64, unique=True, editable=False)
    scope = models.CharField("ce qu’il ouvre", max_length=60)
    object_ids = models.JSONField("objets", default=list, blank=True)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="grants",
        verbose_name="personne concernée",
    )
    created_at = models.DateTimeField("donné le", default=timezone.now, editable=False)
    expires_at = models.DateTimeField("valable jusqu’au")
    revoked_at = models.DateTimeField("retiré le", null=True, blank=True)
    last_used_at = models.DateTimeField("dernier usage", null=True, blank=True)

    objects = GrantQuerySet.as_manager()

    class Meta:
        verbose_name = "lien signé"
        verbose_name_plural = "liens signés"
        ordering = ["-pk"]
        indexes = [models.Index(fields=["person", "scope"], name="grant_by_person")]

    def __str__(self):
        return f"lien signé {self.pk}"

    def save(self, *args, **kwargs):
        self.token_hash = self.token_hash or hash_of(self.signed(settings.SECRET_KEY))
        super().save(*args, **kwargs)

    @property
    def token(self) -> str:
        """What the link carries; empty when the key that signed it has left the settings."""
        keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
        return next((token for key in keys if hash_of(token := self.signed(key)) == self.token_hash), "")

    def signed(self, key: str) -> str:
        mac = salted_hmac(SALT, f"{self.scope}:{self.public_id}", secret=key, algorithm="sha256")
        return base64.urlsafe_b64encode(mac.digest()).decode().rstrip("=")
