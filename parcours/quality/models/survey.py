import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from modelcluster.fields import ParentalKey

from parcours.quality.lifecycle import Audience, Moment
from parcours.quality.models.referential import Dated
from parcours.quality.queries import SurveyRequestQuerySet


class Questionnaire(Dated):
    """A version of the questions put to an audience at a moment. Once asked, another version is dated instead."""

    audience = models.CharField("public", max_length=10, choices=Audience)
    moment = models.CharField("moment", max_length=5, choices=Moment)
    title = models.CharField("intitulé", max_length=200)

    class Meta(Dated.Meta):
        verbose_name = "questionnaire d’appréciation"
        verbose_name_plural = "questionnaires d’appréciation"
        ordering = ["audience", "moment", "-valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["audience", "moment", "valid_from"],
                name="quality_questionnaire_once_a_day",
                violation_error_message="Un questionnaire de ce public et de ce moment commence déjà ce jour-là.",
            ),
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gte=F("valid_from")),
                name="quality_questionnaire_dates_in_order",
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def rivals(self):
        return super().rivals.filter(audience=self.audience, moment=self.moment)


class Question(models.Model):
    class Kind(models.TextChoices):
        SCALE = "scale", "échelle en quatre mots"
        TEXT = "text", "texte libre"

    questionnaire = ParentalKey(
        Questionnaire, on_delete=models.CASCADE, related_name="questions", verbose_name="questionnaire"
    )
    position = models.PositiveSmallIntegerField("rang")
    code = models.SlugField("code", max_length=40)
    text = models.CharField("question", max_length=300)
    kind = models.CharField("nature", max_length=5, choices=Kind, default=Kind.SCALE)
    overall = models.BooleanField(
        "satisfaction d’ensemble", default=False, help_text="Celle dont le résultat est publié."
    )

    class Meta:
        verbose_name = "question d’un questionnaire"
        verbose_name_plural = "questions d’un questionnaire"
        ordering = ["questionnaire", "position"]
        constraints = [models.UniqueConstraint(fields=["questionnaire", "code"], name="quality_question_once")]

    def __str__(self):
        return self.text


class SurveyRequest(models.Model):
    """Somebody asked once what they think; it says that they answered, never what."""

    public_id = models.UUIDField("identifiant public", default=uuid.uuid4, unique=True, editable=False)
    key = models.CharField("clé", max_length=120, unique=True)
    session = models.ForeignKey(
        "classroom.Session", models.PROTECT, related_name="survey_requests", verbose_name="session"
    )
    questionnaire = models.ForeignKey(
        Questionnaire, models.PROTECT, related_name="requests", verbose_name="questionnaire"
    )
    audience = models.CharField("public", max_length=10, choices=Audience)
    moment = models.CharField("moment", max_length=5, choices=Moment)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="survey_requests",
        verbose_name="personne",
    )
    name = models.CharField("nom du destinataire", max_length=200, blank=True)
    email = models.EmailField("adresse électronique", blank=True)
    grant = models.OneToOneField(
        "kernel.Grant", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="lien de réponse"
    )
    asked_at = models.DateTimeField("demandée le")
    reminded_at = models.DateTimeField("rappelée le", null=True, blank=True)
    answered_at = models.DateTimeField("répondue le", null=True, blank=True)
    closes_on = models.DateField("ouverte jusqu’au")

    objects = SurveyRequestQuerySet.as_manager()

    class Meta:
        verbose_name = "demande d’appréciation"
        verbose_name_plural = "demandes d’appréciation"
        ordering = ["pk"]
        indexes = [models.Index(fields=["session", "moment", "audience"], name="survey_by_session")]

    def __str__(self):
        return f"demande d’appréciation {self.pk}"


class Appreciation(models.Model):
    """What was answered, tied to nobody: `answers` maps the code of a question to a step of the scale or a text."""

    session = models.ForeignKey(
        "classroom.Session", models.PROTECT, related_name="appreciations", verbose_name="session"
    )
    questionnaire = models.ForeignKey(
        Questionnaire, models.PROTECT, related_name="appreciations", verbose_name="questionnaire"
    )
    audience = models.CharField("public", max_length=10, choices=Audience)
    moment = models.CharField("moment", max_length=5, choices=Moment)
    answers = models.JSONField("réponses", default=dict)
    answered_on = models.DateField("répondue le")

    class Meta:
        verbose_name = "appréciation"
        ordering = ["session", "audience", "moment", "pk"]
        indexes = [models.Index(fields=["session", "moment", "audience"], name="appreciation_by_session")]

    def __str__(self):
        return f"appréciation {self.pk}"
