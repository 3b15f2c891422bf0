import datetime
from functools import lru_cache

from django.conf import settings
from django.db import models
from django.urls import reverse
from wagtail.documents import get_document_model_string
from wagtail.images import get_image_model_string

from lms.kernel.formats import date_long
from parcours.catalogue.engine import manifest
from parcours.catalogue.engine.description import figures, whole
from parcours.catalogue.queries import (
    CLOSED,
    EditionActivityQuerySet,
    EditionQuerySet,
    FrozenQuerySet,
    ImmutableEdition,
)

__all__ = [
    "Edition",
    "EditionActivity",
    "EditionDocument",
    "EditionImage",
    "FrozenMedium",
    "ImmutableEdition",
]

BY_SESSION = "session"
ASK = "Adressez-vous à votre référent, ou à l’organisme nommé sur cette page."


class Frozen(models.Model):
    """A row that is written once."""

    objects = FrozenQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        if not self._state.adding:
            raise ImmutableEdition()
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise ImmutableEdition()


class FrozenMedium(Frozen):
    """Bytes an edition shows, kept under their own hash: replacing a file in the CMS changes nothing here."""

    sha256 = models.CharField("empreinte", max_length=64, unique=True)
    name = models.CharField("nom de fichier", max_length=200)
    content_type = models.CharField("type de contenu", max_length=100)
    size = models.PositiveBigIntegerField("taille en octets")
    file = models.FileField("fichier", upload_to="editions")

    class Meta:
        verbose_name = "média figé"
        verbose_name_plural = "médias figés"

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("catalogue:medium", args=[self.sha256, self.name])


class Edition(Frozen):
    """The manifest of a parcours as it was published: what enrolments follow, whatever happens to the pages."""

    parcours = models.ForeignKey(
        "catalogue.ParcoursPage", on_delete=models.PROTECT, related_name="editions", verbose_name="parcours"
    )
    number = models.PositiveIntegerField("numéro")
    title = models.CharField("titre", max_length=255)
    slug = models.SlugField("adresse", max_length=255)
    digest = models.CharField("empreinte du contenu", max_length=64)
    minutes = models.PositiveIntegerField("durée en minutes")
    content = models.JSONField("contenu")
    published_at = models.DateTimeField("publiée le")
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="publiée par"
    )
    note = models.CharField("ce qui change", max_length=300, blank=True)
    is_minor = models.BooleanField("correction mineure", default=False)
    images = models.ManyToManyField(
        get_image_model_string(), through="EditionImage", related_name="+", verbose_name="images"
    )
    documents = models.ManyToManyField(
        get_document_model_string(), through="EditionDocument", related_name="+", verbose_name="documents"
    )
    media = models.ManyToManyField(FrozenMedium, related_name="editions", verbose_name="médias figés")

    objects = EditionQuerySet.as_manager()

    class Meta:
        verbose_name = "édition"
        ordering = ["parcours", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["parcours", "number"],
                name="catalogue_edition_number",
                violation_error_message="Ce parcours a déjà une édition de ce numéro.",
            )
        ]

    def __str__(self):
        return f"{self.title}, édition {self.number}"

    @property
    def is_habilitation(self) -> bool:
        return bool(self.content.get("habilitation"))

    def facts(self) -> list[dict]:
        """Its étapes as what compares two editions reads them."""
        read = ("activity_id", "title", "minutes", "rule", "nodes", "competences")
        return list(self.activities.order_by("position").values(*read))

    def shown(self) -> dict:
        """What the public page reads of it, whatever has become of the parcours since."""
        etapes = [(etape.module_id, etape.title, etape.minutes) for etape in self.outline]
        content = whole(self.content)
        return {
            "content": content,
            "programme": manifest.programme(content["modules"], etapes),
            "figures": figures(content, (minutes for *_, minutes in etapes)),
            "completion": manifest.completion_of(self.endings, live=bool(content["seances"])),
        }

    @property
    def endings(self) -> list[tuple[str, dict]]:
        """The title of each étape and the rule that ends it."""
        return [(etape.title, etape.rule) for etape in self.outline]

    def enrolment_refusal(self, on) -> str | None:
        """Why nobody enrols by themselves on that day, and what to do instead."""
        content = whole(self.content)
        since, until = content["valid_from"], content["valid_until"]
        if content["opening"]["code"] == CLOSED:
            return "Ce programme est fermé, et gardé comme historique. Cherchez un autre parcours dans le catalogue."
        if until and until < on.isoformat():
            return f"Ce programme n’est plus en vigueur depuis le {day_in_words(until)} : cherchez sa version actuelle."
        if content["opening"]["code"] == BY_SESSION:
            return f"On suit ce parcours en étant inscrit à une session. {content['who_registers'] or ASK}"
        if since and since > on.isoformat():
            return f"Ce programme entre en vigueur le {day_in_words(since)} : inscrivez-vous à partir de ce jour."
        return None

    @property
    def outline(self) -> "tuple[EditionActivity, ...]":
        """The étapes in order without what they contain; read once per process, since an edition never changes."""
        return outline_of(self.pk)

    def activity(self, slug) -> "EditionActivity":
        """One étape with what it contains; read once per process. Raises EditionActivity.DoesNotExist."""
        return activity_of(self.pk, slug)


