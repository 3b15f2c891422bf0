from django.db import models
from django.http import Http404
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Orderable, Page

from parcours.catalogue.blocks import EtapesBlock

PRESENTATION_FEATURES = ["h2", "h3", "bold", "italic", "ol", "ul", "link", "document-link", "blockquote", "code"]


class Modality(models.TextChoices):
    REMOTE = "a-distance", "à distance"
    ON_SITE = "presentiel", "en présentiel"
    MIXED = "mixte", "en présentiel et à distance"


class CataloguePage(Page):
    introduction = models.TextField("introduction", blank=True)

    content_panels = [*Page.content_panels, "introduction"]
    parent_page_types = ["site.HomePage"]
    subpage_types = ["catalogue.ParcoursPage", "catalogue.LibraryPage"]
    max_count = 1
    template = "catalogue/catalogue_page.html"

    class Meta:
        verbose_name = "catalogue"


class LibraryPage(Page):
    """Where an organisation keeps its modules; nobody visits it."""

    content_panels = [*Page.content_panels]
    parent_page_types = ["catalogue.CataloguePage"]
    subpage_types = ["catalogue.ModulePage"]

    class Meta:
        verbose_name = "bibliothèque de modules"
        verbose_name_plural = "bibliothèques de modules"

    def get_url_parts(self, request=None):
        return None

    def serve(self, request, *args, **kwargs):
        raise Http404


class ModulePage(Page):
    reference = models.SlugField("identifiant", max_length=100, null=True, blank=True, unique=True, editable=False)
    summary = models.TextField("résumé", help_text="Une à deux phrases : ce que l’on saura faire.")
    objectives = models.TextField("objectifs", blank=True, help_text="Un par ligne, avec un verbe : « Distinguer… ».")
    competences = models.TextField("compétences", blank=True, help_text="Un code par ligne.")
    sources = models.TextField("sources", blank=True, help_text="Une par ligne, avec sa date.")
    reviewed_on = models.DateField("relu le", null=True, blank=True)
    review_due_on = models.DateField("à relire le", null=True, blank=True)
    body = StreamField(EtapesBlock(), verbose_name="étapes", blank=True)

    content_panels = [
        *Page.content_panels,
        "summary",
        "objectives",
        "body",
        MultiFieldPanel(
            ["competences", "sources", FieldRowPanel(["reviewed_on", "review_due_on"])], heading="Sources et relecture"
        ),
    ]
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

    @property
    def address(self) -> str:
        """What names this module in « module/étape »."""
        return self.reference or self.slug


class ParcoursPage(Page):
    summary = models.TextField("résumé", help_text="Une à deux phrases, lues dans le catalogue.")
    introduction = RichTextField("présentation", blank=True, features=PRESENTATION_FEATURES)
    minutes = models.PositiveIntegerField(
        "durée annoncée, en minutes", help_text="Elle ne peut pas dépasser la somme des étapes."
    )
    modality = models.CharField("modalité", max_length=20, choices=Modality.choices, default=Modality.REMOTE)
    is_habilitation = models.BooleanField(
        "prépare à l’habilitation Aidants Connect",
        default=False,
        help_text="La page dit alors ce qu’il faut en plus pour être habilité.",
    )
    audience = models.TextField("public")
    prerequisites = models.TextField("prérequis", help_text="« Aucun » s’il n’y en a pas.")
    objectives = models.TextField("objectifs", help_text="Un par ligne, avec un verbe.")
    nature = models.CharField("nature de l’action", max_length=200, default="Action de formation")
    methods = models.TextField("méthodes")
    evaluation = models.TextField("évaluation")
    modalities = models.TextField("modalités")
    access = models.TextField("délais d’accès")
    price = models.TextField("tarif")
    contact = models.TextField("contact et assistance")
    accessibility = models.TextField("accessibilité")
    disability_contact = models.TextField("référent handicap", blank=True)
    programme = models.TextField(
        "programme, en une phrase", blank=True, help_text="La page énumère elle-même les modules et les étapes."
    )
    organisation = models.ForeignKey(
        "organisations.Organisation",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="organisme responsable",
    )

    content_panels = [
        *Page.content_panels,
        "summary",
        "introduction",
        MultiFieldPanel([FieldRowPanel(["minutes", "modality"]), "is_habilitation"], heading="Durée et modalité"),
        InlinePanel("parcours_modules", heading="Modules, dans l’ordre", label="Module", min_num=1),
        MultiFieldPanel(
            [
                FieldPanel("audience"),
                FieldPanel("prerequisites"),
                FieldPanel("objectives"),
                FieldPanel("nature"),
                FieldPanel("programme"),
                FieldPanel("methods"),
                FieldPanel("evaluation"),
                FieldPanel("modalities"),
                FieldPanel("access"),
                FieldPanel("price"),
                FieldPanel("contact"),
                FieldPanel("accessibility"),
                FieldPanel("disability_contact"),
            ],
            heading="Ce que le public doit savoir (Qualiopi, indicateur 1)",
        ),
        FieldPanel("organisation"),
    ]
    parent_page_types = ["catalogue.CataloguePage"]
    subpage_types: list[str] = []
    template = "catalogue/parcours_page.html"

    class Meta:
        verbose_name = "parcours"
        verbose_name_plural = "parcours"

    @property
    def current_edition(self):
        return self.editions.order_by("-number").first()


class ParcoursModule(Orderable):
    page = ParentalKey(ParcoursPage, on_delete=models.CASCADE, related_name="parcours_modules")
    module = models.ForeignKey(ModulePage, on_delete=models.PROTECT, related_name="in_parcours", verbose_name="module")

    panels = ["module"]

    class Meta(Orderable.Meta):
        verbose_name = "module d’un parcours"
        verbose_name_plural = "modules d’un parcours"
        constraints = [
            models.UniqueConstraint(
                fields=["page", "module"],
                name="catalogue_module_once",
                violation_error_message="Ce module figure déjà dans le parcours.",
            )
        ]

    def __str__(self):
        return str(self.module_id)
