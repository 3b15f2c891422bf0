from django.db import models
from django.http import Http404
from wagtail.admin.panels import FieldRowPanel, MultiFieldPanel, TitleFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page

from parcours.catalogue.blocks import EtapesBlock
from parcours.catalogue.models.shelved import DESPITE, HeldByRights, Shelved


class LibraryPage(Page):
    """Where an organisation keeps its modules; nobody visits it."""

    organisation = models.OneToOneField(
        "organisations.Organisation",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="library",
        verbose_name="organisme",
        help_text="Vide pour le catalogue national.",
    )
    collection = models.OneToOneField(
        "wagtailcore.Collection",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="library",
        verbose_name="collection de médias",
    )
    authors = models.OneToOneField(
        "auth.Group",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="groupe des auteurs",
    )
    reviewers = models.OneToOneField(
        "auth.Group",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="groupe des relecteurs",
    )

    is_creatable = False
    private_page_options: list[str] = []
    promote_panels = ["slug"]
    parent_page_types = ["catalogue.CataloguePage"]
    subpage_types = ["catalogue.ModulePage", "catalogue.SeancePage", "catalogue.ParcoursPage"]

    class Meta:
        verbose_name = "bibliothèque de modules"
        verbose_name_plural = "bibliothèques de modules"

    def get_url_parts(self, request=None):
        return None

    def permissions_for_user(self, user):
        return HeldByRights(user, self)

    def route(self, request, path_components):
        raise Http404

    def serve(self, request, *args, **kwargs):
        raise Http404


class ModulePage(Shelved, Page):
    reference = models.SlugField("identifiant", max_length=100, null=True, blank=True, unique=True, editable=False)
    summary = models.TextField("résumé", help_text="Une à deux phrases : ce que l’on saura faire.")
    objectives = models.TextField("objectifs", blank=True, help_text="Un par ligne, avec un verbe : « Distinguer… ».")
    competences = models.TextField("compétences", blank=True, help_text="Un code par ligne.")
    sources = models.TextField("sources", blank=True, help_text="Une par ligne, avec sa date.")
    reviewed_on = models.DateField("relu le", null=True, blank=True)
    review_due_on = models.DateField("à relire le", null=True, blank=True)
    body = StreamField(EtapesBlock(), verbose_name="étapes", blank=True)

    content_panels = [
        TitleFieldPanel("title", help_text="Ce que l’on saura faire : « Préparer une démarche »."),
        "summary",
        "objectives",
        "body",
        MultiFieldPanel(
            ["competences", "sources", FieldRowPanel(["reviewed_on", "review_due_on"])], heading="Sources et relecture"
        ),
        DESPITE,
    ]
    promote_panels = ["slug"]
    page_description = "Des étapes à suivre en ligne, seul : textes, questions, exercices."
    parent_page_types = ["catalogue.LibraryPage"]
    subpage_types: list[str] = []
    exclude_fields_in_copy = ["reference"]
    template = "catalogue/module_preview.html"

    class Meta:
        verbose_name = "module"

    def get_url_parts(self, request=None):
        return None

    def serve(self, request, *args, **kwargs):
        raise Http404

    def get_preview_context(self, request, mode_name):
        return super().get_preview_context(request, mode_name) | {"etapes": self.body}

    def description(self) -> dict:
        return {
            "id": str(self.translation_key),
            "title": self.title,
            "summary": self.summary,
            "objectives": self.objectives.splitlines(),
            "sources": self.sources.splitlines(),
            "reviewed_on": self.reviewed_on.isoformat() if self.reviewed_on else None,
        }

    @property
    def address(self) -> str:
        """What names this module in « module/étape »."""
        return self.reference or self.slug
