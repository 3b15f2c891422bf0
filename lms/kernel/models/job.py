from django.db import models
from django.db.models import Q
from django.utils import timezone


class JobState(models.TextChoices):
    READY = "ready", "à faire"
    RUNNING = "running", "en cours"
    DONE = "done", "terminé"
    DEAD = "dead", "abandonné"


class JobQuerySet(models.QuerySet):
    def ready(self, now):
        return self.filter(state=JobState.READY, due_at__lte=now).order_by("due_at", "pk")

    def lapsed(self, now):
        """In the hands of somebody who was killed, or takes longer than a lease."""
        return self.filter(state=JobState.RUNNING, lease_until__lt=now).order_by("lease_until", "pk")

    def due(self, now):
        ready, lapsed = Q(state=JobState.READY, due_at__lte=now), Q(state=JobState.RUNNING, lease_until__lt=now)
        return self.filter(ready | lapsed).order_by("due_at", "pk")

    def next_due(self, now):
        """Each half is read in the order of its index: a long backlog is never sorted."""
        return self.lapsed(now).first() or self.ready(now).first()


class Job(models.Model):
    """A task to run once the fact that causes it is committed; `args` are ids and codes, nothing personal.

    `due_at` gives the order too: what somebody waits for is dated earlier than it was posted.
    """

    name = models.CharField("tâche", max_length=100)
    args = models.JSONField("arguments", default=list)
    key = models.CharField("clé", max_length=200, null=True, blank=True, unique=True)
    state = models.CharField("état", max_length=10, choices=JobState.choices, default=JobState.READY)
    attempts = models.PositiveSmallIntegerField("essais", default=0)
    last_attempt = models.PositiveSmallIntegerField("dernier essai permis", default=8)
    due_at = models.DateTimeField("à faire le", default=timezone.now)
    lease_until = models.DateTimeField("bail jusqu’à", null=True, blank=True)
    nudged_at = models.DateTimeField("signalé le", null=True, blank=True)
    error = models.TextField("erreur", blank=True)
    created_at = models.DateTimeField("créé le", default=timezone.now, editable=False)
    done_at = models.DateTimeField("terminé le", null=True, blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        verbose_name = "travail différé"
        verbose_name_plural = "travaux différés"
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["due_at"], condition=Q(state="ready"), name="job_ready"),
            models.Index(fields=["lease_until"], condition=Q(state="running"), name="job_running"),
            models.Index(fields=["state", "-id"], name="job_by_state"),
        ]

    def __str__(self):
        return f"{self.name}({', '.join(str(arg) for arg in self.args)})"


class Tick(models.Model):
    """The last instant at which something regular happened: a clock's date posted, the relay's heartbeat."""

    name = models.CharField("nom", max_length=100, primary_key=True)
    at = models.DateTimeField("dernier instant")

    class Meta:
        verbose_name = "battement"
        verbose_name_plural = "battements"

    def __str__(self):
        return self.name
