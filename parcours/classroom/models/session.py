import uuid
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from lms.kernel.formats import NBSP, date_span
from parcours.classroom.lifecycle import Modality, Registrar, SessionState
from parcours.classroom.models.room import Room
from parcours.classroom.queries import HalfDayQuerySet, SessionQuerySet


class Session(models.Model):
    """A dated occurrence of an edition: its half-days, its seats, its price.

    `seats_taken` counts the registrations that hold a seat; the database refuses that it passes `capacity`.
    `starts_at` and `ends_at` are those of its first and last half-days. `price` is in euros per trainee, all included.
    """

    State = SessionState

    public_id = models.UUIDField("identifiant public", default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(
        "organisations.Organisation", models.PROTECT, related_name="sessions", verbose_name="organisme de formation"
    )
    parcours = models.ForeignKey(
        "catalogue.ParcoursPage", models.PROTECT, related_name="sessions", verbose_name="parcours"
    )
    edition = models.ForeignKey("catalogue.Edition", models.PROTECT, related_name="sessions", verbose_name="édition")
    state = models.CharField("état", max_length=10, choices=SessionState, default=SessionState.DRAFT)
    modality = models.CharField("modalité", max_length=10, choices=Modality, default=Modality.ONSITE)
    zone = models.CharField("fuseau du lieu", max_length=40, default="Europe/Paris")
    departement = models.ForeignKey(
        "organisations.Departement",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="sessions",
        verbose_name="département",
    )
    capacity = models.PositiveSmallIntegerField("nombre de places", default=14)
    seats_taken = models.PositiveSmallIntegerField("places prises", default=0, editable=False)
    intra = models.BooleanField("réservée à une structure", default=False)
    intra_for = models.ForeignKey(
        "organisations.Organisation",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="intra_sessions",
        verbose_name="structure",
    )
    for_conseillers = models.BooleanField("réservée aux conseillers numériques", default=False)
    registrar = models.CharField("qui inscrit", max_length=10, choices=Registrar, default=Registrar.REFERENT)
    price = models.DecimalField("tarif par personne, en euros", max_digits=8, decimal_places=2, default=0)
    price_note = models.CharField("précision sur le tarif", max_length=200, blank=True)
    practical = models.TextField("informations pratiques", blank=True)
    contact = models.CharField("contact", max_length=200, blank=True)
    starts_at = models.DateTimeField("début", null=True, blank=True)
    ends_at = models.DateTimeField("fin", null=True, blank=True)
    published_at = models.DateTimeField("publiée le", null=True, blank=True)
    cancelled_at = models.DateTimeField("annulée le", null=True, blank=True)
    cancel_reason = models.CharField("motif de l’annulation", max_length=300, blank=True)
    copied_from = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="+")
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="créée par", null=True
    )
    created_at = models.DateTimeField("créée le", auto_now_add=True)

    objects = SessionQuerySet.as_manager()

    class Meta:
        verbose_name = "session"
        ordering = ["starts_at", "pk"]
        indexes = [
            models.Index(fields=["state", "starts_at"], name="session_by_date"),
            models.Index(fields=["organisation", "-starts_at"], name="session_by_organisation"),
            models.Index(fields=["departement", "starts_at"], name="session_by_departement"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(seats_taken__lte=F("capacity")),
                name="session_never_over_capacity",
                violation_error_message="Cette session est complète.",
            ),
            models.CheckConstraint(condition=Q(capacity__gt=0), name="session_has_seats"),
            models.CheckConstraint(condition=Q(price__gte=0), name="session_price_not_negative"),
            models.CheckConstraint(
                condition=Q(ends_at=None) | Q(ends_at__gt=F("starts_at")), name="session_dates_in_order"
            ),
            models.CheckConstraint(
                condition=Q(state=SessionState.DRAFT) | Q(starts_at__isnull=False),
                name="session_published_with_its_dates",
            ),
            models.CheckConstraint(
                condition=(Q(state=SessionState.CANCELLED, cancelled_at__isnull=False) & ~Q(cancel_reason=""))
                | (~Q(state=SessionState.CANCELLED) & Q(cancelled_at=None)),
                name="session_cancelled_with_its_reason",
                violation_error_message="Une annulation porte sa date et son motif.",
            ),
        ]

    def __str__(self):
        return f"session {self.pk}"

    def save(self, *args, update_fields=None, **kwargs):
        """Seats are counted in the database alone: whoever read them earlier never writes them over."""
        if update_fields is None and not self._state.adding:
            kept = {"id", "seats_taken", *self.get_deferred_fields()}
            update_fields = [one.name for one in self._meta.concrete_fields if not kept & {one.name, one.attname}]
        super().save(*args, update_fields=update_fields, **kwargs)

    def get_absolute_url(self):
        return reverse("classroom:session", args=[self.public_id])

    @property
    def title(self):
        return self.edition.title

    @property
    def when(self):
        """« du mardi 24 au mercredi 25 novembre 2026 », on the calendar of the place."""
        if self.starts_at is None:
            return "dates à fixer"
        return date_span(self.starts_at.astimezone(self.tzinfo), self.ends_at.astimezone(self.tzinfo))

    @property
    def where(self):
        """Read from half-days loaded with `for_page`."""
        return told_places((str(one.room) if one.room_id else "", one.link) for one in self.half_days.all())

    @property
    def is_draft(self):
        return self.state == SessionState.DRAFT

    @property
    def is_settled(self):
        """Whether seats and price were said."""
        return bool(self.price or self.price_note)

    @property
    def has_begun(self):
        return self.starts_at is not None and self.starts_at <= timezone.now()

    @property
    def seats_left(self):
        return self.capacity - self.seats_taken

    @property
    def is_full(self):
        return self.seats_left <= 0

    @property
    def tzinfo(self):
        return ZoneInfo(self.zone)


