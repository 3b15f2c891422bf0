from django.db import models
from wagtail.documents import get_document_model_string
from wagtail.images import get_image_model_string


class LoadedPage(models.Model):
    """What `load_catalogue` last wrote into a page: a page that differs from it was edited in the CMS."""

    source = models.CharField("fichier", max_length=200, unique=True)
    page = models.OneToOneField(
        "wagtailcore.Page", on_delete=models.CASCADE, related_name="loaded_from", verbose_name="page"
    )
    digest = models.CharField("empreinte du contenu chargé", max_length=64)
    published = models.BooleanField("chargée pour être publiée", default=True)
    loaded_at = models.DateTimeField("chargée le", auto_now=True)

    class Meta:
        verbose_name = "page chargée depuis le dépôt"
        verbose_name_plural = "pages chargées depuis le dépôt"

    def __str__(self):
        return self.source


class LoadedMedium(models.Model):
    """The image or document that came from a file, and the hash of the bytes that were loaded."""

    source = models.CharField("fichier", max_length=200, unique=True)
    image = models.OneToOneField(
        get_image_model_string(), on_delete=models.CASCADE, null=True, related_name="loaded_from", verbose_name="image"
    )
    document = models.OneToOneField(
        get_document_model_string(),
        on_delete=models.CASCADE,
        null=True,
        related_name="loaded_from",
        verbose_name="document",
    )
    file_hash = models.CharField("empreinte du fichier chargé", max_length=40)

    class Meta:
        verbose_name = "média chargé depuis le dépôt"
        verbose_name_plural = "médias chargés depuis le dépôt"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(image__isnull=True) ^ models.Q(document__isnull=True),
                name="catalogue_loaded_medium_is_one",
                violation_error_message="Un fichier chargé est une image ou un document.",
            )
        ]

    def __str__(self):
        return self.source

    @property
    def target(self):
        return self.image or self.document
