from django.db import models
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, TitleFieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Orderable, Page
from wagtail.rich_text import expand_db_html

from parcours.catalogue.engine import manifest
from parcours.catalogue.engine.description import figures, whole
from parcours.catalogue.models.facet import Facet
from parcours.catalogue.models.pages import ModulePage
from parcours.catalogue.models.seance import SeancePage
from parcours.catalogue.models.shelved import DESPITE, InCatalogue

PRESENTATION_FEATURES = ["h2", "h3", "bold", "italic", "ol", "ul", "link", "document-link", "blockquote", "code"]


class Modality(models.TextChoices):
    REMOTE = "a-distance", "à distance"
    ON_SITE = "presentiel", "en présentiel"
    MIXED = "mixte", "en présentiel et à distance"


class Opening(models.TextChoices):
    """Who may begin: anyone by themselves, whoever is registered in a session, or nobody any more."""

    ONLINE = "en-ligne", "ouverte à tous, en ligne"
    SESSION = "session", "sur inscription à une session"
    CLOSED = "fermee", "fermée, gardée comme historique"


class ParcoursPage(InCatalogue, Page):
    summary = models.TextField("résumé", help_text="Une à deux phrases, lues dans le catalogue.")
    introduction = RichTextField("présentation", blank=True, features=PRESENTATION_FEATURES)
    minutes = models.PositiveIntegerField(
        "durée annoncée, en minutes", help_text="La somme des étapes et des demi-journées."
    )
    modality = models.CharField("modalité", max_length=20, choices=Modality.choices, default=Modality.REMOTE)
    is_habilitation = models.BooleanField(
        "prépare à l’habilitation Aidants Connect",
        default=False,
        help_text="La page dit alors ce qu’il faut en plus pour être habilité.",
    )
    audience = models.TextField("public")
    prerequisites = models.TextField("prérequis", help_text="« Aucun » s’il n’y en a pas.")
    objectives = models.TextField("objectifs", help_text="Un par ligne, avec un verbe.")
    family = models.SlugField(
        "famille de programmes",
        max_length=60,
        blank=True,
        help_text="La même pour toutes les versions d’un programme : « aidants-connect ».",
    )
    version_label = models.CharField("version du programme", max_length=60, blank=True, help_text="« 10 h 30 ».")
    valid_from = models.DateField("en vigueur depuis le", null=True, blank=True)
    valid_until = models.DateField("en vigueur jusqu’au", null=True, blank=True)
    opening = models.CharField("inscription", max_length=10, choices=Opening.choices, default=Opening.ONLINE)
    who_follows = models.TextField("qui peut suivre ce parcours", blank=True)
    who_registers = models.TextField("qui peut s’inscrire à une session", blank=True)
    who_is_habilitated = models.TextField("qui peut être habilité", blank=True)
    professions = ParentalManyToManyField(
        "catalogue.Facet",
        blank=True,
        related_name="parcours_of_profession",
        limit_choices_to={"kind": Facet.Kind.PROFESSION},
        verbose_name="métiers",
    )
    themes = ParentalManyToManyField(
        "catalogue.Facet",
        blank=True,
        related_name="parcours_of_theme",
        limit_choices_to={"kind": Facet.Kind.THEME},
        verbose_name="thèmes",
    )
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
    change_note = models.CharField(
        "ce qui change",
        max_length=300,
        blank=True,
        help_text="Lu par le public dans l’historique. Laissé vide, il est tiré de ce qui a changé.",
    )
    organisation = models.ForeignKey(
        "organisations.Organisation",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="organisme responsable",
    )
    reviewed_on = models.DateField("relu le", null=True, blank=True)
    review_due_on = models.DateField("à relire le", null=True, blank=True)

    content_panels = [
        TitleFieldPanel("title", help_text="Le nom lu dans le catalogue."),
        "summary",
        "introduction",
        MultiFieldPanel([FieldRowPanel(["minutes", "modality"]), "is_habilitation"], heading="Durée et modalité"),
        MultiFieldPanel(
            [FieldRowPanel(["family", "version_label"]), FieldRowPanel(["valid_from", "valid_until"])],
            heading="Version du programme",
        ),
        MultiFieldPanel(
            ["opening", "who_follows", "who_registers", "who_is_habilitated"],
            heading="Qui peut suivre, s’inscrire, être habilité",
        ),
        MultiFieldPanel(["professions", "themes"], heading="Pour trouver ce parcours dans le catalogue"),
        InlinePanel("parcours_modules", heading="Modules, dans l’ordre", label="Module"),
        InlinePanel("parcours_seances", heading="Demi-journées en direct, dans l’ordre", label="Demi-journée"),
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
        FieldRowPanel(["reviewed_on", "review_due_on"], heading="Relecture"),
        FieldPanel("change_note"),
        DESPITE,
    ]
    page_description = "Ce que l’on suit : des modules et des demi-journées, leur durée, ce que le public doit savoir."
    parent_page_types = ["catalogue.CataloguePage", "catalogue.LibraryPage"]
    subpage_types: list[str] = []
    template = "catalogue/parcours_page.html"

    class Meta:
        verbose_name = "parcours"
        verbose_name_plural = "parcours"

    @property
    def current_edition(self):
        return self.editions.order_by("-number").first()

    def get_context(self, request, *args, **kwargs):
        edition = None if getattr(request, "is_preview", False) else self.current_edition
        shown = edition.shown() if edition else self.shown_draft()
        return super().get_context(request, *args, **kwargs) | shown | {"edition": edition, "versions": self.versions}

    @property
    def versions(self) -> "list[ParcoursPage]":
        """The other programmes of its family, the latest first."""
        if not self.family:
            return []
        others = ParcoursPage.objects.live().filter(family=self.family).exclude(pk=self.pk)
        return list(others.order_by(models.F("valid_from").desc(nulls_last=True), "title"))

    @property
    def modules(self) -> list[ModulePage]:
        """As they are published, in order, whatever draft lists them."""
        lines = sorted(self.parcours_modules.all(), key=lambda line: line.sort_order or 0)
        found = ModulePage.objects.in_bulk([line.module_id for line in lines])
        return [found[line.module_id] for line in lines]

    @property
    def seances(self) -> list[SeancePage]:
        """As they are published, in order."""
        lines = sorted(self.parcours_seances.all(), key=lambda line: line.sort_order or 0)
        found = SeancePage.objects.in_bulk([line.seance_id for line in lines])
        return [found[line.seance_id] for line in lines]

    def shown_draft(self) -> dict:
        """What the page shows before it is published: its own words, and the modules as they are published."""
        modules = self.modules
        etapes = [(module, child.value) for module in modules for child in module.body]
        content = self.description(expand_db_html) | {"seances": [seance.description() for seance in self.seances]}
        return {
            "content": whole(content),
            "programme": manifest.programme(
                [module.description() for module in modules],
                [(str(module.translation_key), value["title"], value["minutes"]) for module, value in etapes],
            ),
            "figures": figures(content, (value["minutes"] for _, value in etapes)),
            "completion": "",
        }

    def description(self, rich) -> dict:
        """What the public page, the attestation and the auditor read of the parcours; `rich` makes clean HTML."""
        return {
            "title": self.title,
            "summary": self.summary,
            "introduction": rich(self.introduction),
            "objectives": self.objectives.splitlines(),
            "nature": self.nature,
            "modality": {"code": self.modality, "label": self.get_modality_display()},
            "modalities": self.modalities,
            "audience": self.audience,
            "prerequisites": self.prerequisites,
            "programme": self.programme,
            "methods": self.methods,
            "evaluation": self.evaluation,
            "access": self.access,
            "price": self.price,
            "contact": self.contact,
            "accessibility": self.accessibility,
            "disability_contact": self.disability_contact,
            "habilitation": self.is_habilitation,
            "minutes": self.minutes,
            "family": self.family,
            "version": self.version_label,
            "valid_from": self.valid_from.isoformat() if self.valid_from else None,
            "valid_until": self.valid_until.isoformat() if self.valid_until else None,
            "opening": {"code": self.opening, "label": self.get_opening_display()},
            "who_follows": self.who_follows,
            "who_registers": self.who_registers,
            "who_is_habilitated": self.who_is_habilitated,
        }


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
