from django.db import models

from parcours.catalogue.blocks import QuestionsDuModuleBlock
from parcours.catalogue.models.pages import ModulePage
from parcours.catalogue.queries import ListedQuestionQuerySet

KINDS = {name: block.label for name, block in QuestionsDuModuleBlock().child_blocks.items() if hasattr(block, "kind")}
SHOWN = 160


class ListedQuestion(models.Model):
    """A question of a module, as one looks for it to take it up: drawn from the page, written again at any time."""

    wagtail_reference_index_ignore = True

    page = models.ForeignKey(ModulePage, models.CASCADE, related_name="listed_questions", verbose_name="module")
    block_id = models.CharField("identifiant dans le module", max_length=36)
    is_draft = models.BooleanField("pas encore publiée")
    position = models.PositiveSmallIntegerField("rang")
    kind = models.CharField("sorte", max_length=20)
    statement = models.TextField("énoncé")
    etape = models.CharField("étape", max_length=150)
    competences = models.TextField("compétences", blank=True)
    words = models.TextField("mots cherchés")
    value = models.JSONField("contenu")

    objects = ListedQuestionQuerySet.as_manager()

    class Meta:
        verbose_name = "question à reprendre"
        verbose_name_plural = "questions à reprendre"
        ordering = ["page__title", "page", "position"]
        constraints = [models.UniqueConstraint(fields=["page", "block_id"], name="catalogue_listed_question_once")]

    def __str__(self):
        return self.statement if len(self.statement) <= SHOWN else f"{self.statement[:SHOWN].rstrip()}…"

    @property
    def kind_label(self) -> str:
        return KINDS.get(self.kind, self.kind)

    @property
    def block(self) -> dict:
        """As the page holds it."""
        return {"type": self.kind, "id": self.block_id, "value": self.value}
