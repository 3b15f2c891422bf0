import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from parcours.classroom.lifecycle import Audience
from parcours.classroom.models.registration import Registration
from parcours.classroom.models.session import Session
from parcours.classroom.queries import SignalledNeedQuerySet, SurveyQuerySet


class OpeningOverride(models.Model):
    """A training manager lets people register in a session although the rules say it is too late, or too early."""

    session = models.OneToOneField(Session, models.CASCADE, related_name="opening_override", verbose_name="session")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="décidée par")
    reason = models.CharField("motif", max_length=300)
    at = models.DateTimeField("décidée le", default=timezone.now)

    class Meta:
        verbose_name = "ouverture par dérogation"
        verbose_name_plural = "ouvertures par dérogation"
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="opening_override_has_its_reason")]

    def __str__(self):
        return f"dérogation {self.pk}"


class SignalledNeed(models.Model):
    """Somebody looked for a session and found none: unserved demand, until one opens nearby or a year has passed."""

    public_id = models.UUIDField("identifiant public", default=uuid.uuid4, unique=True, editable=False)
    email = models.EmailField("adresse électronique")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="signalled_needs",
        verbose_name="personne",
    )
    departement = models.ForeignKey(
        "organisations.Departement", models.PROTECT, related_name="signalled_needs", verbose_name="département"
    )
    parcours = models.ForeignKey(
        "catalogue.ParcoursPage", models.PROTECT, related_name="signalled_needs", verbose_name="parcours"
    )
    people = models.PositiveSmallIntegerField("nombre de personnes", default=1)
    structure = models.CharField("structure", max_length=200, blank=True)
    created_at = models.DateTimeField("signalé le", default=timezone.now)
    warned_at = models.DateTimeField("prévenu le", null=True, blank=True)
    warned_of = models.ForeignKey(
        Session, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="session annoncée"
    )
    stopped_at = models.DateTimeField("arrêté le", null=True, blank=True)

    objects = SignalledNeedQuerySet.as_manager()

    class Meta:
        verbose_name = "besoin signalé"
        verbose_name_plural = "besoins signalés"
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["departement", "parcours"], name="signalled_need_by_place")]
        constraints = [
            models.UniqueConstraint(
                fields=["email", "parcours", "departement"],
                name="signalled_need_once",
                violation_error_message="Ce besoin est déjà signalé pour cette adresse.",
            ),
            models.CheckConstraint(condition=Q(people__gt=0), name="signalled_need_for_somebody"),
        ]

    def __str__(self):
        return f"besoin signalé {self.pk}"


class Survey(models.Model):
    """The recueil des besoins before a session: of one trainee, or of an employer or a payer for all those they send.

    `version` is that of the questions; `registration` is the trainee's, for a trainee.
    """

    public_id = models.UUIDField("identifiant public", default=uuid.uuid4, unique=True, editable=False)
    session = models.ForeignKey(Session, models.CASCADE, related_name="surveys", verbose_name="session")
    audience = models.CharField("posé à", max_length=10, choices=Audience)
    employer = models.ForeignKey(
        "organisations.Organisation", models.PROTECT, related_name="+", verbose_name="employeur"
    )
    registration = models.OneToOneField(
        Registration,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="survey",
        verbose_name="inscription à une session",
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="personne interrogée",
    )
    email = models.EmailField("adresse électronique")
    version = models.CharField("version des questions", max_length=20)
    answers = models.JSONField("réponses", default=dict, blank=True)
    sent_at = models.DateTimeField("envoyé le", default=timezone.now)
    reminded_at = models.DateTimeField("rappelé le", null=True, blank=True)
    answered_at = models.DateTimeField("répondu le", null=True, blank=True)

    objects = SurveyQuerySet.as_manager()

    class Meta:
        verbose_name = "recueil des besoins"
        verbose_name_plural = "recueils des besoins"
        ordering = ["session", "audience", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "employer", "audience"],
                condition=~Q(audience=Audience.LEARNER),
                name="survey_once_per_employer",
            ),
            models.CheckConstraint(
                condition=Q(audience=Audience.LEARNER, registration__isnull=False)
                | (~Q(audience=Audience.LEARNER) & Q(registration=None)),
                name="survey_of_a_trainee_has_its_registration",
            ),
        ]

    def __str__(self):
        return f"recueil des besoins {self.pk}"


class Convocation(models.Model):
    """One convocation sent; `digest` is that of the dates, places and links it told."""

    registration = models.ForeignKey(
        Registration, models.CASCADE, related_name="convocations", verbose_name="inscription à une session"
    )
    digest = models.CharField("empreinte", max_length=64)
    sent_at = models.DateTimeField("envoyée le", default=timezone.now)

    class Meta:
        verbose_name = "convocation"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["registration", "digest"], name="convocation_once_as_things_stand")
        ]

    def __str__(self):
        return f"convocation {self.pk}"


class SessionMessage(models.Model):
    """What a trainer wrote to everybody in a session."""

    session = models.ForeignKey(Session, models.CASCADE, related_name="messages", verbose_name="session")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="écrit par")
    subject = models.CharField("objet", max_length=120)
    message = models.TextField("message", max_length=4000)
    sent_at = models.DateTimeField("envoyé le", default=timezone.now)

    class Meta:
        verbose_name = "message à une session"
        verbose_name_plural = "messages aux sessions"
        ordering = ["-pk"]

    def __str__(self):
        return f"message {self.pk}"
