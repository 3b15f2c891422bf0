"""A person is the user: one row per human being, with or without an account."""

import uuid

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone

from lms.accounts.engine.addresses import normalise_email
from lms.accounts.lifecycle import RequestState, ResetState
from lms.accounts.queries import DataRequestQuerySet, FactorResetQuerySet, PersonManager
from lms.kernel.words import KeyField


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
    name_key = KeyField("nom cherché", sources=("last_name", "first_name"))
    time_zone = models.CharField("fuseau horaire", max_length=40, choices=FrenchZone.choices, default=FrenchZone.PARIS)
    is_active = models.BooleanField("compte ouvert", default=True)
    is_staff = models.BooleanField("accès à l’administration technique", default=False)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged_from", verbose_name="fusionnée avec"
    )
    created_at = models.DateTimeField("connue depuis", default=timezone.now, editable=False)
    pix_email = models.EmailField(
        "adresse pour Pix et Aidants Connect",
        unique=True,
        null=True,
        blank=True,
        error_messages={"unique": "Cette adresse pour Pix est déjà celle d’une autre personne."},
    )
    pix_email_confirmed_at = models.DateTimeField("adresse pour Pix confirmée le", null=True, blank=True)

    objects = PersonManager()

    class Meta:
        verbose_name = "personne"
        ordering = ["last_name", "first_name", "pk"]
        indexes = [models.Index(fields=["last_name", "first_name", "id"], name="person_by_name")]
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
                violation_error_message="Aucune adresse pour Pix n’est enregistrée : elle ne peut pas être confirmée.",
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

    def standing(self):
        """The one they were merged into, if they were."""
        return self.merged_into.standing() if self.merged_into_id else self

    def clean(self):
        self.email = normalise_email(self.email) or None
        self.pix_email = normalise_email(self.pix_email) or None

    def save(self, *args, update_fields=None, **kwargs):
        self.clean()
        super().save(*args, update_fields=self._meta.get_field("name_key").along(update_fields), **kwargs)


class FactorReset(models.Model):
    """A second factor was lost: a colleague asks, the person is told, an administrator resets it after a delay."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="factor_resets", verbose_name="personne")
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="demandée par")
    reason = models.CharField("circonstances", max_length=500)
    state = models.CharField("état", max_length=10, choices=ResetState.choices, default=ResetState.ASKED)
    asked_at = models.DateTimeField("demandée le", default=timezone.now, editable=False)
    due_at = models.DateTimeField("exécutable à partir du")
    closed_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="exécutée ou arrêtée par"
    )
    closed_at = models.DateTimeField("exécutée ou arrêtée le", null=True, blank=True)

    objects = FactorResetQuerySet.as_manager()

    class Meta:
        verbose_name = "réinitialisation de second facteur"
        verbose_name_plural = "réinitialisations de second facteur"
        ordering = ["-asked_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=models.Q(state=ResetState.ASKED),
                name="factor_reset_one_at_a_time",
                violation_error_message="Une demande est déjà en attente pour cette personne.",
            ),
            models.CheckConstraint(
                condition=~models.Q(asked_by=models.F("person")),
                name="factor_reset_asked_by_someone_else",
                violation_error_message="La demande doit venir d’une autre personne.",
            ),
        ]

    def __str__(self):
        return f"Réinitialisation du second facteur de {self.person}"


class DataRequest(models.Model):
    """What a person asks about their own data; the law gives a month to answer (RGPD, art. 12)."""

    class Kind(models.TextChoices):
        RECTIFICATION = "rectification", "corriger une information"
        ERASURE = "erasure", "effacer mon compte et mes données"
        OTHER = "other", "limiter un usage, m’y opposer, autre demande"

    person = models.ForeignKey(Person, models.PROTECT, related_name="data_requests", verbose_name="personne")
    kind = models.CharField("demande", max_length=20, choices=Kind.choices)
    message = models.TextField("précisions", max_length=4000)
    state = models.CharField("état", max_length=10, choices=RequestState.choices, default=RequestState.OPEN)
    asked_at = models.DateTimeField("demandée le", default=timezone.now, editable=False)
    answer_due_on = models.DateField("réponse attendue le")
    answer = models.TextField("réponse", blank=True)
    answered_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="traitée par"
    )
    answered_at = models.DateTimeField("traitée le", null=True, blank=True)

    objects = DataRequestQuerySet.as_manager()

    class Meta:
        verbose_name = "demande sur des données personnelles"
        verbose_name_plural = "demandes sur des données personnelles"
        ordering = ["-asked_at"]

    def __str__(self):
        return f"Demande de {self.person} : {self.get_kind_display()}"
