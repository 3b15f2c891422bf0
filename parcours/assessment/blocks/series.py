from itertools import zip_longest

from django.core.exceptions import ValidationError
from django.utils.html import strip_tags
from wagtail import blocks
from wagtail.blocks.stream_block import StreamBlockValidationError
from wagtail.blocks.struct_block import StructBlockValidationError

from parcours.assessment.blocks.choices import ChoixMultipleBlock, ChoixUniqueBlock, VraiFauxBlock
from parcours.assessment.blocks.listed import AppariementBlock, OrdreBlock
from parcours.assessment.blocks.question import repeated
from parcours.assessment.blocks.typed import ReponseCourteBlock, TexteATrousBlock
from parcours.assessment.engine.kinds import MULTIPLE
from parcours.assessment.engine.marking import without_answers

RULES = [
    ("toutes-repondues", "terminée quand chaque question a une réponse"),
    ("score", "terminée quand le score atteint le seuil"),
]
KEPT = [("meilleure", "la meilleure note"), ("derniere", "la dernière note")]


class QuestionsBlock(blocks.StreamBlock):
    choix_unique = ChoixUniqueBlock()
    choix_multiple = ChoixMultipleBlock()
    vrai_faux = VraiFauxBlock()
    reponse_courte = ReponseCourteBlock()
    texte_a_trous = TexteATrousBlock()
    appariement = AppariementBlock()
    ordre = OrdreBlock()

    class Meta:
        label = "Questions"
        min_num = 1

    def clean(self, value):
        cleaned = super().clean(value)
        statements = [strip_tags(str(child.value["statement"])) for child in cleaned if hasattr(child.block, "kind")]
        if repeated(statements) and not self.is_deferred_validation:
            raise StreamBlockValidationError(non_block_errors=["Deux questions ont le même énoncé."])
        return cleaned


class SerieDeQuestionsBlock(blocks.StructBlock):
    title = blocks.CharBlock(label="Titre", max_length=150)
    rule = blocks.ChoiceBlock(label="Règle", choices=RULES, default="toutes-repondues")
    threshold = blocks.IntegerBlock(
        label="Seuil (en %)", required=False, min_value=1, max_value=100, help_text="Pour un quiz noté seulement."
    )
    keep = blocks.ChoiceBlock(
        label="Note retenue", required=False, choices=KEPT, help_text="Pour un quiz noté seulement."
    )
    questions = QuestionsBlock(label="Questions")

    class Meta:
        label = "Série de questions"
        label_format = "{title}"
        icon = "help"

    def typed(self, value, block_id, *, id_of, rich) -> dict:
        questions = [child.block.typed(child.value, child.id, id_of=id_of, rich=rich) for child in value["questions"]]
        return {"type": "questions", "id": id_of(block_id), "title": value["title"], "questions": questions}

    def get_context(self, value, parent_context=None):
        """What the preview shows: the questions as they are asked."""
        typed = self.typed(value, "", id_of=lambda block_id: block_id, rich=str)
        asked = [previewed(without_answers(question)) for question in typed["questions"]]
        return super().get_context(value, parent_context) | {"questions": asked}

    def clean(self, value):
        cleaned = super().clean(value)
        errors = {}
        if cleaned["rule"] == "score" and not cleaned["threshold"]:
            errors["threshold"] = ValidationError("Un quiz noté demande un seuil, par exemple 70.")
        if cleaned["rule"] == "score" and not cleaned["keep"]:
            errors["keep"] = ValidationError("Dites quelle note compte : la meilleure ou la dernière.")
        if errors and not self.is_deferred_validation:
            raise StructBlockValidationError(errors)
        return cleaned


def previewed(asked: dict) -> dict:
    """`pieces`: of a text with blanks, what is read before each of them, and its label."""
    labels = [blank["label"] for blank in asked.get("blanks", [])]
    pieces = list(zip_longest(asked.get("segments", []), labels, fillvalue=""))
    return asked | {"multiple": asked["type"] == MULTIPLE, "pieces": pieces}