class EditionActivity(Frozen):
    """An étape of an edition: what is read and answered, for how long, and the rule that ends it."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="activities", verbose_name="édition")
    position = models.PositiveIntegerField("rang")
    activity_id = models.CharField("identifiant stable", max_length=36)
    slug = models.SlugField("adresse", max_length=255)
    module_id = models.CharField("identifiant du module", max_length=36)
    module_title = models.CharField("titre du module", max_length=255)
    title = models.CharField("titre", max_length=255)
    minutes = models.PositiveIntegerField("durée en minutes")
    duration_basis = models.TextField("façon dont la durée a été obtenue")
    rule = models.JSONField("règle de fin d’étape")
    nodes = models.JSONField("contenu")
    competences = models.JSONField("compétences", default=list)

    objects = EditionActivityQuerySet.as_manager()

    class Meta:
        verbose_name = "étape d’une édition"
        verbose_name_plural = "étapes d’une édition"
        ordering = ["edition", "position"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "position"], name="catalogue_activity_position"),
            models.UniqueConstraint(fields=["edition", "slug"], name="catalogue_activity_slug"),
            models.UniqueConstraint(fields=["edition", "activity_id"], name="catalogue_activity_id"),
        ]

    def __str__(self):
        return self.title

    @property
    def series(self) -> list[dict]:
        """Every série de questions of the étape, in order."""
        return [node for node in self.nodes if node["type"] == "questions"]

    @property
    def questions(self) -> list[dict]:
        return [question for series in self.series for question in series["questions"]]

    def question(self, question_id) -> dict | None:
        return next((question for question in self.questions if question["id"] == question_id), None)


def day_in_words(written: str) -> str:
    return date_long(datetime.date.fromisoformat(written))


@lru_cache(maxsize=256)
def outline_of(edition_id) -> tuple[EditionActivity, ...]:
    return tuple(EditionActivity.objects.outline().filter(edition=edition_id))


@lru_cache(maxsize=256)
def activity_of(edition_id, slug) -> EditionActivity:
    found = EditionActivity.objects.select_related("edition").defer("edition__content")
    return found.get(edition=edition_id, slug=slug)


class EditionImage(Frozen):
    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="used_images", verbose_name="édition")
    image = models.ForeignKey(
        get_image_model_string(), on_delete=models.PROTECT, related_name="in_editions", verbose_name="image"
    )

    class Meta:
        verbose_name = "image d’une édition"
        verbose_name_plural = "images des éditions"
        constraints = [models.UniqueConstraint(fields=["edition", "image"], name="catalogue_edition_image")]

    def __str__(self):
        return str(self.edition)


class EditionDocument(Frozen):
    edition = models.ForeignKey(
        Edition, on_delete=models.CASCADE, related_name="used_documents", verbose_name="édition"
    )
    document = models.ForeignKey(
        get_document_model_string(), on_delete=models.PROTECT, related_name="in_editions", verbose_name="document"
    )

    class Meta:
        verbose_name = "document d’une édition"
        verbose_name_plural = "documents des éditions"
        constraints = [models.UniqueConstraint(fields=["edition", "document"], name="catalogue_edition_document")]

    def __str__(self):
        return str(self.edition)
