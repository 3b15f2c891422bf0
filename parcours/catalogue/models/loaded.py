from django.db import models


class LoadedPage(models.Model):
    """What `load_catalogue` last wrote into a page: a page that differs from it was edited in the CMS."""

    source = models.CharField("fichier", max_length=200, unique=True)
    page = models.OneToOneField(
        "wagtailcore.Page", on_delete=models.CASCADE, related_name="loaded_from", verbose_name="page"
    )
    digest = models.CharField("empreinte du contenu chargé", max_length=64)
    loaded_at = models.DateTimeField("chargée le", auto_now=True)

    class Meta:
        verbose_name = "page chargée depuis le dépôt"
        verbose_name_plural = "pages chargées depuis le dépôt"

    def __str__(self):
        return self.source
