from django.conf import settings
from django.db import models
from django.db.models import F, Q

from lms.organisations.lifecycle import Role
from lms.organisations.models.organisation import Organisation
from lms.organisations.models.territory import Departement, Region
from lms.organisations.queries import MembershipQuerySet, today


class Membership(models.Model):
    """What a person is in an organisation, from one day to another, both included."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="memberships", verbose_name="personne"
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="memberships", verbose_name="organisation"
    )
    role = models.CharField("rôle", max_length=20, choices=Role)
    starts_on = models.DateField("depuis le", default=today)
    ends_on = models.DateField("jusqu’au", null=True, blank=True)
    perimeter_regions = models.ManyToManyField(Region, blank=True, related_name="+", verbose_name="régions suivies")
    perimeter_departements = models.ManyToManyField(
        Departement, blank=True, related_name="+", verbose_name="départements suivis"
    )
    created_at = models.DateTimeField("enregistrée le", auto_now_add=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = "appartenance"
        verbose_name_plural = "appartenances"
        ordering = ["-starts_on", "pk"]
        indexes = [models.Index(fields=["organisation", "role"])]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "organisation", "role"],
                condition=Q(ends_on=None),
                name="membership_one_open_per_role",
                violation_error_message="Cette personne a déjà ce rôle dans cette organisation.",
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="membership_dates_in_order",
                violation_error_message="La date de fin précède la date de début : corrigez l’une des deux.",
            ),
        ]

    def __str__(self):
        return f"{self.get_role_display()}, {self.organisation}"

    def is_active(self, on=None):
        on = on or today()
        return self.starts_on <= on and (self.ends_on is None or on <= self.ends_on)
