"""A person is the user: one row per human being, with or without an account."""

import uuid

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone

from .engine.addresses import normalise_email
from .queries import PersonManager


class FrenchZone(models.TextChoices):
    PARIS = "Europe/Paris", "Hexagone et Corse"
    GUADELOUPE = "America/Guadeloupe", "Guadeloupe, Saint-Martin, Saint-Barthélemy"
    MARTINIQUE = "America/Martinique", "Martinique"
    CAYENNE = "America/Cayenne", "Guyane"
    MIQUELON = "America/Miquelon", "Saint-Pierre-et-Miquelon"
    REUNION = "Indian/Reunion", "La Réunion"
    MAYOTTE = "Indian/Mayotte", "Mayotte"
    NOUMEA = "Pacific/Noumea", "Nouvelle-Calédonie"
    WALLIS = "Pacific/Wallis", "Wallis-et-Futuna"
    TAHITI = "Pacific/Tahiti", "Polynésie française (îles de la Société, Tuamotu, Australes)"
    MARQUESAS = "Pacific/Marquesas", "Polynésie française (îles Marquises)"
    GAMBIER = "Pacific/Gambier", "Polynésie française (îles Gambier)"


class Person(AbstractBaseUser, PermissionsMixin):
    USERNAME_FIELD = EMAIL_FIELD = "email"
    REQUIRED_FIELDS = []

    public_id = models.UUIDField("identifiant public", default=uuid.uuid4, unique=True, editable=False)
    email = models.EmailField(
        "adresse électronique",
        unique=True,
        null=True,
        blank=True,
        error_messages={"unique": "Cette adresse est déjà celle d’une autre personne."},
    )
    first_name = models.CharField("prénom", max_length=120, blank=True)
    last_name = models.CharField("nom", max_length=120, blank=True)
    time_zone = models.CharField("fuseau horaire", max_length=40, choices=FrenchZone.choices, default=FrenchZone.PARIS)
    is_active = models.BooleanField("compte ouvert", default=True)
    is_staff = models.BooleanField("accès à l’administration technique", default=False)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged_from", verbose_name="fusionnée avec"
    )
    created_at = models.DateTimeField("connue depuis", default=timezone.now, editable=False)
    pix_email = models.EmailField("adresse pour Pix et Aidants Connect", null=True, blank=True)  # noqa: DJ001
    pix_email_confirmed_at = models.DateTimeField("adresse pour Pix confirmée le", null=True, blank=True)

    objects = PersonManager()

    class Meta:
        verbose_name = "personne"
        ordering = ["last_name", "first_name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(email=Lower("email")),
                name="person_email_is_lower_case",
                violation_error_message="L’adresse électronique s’écrit en minuscules.",
            ),
            models.CheckConstraint(
                condition=models.Q(email__isnull=True) | ~models.Q(email=""),
                name="person_email_is_null_or_filled",
                violation_error_message="Une adresse vide s’enregistre sans valeur.",
            ),
            models.CheckConstraint(
                condition=models.Q(pix_email_confirmed_at__isnull=True) | models.Q(pix_email__isnull=False),
                name="person_confirms_an_existing_pix_email",
                violation_error_message="Aucune adresse pour Pix n’est enregistrée : elle ne peut pas être confirmée.",
            ),
        ]

    def __str__(self):
        return self.full_name

    @property
    def full_name(self):
        return f"{self.first_name} {self.last_name}".strip() or self.email or "Personne sans nom"

    @property
    def short_name(self):
        return self.first_name or self.full_name

    def get_full_name(self):
        return self.full_name

    def get_short_name(self):
        return self.short_name

    def get_username(self):
        return self.email or ""

    def clean(self):
        self.email = normalise_email(self.email) or None
        self.pix_email = normalise_email(self.pix_email) or None

    def save(self, *args, **kwargs):
        self.clean()
        super().save(*args, **kwargs)
