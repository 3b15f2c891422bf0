from django.db import models
from django.http import Http404
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, TitleFieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Orderable, Page

from parcours.catalogue.blocks import PLAIN_FEATURES, FichesBlock, SequencesBlock
from parcours.catalogue.models.shelved import Shelved


class SeancePage(Shelved, Page):
    """A live half-day: what the trainer runs, minute by minute, and what is handed out. Trainees never read it."""

    reference = models.SlugField("identifiant", max_length=100, null=True, blank=True, unique=True, editable=False)
    summary = models.TextField("résumé", help_text="Une à deux phrases : ce que la demi-journée fait travailler.")
    minutes = models.PositiveSmallIntegerField("durée en minutes", default=210)
    objectives = models.TextField("objectifs", help_text="Un par ligne, avec un verbe : « Distinguer… ».")
    competences = models.TextField("compétences", blank=True, help_text="Un code par ligne.")
    material = models.TextField("matériel", blank=True, help_text="Un par ligne.")
    taught_modules = ParentalManyToManyField(
        "catalogue.ModulePage",
        blank=True,
        related_name="taught_in",
        verbose_name="modules travaillés",
        help_text="Ceux que la demi-journée fait pratiquer ; la page du parcours les nomme.",
    )
    sequences = StreamField(SequencesBlock(), verbose_name="déroulé", blank=True)
    small_group = models.TextField("pour un groupe de six", blank=True)
    large_group = models.TextField("pour un groupe de quatorze", blank=True)
    remote = models.TextField("à distance", blank=True)
    without_network = models.TextField("si le réseau tombe", blank=True)
    notes = RichTextField("notes du formateur", blank=True, features=["h2", "h3", *PLAIN_FEATURES])
    sheets = StreamField(FichesBlock(), verbose_name="fiches d’exercice", blank=True)
    sources = models.TextField("sources", blank=True, help_text="Une par ligne, avec sa date.")
    reviewed_on = models.DateField("relu le", null=True, blank=True)
    review_due_on = models.DateField("à relire le", null=True, blank=True)

    content_panels = [
        TitleFieldPanel("title", help_text="Ce que la demi-journée fait travailler, en quelques mots."),
        "summary",
        FieldRowPanel(["minutes", "competences"]),
        "objectives",
        "taught_modules",
        "material",
        "sequences",
        MultiFieldPanel(["small_group", "large_group", "remote", "without_network"], heading="Variantes"),
        "notes",
        "sheets",
        MultiFieldPanel(["sources", FieldRowPanel(["reviewed_on", "review_due_on"])], heading="Sources et relecture"),
    ]
    promote_panels = ["slug"]
    page_description = "Le déroulé d’une demi-journée avec un formateur, et les fiches à distribuer."
    parent_page_types = ["catalogue.LibraryPage"]
    subpage_types: list[str] = []
    exclude_fields_in_copy = ["reference"]
    template = "catalogue/seance_preview.html"

    class Meta:
        verbose_name = "demi-journée en direct"
        verbose_name_plural = "demi-journées en direct"

    def get_url_parts(self, request=None):
        return None

    def serve(self, request, *args, **kwargs):
        raise Http404

    def get_preview_context(self, request, mode_name):
        return super().get_preview_context(request, mode_name) | self.deroule()

    def deroule(self) -> dict:
        """Its lines with the minute at which each begins and ends, counted from its start; and its variants."""
        rows, reached = [], 0
        for line in self.sequences:
            begins, reached = reached, reached + line.value["minutes"]
            rows.append({"kind": line.block_type, "value": line.value, "begins": begins, "ends": reached})
        variants = (
            ("Pour un groupe de six", self.small_group),
            ("Pour un groupe de quatorze", self.large_group),
            ("À distance", self.remote),
            ("Si le réseau tombe", self.without_network),
        )
        return {
            "rows": rows,
            "variants": [(label, text) for label, text in variants if text],
            "objectives": self.objectives.splitlines(),
            "material": self.material.splitlines(),
        }

    def description(self) -> dict:
        """What a parcours says of it, and an edition freezes."""
        return {
            "id": str(self.translation_key),
            "title": self.title,
            "summary": self.summary,
            "minutes": self.minutes,
            "objectives": self.objectives.splitlines(),
            "competences": self.competences.split(),
            "modules": [module.title for module in sorted(self.taught_modules.all(), key=lambda one: one.title)],
        }


class ParcoursSeance(Orderable):
    page = ParentalKey("catalogue.ParcoursPage", on_delete=models.CASCADE, related_name="parcours_seances")
    seance = models.ForeignKey(
        SeancePage, on_delete=models.PROTECT, related_name="in_parcours", verbose_name="demi-journée"
    )

    panels = [FieldPanel("seance")]

    class Meta(Orderable.Meta):
        verbose_name = "demi-journée d’un parcours"
        verbose_name_plural = "demi-journées d’un parcours"
        constraints = [
            models.UniqueConstraint(
                fields=["page", "seance"],
                name="catalogue_seance_once",
                violation_error_message="Cette demi-journée figure déjà dans le parcours.",
            )
        ]

    def __str__(self):
        return str(self.seance_id)
