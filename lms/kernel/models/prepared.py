import uuid
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import BooleanField, ExpressionWrapper, Q
from django.utils import timezone

from lms.kernel.tables import CSV, LABELS

KEPT_DAYS = 7


class PreparedFileQuerySet(models.QuerySet):
    def kept(self):
        return self.filter(content__isnull=False)

    def without_content(self):
        """With `is_kept`, whether it is there, and without reading what may weigh megabytes."""
        there = ExpressionWrapper(Q(content__isnull=False), output_field=BooleanField())
        return self.defer("content").annotate(is_kept=there)

    def outlived(self, now=None):
        return self.filter(at__lt=(now or timezone.now()) - timedelta(days=KEPT_DAYS))


class PreparedFile(models.Model):
    """A file too long to be written while one waits: made by a job, its `content` kept a week for who asked."""

    TASK: str
    """The name of what writes it, which takes its key."""

    public_id = models.UUIDField("identifiant public", default=uuid.uuid4, unique=True, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="demandé par")
    form = models.CharField("format", max_length=4, choices=LABELS, default=CSV)
    content = models.BinaryField("contenu", null=True, editable=False)
    at = models.DateTimeField("demandé le", default=timezone.now, editable=False)

    class Meta:
        abstract = True
        ordering = ["-pk"]

    @property
    def is_ready(self):
        """Of one read `without_content`."""
        return self.is_kept

    @property
    def awaited_task(self):
        return "" if self.is_ready else self.TASK
