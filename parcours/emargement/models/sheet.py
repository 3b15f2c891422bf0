import uuid
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property

from lms.kernel import rules
from lms.kernel.formats import date_long, time_short
from parcours.emargement.lifecycle import OFFERED_WAYS, SheetState, Way
from parcours.emargement.models.rules import CLOSES_AFTER, OPENS_BEFORE
from parcours.emargement.queries import SheetQuerySet


class Sheet(models.Model):
    """What is signed of one half-day. Without bounds of its own, its window is that of the dated rules.

    `countersign` is the sentence the trainer signed by locking, word for word.
    """

    State = SheetState

    public_id = models.UUIDField("identifiant public", default=uuid.uuid4, unique=True, editable=False)
    half_day = models.OneToOneField(
        "classroom.HalfDay", models.CASCADE, related_name="sheet", verbose_name="demi-journée"
    )
    state = models.CharField("état", max_length=10, choices=SheetState, default=SheetState.RUNNING)
    way = models.CharField(
        "façon de signer", max_length=10, choices=[(one.value, one.label) for one in OFFERED_WAYS], default=Way.CODE
    )
    set_opens_at = models.DateTimeField("ouverte à la signature le", null=True, blank=True)
    set_closes_at = models.DateTimeField("fermée à la signature le", null=True, blank=True)
    locked_at = models.DateTimeField("verrouillée le", null=True, blank=True)
    locked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="contresignée par",
    )
    countersign = models.CharField("attestation du formateur", max_length=400, blank=True)
    countersign_sha256 = models.CharField("empreinte de l’attestation", max_length=64, blank=True)
    created_at = models.DateTimeField("préparée le", auto_now_add=True)

    objects = SheetQuerySet.as_manager()

    class Meta:
        verbose_name = "feuille d’émargement"
        verbose_name_plural = "feuilles d’émargement"
        ordering = ["half_day__starts_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(set_opens_at=None) | Q(set_closes_at=None) | Q(set_closes_at__gte=F("set_opens_at")),
                name="emargement_window_in_order",
                violation_error_message="La signature ferme avant d’ouvrir : corrigez l’une des deux heures.",
            ),
            models.CheckConstraint(
                condition=(
                    Q(state=SheetState.LOCKED, locked_at__isnull=False, locked_by__isnull=False)
                    & ~Q(countersign_sha256="")
                )
                | (~Q(state=SheetState.LOCKED) & Q(locked_at=None, locked_by=None, countersign_sha256="")),
                name="emargement_locked_is_countersigned",
                violation_error_message="Une feuille verrouillée porte la signature du formateur.",
            ),
        ]

    def __str__(self):
        return f"feuille {self.pk}"

    def get_absolute_url(self):
        return reverse("emargement:sheet", args=[self.public_id])

    @property
    def session(self):
        return self.half_day.session

    @property
    def is_locked(self):
        return self.state == SheetState.LOCKED

    @cached_property
    def tally(self) -> dict:
        """How many there are, signed, neither signed nor told absent, and their minutes; costs a query, once."""
        return self.attendances.tally()

    @property
    def opens_at(self):
        minutes = rules.current(OPENS_BEFORE.code, self.half_day.day)
        return self.set_opens_at or self.half_day.starts_at - timedelta(minutes=minutes)

    @property
    def closes_at(self):
        return self.set_closes_at or self.half_day.ends_at + self.grace

    @property
    def grace(self):
        """How long one still signs after the end, by the rule of that day."""
        return timedelta(minutes=rules.current(CLOSES_AFTER.code, self.half_day.day))

    def is_open(self, at=None):
        return self.opens_at <= (at or timezone.now()) < self.closes_at

    def local(self, instant):
        """The instant as the clock of the place tells it."""
        return instant.astimezone(self.session.tzinfo)

    @property
    def day(self):
        return date_long(self.half_day.day)

    @property
    def hours(self):
        return f"{time_short(self.half_day.local_start)} – {time_short(self.half_day.local_end)}"

    @property
    def label(self):
        """« lundi 23 novembre 2026, 9 h – 12 h 30 »."""
        return f"{self.day}, {self.hours}"

    @property
    def window(self):
        return f"de {time_short(self.local(self.opens_at))} à {time_short(self.local(self.closes_at))}"
