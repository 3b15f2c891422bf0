import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from lms.kernel import rules
from lms.kernel.formats import NBSP, date_long, time_short
from parcours.emargement.engine.codes import code_of
from parcours.emargement.engine.credit import credited
from parcours.emargement.lifecycle import AttendanceState, Excuse
from parcours.emargement.models.rules import TOLERANCE
from parcours.emargement.models.sheet import Sheet
from parcours.emargement.queries import AppendOnlyQuerySet, AttendanceQuerySet


class Attendance(models.Model):
    """One person on the sheet of one half-day.

    `arrived_at` and `left_at` are told only when late or early. `minutes`: credited when the sheet is locked.
    `code_hash` is that of the personal code while one may sign with it, and nothing afterwards.
    """

    State = AttendanceState

    public_id = models.UUIDField("identifiant public", default=uuid.uuid4, unique=True, editable=False)
    sheet = models.ForeignKey(Sheet, models.CASCADE, related_name="attendances", verbose_name="feuille")
    registration = models.ForeignKey(
        "classroom.Registration", models.PROTECT, related_name="attendances", verbose_name="inscription"
    )
    state = models.CharField("état", max_length=10, choices=AttendanceState, default=AttendanceState.EXPECTED)
    arrived_at = models.DateTimeField("arrivée", null=True, blank=True)
    left_at = models.DateTimeField("départ", null=True, blank=True)
    excuse = models.CharField("motif de l’absence excusée", max_length=10, choices=Excuse, blank=True)
    set_aside = models.CharField("pourquoi la signature est écartée", max_length=300, blank=True)
    minutes = models.PositiveSmallIntegerField("minutes comptées", null=True, blank=True)
    nonce = models.PositiveSmallIntegerField("tirage du code", default=0)
    code_hash = models.CharField("empreinte du code personnel", max_length=64, null=True, blank=True, unique=True)

    objects = AttendanceQuerySet.as_manager()

    class Meta:
        verbose_name = "ligne d’émargement"
        verbose_name_plural = "lignes d’émargement"
        ordering = ["sheet", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["sheet", "registration"],
                name="emargement_once_per_half_day",
                violation_error_message="Cette personne est déjà sur la feuille.",
            ),
            models.CheckConstraint(
                condition=Q(arrived_at=None) | Q(left_at=None) | Q(left_at__gt=F("arrived_at")),
                name="emargement_hours_in_order",
                violation_error_message="Le départ précède l’arrivée : corrigez l’une des deux heures.",
            ),
            models.CheckConstraint(
                condition=Q(state=AttendanceState.EXCUSED) & ~Q(excuse="")
                | ~Q(state=AttendanceState.EXCUSED) & Q(excuse=""),
                name="emargement_excused_with_its_reason",
                violation_error_message="Une absence excusée porte son motif.",
            ),
        ]

    def __str__(self):
        return f"ligne {self.pk}"

    @property
    def person(self):
        return self.registration.person

    @property
    def is_signed(self):
        return getattr(self, "signature", None) is not None

    @property
    def code(self):
        """The six digits, made again from what no table holds."""
        return code_of(settings.SECRET_KEY, str(self.public_id), self.nonce)

    @property
    def missing_minutes(self):
        half_day = self.sheet.half_day
        late = max(0, _minutes(half_day.starts_at, self.arrived_at))
        early = max(0, _minutes(self.left_at, half_day.ends_at))
        return min(half_day.minutes, late + early)

    @property
    def due_minutes(self):
        """What the half-day is worth for this person as it stands."""
        if self.state != AttendanceState.PRESENT:
            return 0
        half_day = self.sheet.half_day
        return credited(half_day.minutes, self.missing_minutes, rules.current(TOLERANCE.code, half_day.day))

    @property
    def state_words(self):
        """« présence signée, arrivée à 9 h 20 », « absence excusée : maladie ou accident »."""
        words = [self.get_state_display()]
        if self.state == AttendanceState.EXCUSED:
            words[0] += f"\u00a0: {self.get_excuse_display()}"
        if self.state == AttendanceState.PRESENT and self.arrived_at:
            words.append(f"arrivée à {time_short(self.sheet.local(self.arrived_at))}")
        if self.state == AttendanceState.PRESENT and self.left_at:
            words.append(f"départ à {time_short(self.sheet.local(self.left_at))}")
        return ", ".join(words)

    @property
    def signed_words(self):
        """« à 9 h 02 », with its date when that is another day; by the clock of the place."""
        said_at = self.sheet.local(self.signature.said_at)
        hour = f"à{NBSP}{time_short(said_at)}"
        return hour if said_at.date() == self.sheet.half_day.day else f"{date_long(said_at)} {hour}"

    def facts(self) -> dict:
        """Its version, in codes: what a correction keeps of before and after."""
        return {
            "state": self.state,
            "arrived_at": self.arrived_at.isoformat() if self.arrived_at else None,
            "left_at": self.left_at.isoformat() if self.left_at else None,
            "excuse": self.excuse,
            "minutes": self.minutes,
            "words": self.state_words,
        }


def _minutes(start, end) -> int:
    return int((end - start).total_seconds() // 60) if start and end else 0


class Correction(models.Model):
    """What a line said and what it says since, after the sheet was locked. Written once."""

    attendance = models.ForeignKey(Attendance, models.PROTECT, related_name="corrections", verbose_name="ligne")
    before = models.JSONField("avant")
    after = models.JSONField("après")
    reason = models.CharField("motif", max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="corrigée par")
    at = models.DateTimeField("corrigée le", default=timezone.now)

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        verbose_name = "correction d’émargement"
        verbose_name_plural = "corrections d’émargement"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="emargement_correction_has_its_reason",
                violation_error_message="Une correction porte son motif.",
            )
        ]

    def __str__(self):
        return f"correction {self.pk}"

    def save(self, *args, **kwargs):
        if not self._state.adding:
            raise TypeError("A correction is never changed.")
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise TypeError("A correction is never deleted.")
