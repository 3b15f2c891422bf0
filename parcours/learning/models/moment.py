from django.conf import settings
from django.db import models
from django.db.models import Q

from lms.kernel.formats import DAYS


class Weekday(models.IntegerChoices):
    MONDAY = 0, DAYS[0]
    TUESDAY = 1, DAYS[1]
    WEDNESDAY = 2, DAYS[2]
    THURSDAY = 3, DAYS[3]
    FRIDAY = 4, DAYS[4]
    SATURDAY = 5, DAYS[5]
    SUNDAY = 6, DAYS[6]


class Moment(models.Model):
    """When somebody means to learn each week, by the clock of where they live."""

    Weekday = Weekday
    MINUTES = (10, 15, 20, 30, 45, 60)

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="moments", verbose_name="apprenant"
    )
    weekday = models.PositiveSmallIntegerField("jour", choices=Weekday)
    starts_at = models.TimeField("heure")
    minutes = models.PositiveSmallIntegerField("durée en minutes")
    created_at = models.DateTimeField("choisi le", auto_now_add=True)

    class Meta:
        verbose_name = "moment pour se former"
        verbose_name_plural = "moments pour se former"
        ordering = ["weekday", "starts_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "weekday", "starts_at"],
                name="learning_moment_once",
                violation_error_message="Vous avez déjà choisi ce moment.",
            ),
            models.CheckConstraint(
                condition=Q(weekday__lte=6, minutes__gte=5, minutes__lte=240),
                name="learning_moment_within_a_week",
                violation_error_message="Un moment dure de 5 à 240 minutes, un jour de la semaine.",
            ),
        ]

    def __str__(self):
        return f"moment {self.pk}"
