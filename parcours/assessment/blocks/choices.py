"""Choix unique, choix multiple, vrai ou faux."""

from django.core.exceptions import ValidationError
from wagtail import blocks

from parcours.assessment.blocks.question import (
    QuestionBlock,
    explanation_field,
    in_list,
    repeated,
    taken_from_field,
    taught_in_field,
)
from parcours.assessment.engine.kinds import MULTIPLE, SINGLE, TRUE_FALSE


class OptionBlock(blocks.StructBlock):
    text = blocks.CharBlock(label="Réponse", max_length=300)
    correct = blocks.BooleanBlock(label="Réponse juste", required=False)
    feedback = blocks.TextBlock(
        label="Retour", rows=2, help_text="Pourquoi elle est juste, ou ce qui arriverait. Deux phrases."
    )

    class Meta:
        label = "réponse"


class ChoiceQuestionBlock(QuestionBlock):
    several = False

    def faults(self, value):
        fault = options_fault(value["options"], several=self.several)
        return {"options": fault} if fault else {}

    def typed_answers(self, value, block_id, id_of):
        return {
            "options": [
                {
                    "id": id_of(child.id),
                    "text": child.value["text"],
                    "correct": child.value["correct"],
                    "feedback": child.value["feedback"],
                }
                for child in value["options"].bound_blocks
            ]
        }


def options_fault(options, *, several: bool) -> ValidationError | None:
    right = sum(1 for option in options if option["correct"])
    if several and right < 2:
        return in_list("Cochez au moins deux réponses justes, ou choisissez « choix unique ».")
    if several and right == len(options):
        return in_list("Toutes les réponses sont justes : ajoutez-en au moins une qui ne l’est pas.")
    if not several and right != 1:
        return in_list(f"Une réponse juste, et une seule : {right} sont cochées.")
    return in_list("Deux réponses ont le même texte.") if repeated(option["text"] for option in options) else None


class ChoixUniqueBlock(ChoiceQuestionBlock):
    kind = SINGLE
    options = blocks.ListBlock(OptionBlock(), label="Réponses", min_num=2, max_num=6)
    explanation = explanation_field()
    taught_in = taught_in_field()
    taken_from = taken_from_field()

    class Meta:
        label = "Choix unique"
        icon = "radio-full"


class ChoixMultipleBlock(ChoiceQuestionBlock):
    kind, several = MULTIPLE, True
    options = blocks.ListBlock(
        OptionBlock(),
        label="Réponses",
        min_num=3,
        max_num=8,
        help_text="La personne lit combien de réponses sont justes ; il les faut toutes, et elles seules.",
    )
    explanation = explanation_field()
    taught_in = taught_in_field()
    taken_from = taken_from_field()

    class Meta:
        label = "Choix multiple"
        icon = "tick-inverse"


class VraiFauxBlock(QuestionBlock):
    kind = TRUE_FALSE
    answer = blocks.ChoiceBlock(label="Réponse juste", choices=[("vrai", "Vrai"), ("faux", "Faux")])
    feedback_true = blocks.TextBlock(label="Retour à « Vrai »", rows=2)
    feedback_false = blocks.TextBlock(label="Retour à « Faux »", rows=2)
    explanation = explanation_field()
    taught_in = taught_in_field()
    taken_from = taken_from_field()

    class Meta:
        label = "Vrai ou faux"
        icon = "check"

    def typed_answers(self, value, block_id, id_of):
        return {
            "options": [
                {
                    "id": id_of(f"{block_id}/{answer}"),
                    "text": label,
                    "correct": value["answer"] == answer,
                    "feedback": value[feedback],
                }
                for answer, label, feedback in (("vrai", "Vrai", "feedback_true"), ("faux", "Faux", "feedback_false"))
            ]
        }
