"""Appariement and ordre."""

from wagtail import blocks

from parcours.assessment.blocks.question import (
    QuestionBlock,
    explanation_field,
    feedback_right_field,
    feedback_wrong_field,
    in_list,
    repeated,
    taken_from_field,
    taught_in_field,
)
from parcours.assessment.engine import matching, ordering
from parcours.assessment.engine.kinds import MATCHING, ORDERING


class PairBlock(blocks.StructBlock):
    left = blocks.CharBlock(label="À gauche", max_length=200)
    right = blocks.CharBlock(label="Ce qui va avec", max_length=200)
    feedback = blocks.TextBlock(label="Retour", rows=2, help_text="Pourquoi les deux vont ensemble. Deux phrases.")

    class Meta:
        label = "paire"


class AppariementBlock(QuestionBlock):
    kind = MATCHING
    pairs = blocks.ListBlock(
        PairBlock(),
        label="Paires",
        min_num=matching.PAIRS[0],
        max_num=matching.PAIRS[1],
        help_text="Les propositions sont montrées dans un autre ordre ; chacune sert une fois au plus.",
    )
    intruders = blocks.ListBlock(
        blocks.CharBlock(label="Intrus", max_length=200),
        label="Intrus",
        default=[],
        max_num=matching.INTRUDERS,
        help_text="Facultatif : des propositions de plus, qui ne vont avec rien.",
    )
    explanation = explanation_field()
    taught_in = taught_in_field()
    taken_from = taken_from_field()

    class Meta:
        label = "Appariement"
        icon = "link"

    def faults(self, value):
        errors = {}
        if repeated(pair["left"] for pair in value["pairs"]):
            errors["pairs"] = in_list("Deux éléments de gauche ont le même texte.")
        elif repeated([*(pair["right"] for pair in value["pairs"]), *value["intruders"]]):
            errors["pairs"] = in_list("Deux propositions de droite ont le même texte, intrus compris.")
        return errors

    def typed_answers(self, value, block_id, id_of):
        pairs, intruders = value["pairs"].bound_blocks, value["intruders"].bound_blocks
        lefts = [
            {
                "id": id_of(f"{child.id}/gauche"),
                "text": child.value["left"],
                "right": id_of(f"{child.id}/droite"),
                "feedback": child.value["feedback"],
            }
            for child in pairs
        ]
        rights = [{"id": id_of(f"{child.id}/droite"), "text": child.value["right"]} for child in pairs]
        rights += [{"id": id_of(child.id), "text": child.value} for child in intruders]
        return {"lefts": lefts, "rights": rights}


class OrdreBlock(QuestionBlock):
    kind = ORDERING
    items = blocks.ListBlock(
        blocks.CharBlock(label="Élément", max_length=200),
        label="Éléments, dans l’ordre juste",
        min_num=ordering.ITEMS[0],
        max_num=ordering.ITEMS[1],
        help_text="Ils sont montrés dans un autre ordre. Un seul ordre doit être défendable.",
    )
    feedback_right = feedback_right_field()
    feedback_wrong = feedback_wrong_field()
    explanation = explanation_field()
    taught_in = taught_in_field()
    taken_from = taken_from_field()

    class Meta:
        label = "Ordre"
        icon = "list-ol"

    def faults(self, value):
        return {"items": in_list("Deux éléments ont le même texte.")} if repeated(value["items"]) else {}

    def typed_answers(self, value, block_id, id_of):
        return {
            "items": [{"id": id_of(child.id), "text": child.value} for child in value["items"].bound_blocks],
            "feedback_right": value["feedback_right"],
            "feedback_wrong": value["feedback_wrong"],
        }