def told_places(half_days) -> str:
    """« Salle des Lices, Rennes », « à distance », or both; of each half-day its room in words, and its link."""
    half_days = list(half_days)
    rooms = dict.fromkeys(room for room, _ in half_days if room)
    remote = ["à distance"] if any(link and not room for room, link in half_days) else []
    return f"{NBSP}; ".join([*rooms, *remote])


class HalfDay(models.Model):
    """One live half-day of a session. `seance_id` is that of the half-day described by the edition."""

    session = models.ForeignKey(Session, models.CASCADE, related_name="half_days", verbose_name="session")
    position = models.PositiveSmallIntegerField("rang")
    starts_at = models.DateTimeField("début")
    ends_at = models.DateTimeField("fin")
    seance_id = models.CharField("demi-journée de l’édition", max_length=36, blank=True)
    room = models.ForeignKey(
        Room, models.PROTECT, null=True, blank=True, related_name="half_days", verbose_name="salle"
    )
    link = models.URLField("lien de la visioconférence", max_length=500, blank=True)
    trainers = models.ManyToManyField(
        settings.AUTH_USER_MODEL, related_name="half_days", blank=True, verbose_name="formateurs"
    )

    objects = HalfDayQuerySet.as_manager()

    class Meta:
        verbose_name = "demi-journée"
        verbose_name_plural = "demi-journées"
        ordering = ["session", "position"]
        indexes = [models.Index(fields=["room", "starts_at"], name="half_day_by_room")]
        constraints = [
            models.UniqueConstraint(fields=["session", "position"], name="half_day_position"),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="half_day_hours_in_order",
                violation_error_message="La demi-journée finit avant de commencer : corrigez l’heure de fin.",
            ),
        ]

    def __str__(self):
        return f"demi-journée {self.pk}"

    @property
    def minutes(self):
        return int((self.ends_at - self.starts_at).total_seconds() // 60)

    @property
    def local_start(self):
        return self.starts_at.astimezone(self.session.tzinfo)

    @property
    def local_end(self):
        return self.ends_at.astimezone(self.session.tzinfo)

    @property
    def day(self):
        """The day it is held, where it is held."""
        return self.local_start.date()
