"""The questions a trainer writes in the CMS. What they become for the trainee is typed data, marked on the server."""

from django.core.exceptions import ValidationError
from django.utils.html import strip_tags
from wagtail import blocks
from wagtail.blocks.list_block import ListBlockValidationError
from wagtail.blocks.stream_block import StreamBlockValidationError
from wagtail.blocks.struct_block import StructBlockValidationError

from parcours.assessment.engine.kinds import MULTIPLE, SINGLE, TRUE_FALSE
from parcours.assessment.engine.marking import without_answers

QUESTION_FEATURES = ["bold", "italic", "ul", "ol"]
RULES = [
    ("toutes-repondues", "terminée quand chaque question a une réponse"),
    ("score", "terminée quand le score atteint le seuil"),
]
KEPT = [("meilleure", "la meilleure note"), ("derniere", "la dernière note")]


class OptionBlock(blocks.StructBlock):
    text = blocks.CharBlock(label="Réponse", max_length=300)
    correct = blocks.BooleanBlock(label="Réponse juste", required=False)
    feedback = blocks.TextBlock(
        label="Retour", rows=2, help_text="Pourquoi elle est juste, ou ce qui arriverait. Deux phrases."
    )

    class Meta:
        label = "réponse"


class QuestionBlock(blocks.StructBlock):
    """`typed` gives the plain data an edition freezes, marked by `engine.marking`."""

    kind = ""
    statement = blocks.RichTextBlock(
        label="Énoncé", features=QUESTION_FEATURES, help_text="Une situation, puis la question à la fin."
    )

    def clean(self, value):
        cleaned = super().clean(value)
        if errors := self.faults(cleaned):
            raise StructBlockValidationError(errors)
        return cleaned

    def faults(self, value) -> dict[str, Exception]:
        return {}

    def typed(self, value, block_id, *, id_of, rich) -> dict:
        """`id_of` makes an id of a block id; `rich` makes clean HTML of rich text."""
        return {
            "id": id_of(block_id),
            "type": self.kind,
            "statement": rich(value["statement"].source),
            "options": self.typed_options(value, block_id, id_of),
            "explanation": rich(value["explanation"].source),
            "taught_in": value["taught_in"] or "",
        }

    def typed_options(self, value, block_id, id_of) -> list[dict]:
        return [
            {
                "id": id_of(child.id),
                "text": child.value["text"],
                "correct": child.value["correct"],
                "feedback": child.value["feedback"],
            }
            for child in value["options"].bound_blocks
        ]


def explanation_field():
    return blocks.RichTextBlock(
        label="Explication", features=QUESTION_FEATURES, help_text="Montrée après la réponse. Deux phrases au plus."
    )


def taught_in_field():
    return blocks.CharBlock(
        label="Étape où c’est enseigné",
        required=False,
        max_length=200,
        help_text="L’adresse de l’étape ; d’un autre module : module/étape.",
    )


def options_fault(options, *, several: bool) -> Exception | None:
    right = sum(1 for option in options if option["correct"])
    if several and right < 2:
        sentence = "Cochez au moins deux réponses justes, ou choisissez « choix unique »."
    elif several and right == len(options):
        sentence = "Toutes les réponses sont justes : ajoutez-en au moins une qui ne l’est pas."
    elif not several and right != 1:
        sentence = f"Une réponse juste, et une seule : {right} sont cochées."
    else:
        return repeated_option_fault(options)
    return ListBlockValidationError(non_block_errors=[sentence])


def repeated_option_fault(options) -> Exception | None:
    texts = [option["text"].strip().casefold() for option in options]
    if len(texts) != len(set(texts)):
        return ListBlockValidationError(non_block_errors=["Deux réponses ont le même texte."])
    return None


class ChoixUniqueBlock(QuestionBlock):
    kind = SINGLE
    options = blocks.ListBlock(OptionBlock(), label="Réponses", min_num=2, max_num=6)
    explanation = explanation_field()
    taught_in = taught_in_field()

    class Meta:
        label = "Choix unique"
        icon = "radio-full"

    def faults(self, value):
        fault = options_fault(value["options"], several=False)
        return {"options": fault} if fault else {}


class ChoixMultipleBlock(QuestionBlock):
    kind = MULTIPLE
    options = blocks.ListBlock(
        OptionBlock(),
        label="Réponses",
        min_num=3,
        max_num=8,
        help_text="La personne lit combien de réponses sont justes ; il les faut toutes, et elles seules.",
    )
    explanation = explanation_field()
    taught_in = taught_in_field()

    class Meta:
        label = "Choix multiple"
        icon = "tick-inverse"

    def faults(self, value):
        fault = options_fault(value["options"], several=True)
        return {"options": fault} if fault else {}


class VraiFauxBlock(QuestionBlock):
    kind = TRUE_FALSE
    answer = blocks.ChoiceBlock(label="Réponse juste", choices=[("vrai", "Vrai"), ("faux", "Faux")])
    feedback_true = blocks.TextBlock(label="Retour à « Vrai »", rows=2)
    feedback_false = blocks.TextBlock(label="Retour à « Faux »", rows=2)
    explanation = explanation_field()
    taught_in = taught_in_field()

    class Meta:
        label = "Vrai ou faux"
        icon = "check"

    def typed_options(self, value, block_id, id_of):
        return [
            {
                "id": id_of(f"{block_id}/{answer}"),
                "text": label,
                "correct": value["answer"] == answer,
                "feedback": value[feedback],
            }
            for answer, label, feedback in (("vrai", "Vrai", "feedback_true"), ("faux", "Faux", "feedback_false"))
        ]


class QuestionsBlock(blocks.StreamBlock):
    choix_unique = ChoixUniqueBlock()
    choix_multiple = ChoixMultipleBlock()
    vrai_faux = VraiFauxBlock()

    class Meta:
        label = "Questions"
        min_num = 1

    def clean(self, value):
        cleaned = super().clean(value)
        statements = [strip_tags(str(child.value["statement"])).strip().casefold() for child in cleaned]
        if len(statements) != len(set(statements)):
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
        asked = [
            without_answers(question) | {"multiple": question["type"] == MULTIPLE} for question in typed["questions"]
        ]
        return super().get_context(value, parent_context) | {"questions": asked}

    def clean(self, value):
        cleaned = super().clean(value)
        errors = {}
        if cleaned["rule"] == "score" and not cleaned["threshold"]:
            errors["threshold"] = ValidationError("Un quiz noté demande un seuil, par exemple 70.")
        if cleaned["rule"] == "score" and not cleaned["keep"]:
            errors["keep"] = ValidationError("Dites quelle note compte : la meilleure ou la dernière.")
        if errors:
            raise StructBlockValidationError(errors)
        return cleaned
