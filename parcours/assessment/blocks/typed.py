"""Réponse courte and texte à trous: what is typed, and what marking makes of it."""

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError

from parcours.assessment.blocks.question import (
    QuestionBlock,
    beside,
    explanation_field,
    feedback_right_field,
    feedback_wrong_field,
    in_list,
    taken_from_field,
    taught_in_field,
)
from parcours.assessment.engine import cloze
from parcours.assessment.engine.blanks import OPTIONAL, REQUIRED, blank_faults
from parcours.assessment.engine.formats import FORMATS, NAMES, NUMBER, TEXT
from parcours.assessment.engine.kinds import CLOZE, SHORT

BLANK_NAME = RegexValidator(
    r"\A[a-z0-9]+([-_][a-z0-9]+)*\Z", "Écrivez-le en minuscules sans accent, avec des traits d’union."
)
ACCENTS = [(OPTIONAL, "facultatifs"), (REQUIRED, "obligatoires")]
ANSWER = "Votre réponse"


class PitfallBlock(blocks.StructBlock):
    text = blocks.CharBlock(label="Mauvaise réponse", max_length=200)
    feedback = blocks.TextBlock(label="Retour", rows=2, help_text="Pourquoi ce n’est pas elle. Deux phrases.")

    class Meta:
        label = "piège"


class MarkedTextBlock(blocks.StructBlock):
    """The fields by which a typed text is marked, and the tries that show it is marked as its author means."""

    format = blocks.ChoiceBlock(
        label="Ce que l’on tape",
        choices=[(name, NAMES[name]) for name in FORMATS],
        default=TEXT,
        help_text="Un texte admet des fautes de frappe selon sa longueur ; les autres formats n’en admettent pas.",
    )
    accepted = blocks.ListBlock(
        blocks.CharBlock(label="Réponse", max_length=200),
        label="Réponses acceptées",
        min_num=1,
        max_num=20,
        help_text="La première est montrée comme réponse attendue. Inutile de répéter majuscules et espaces.",
    )
    pitfalls = blocks.ListBlock(
        PitfallBlock(),
        label="Pièges",
        default=[],
        max_num=20,
        help_text="Refusés même s’ils ressemblent à une réponse acceptée, avec leur propre retour.",
    )
    tolerance = blocks.CharBlock(
        label="Tolérance", required=False, max_length=20, help_text="Pour un nombre seulement : 0,5 ou 5 %."
    )
    accents = blocks.ChoiceBlock(label="Accents", choices=ACCENTS, default=OPTIONAL)
    tried_accepted = blocks.ListBlock(
        blocks.CharBlock(label="Essai", max_length=200),
        label="Essais à accepter",
        default=[],
        max_num=20,
        help_text="Facultatif. Ce que l’on pourrait taper et qui doit être juste : vérifié à l’enregistrement.",
    )
    tried_refused = blocks.ListBlock(
        blocks.CharBlock(label="Essai", max_length=200),
        label="Essais à refuser",
        default=[],
        max_num=20,
        help_text="Facultatif. Ce qui ressemble à la réponse et doit être refusé.",
    )


def blank_of(value, blank_id: str, label: str) -> dict:
    return {
        "id": blank_id,
        "label": label,
        "format": value["format"],
        "accepted": list(value["accepted"]),
        "pitfalls": [{"text": one["text"], "feedback": one["feedback"]} for one in value["pitfalls"]],
        "tolerance": value["tolerance"] or "",
        "accents": value["accents"],
    }


def marking_faults(value) -> dict[str, ValidationError]:
    """Where marking disagrees with the author, beside what they wrote."""
    if value["tolerance"] and value["format"] != NUMBER:
        return {"tolerance": ValidationError("La tolérance est pour un nombre.")}
    found: dict[str, dict[int, str]] = {}
    for fault in blank_faults(blank_of(value, "", ""), value["tried_accepted"], value["tried_refused"]):
        found.setdefault(fault.part, {})[fault.rank] = fault.sentence[0].upper() + fault.sentence[1:]
    errors: dict[str, ValidationError] = {
        part: beside(sentences) for part, sentences in found.items() if part != "tolerance"
    }
    if "tolerance" in found:
        errors["tolerance"] = ValidationError(found["tolerance"][0])
    return errors


class ReponseCourteBlock(MarkedTextBlock, QuestionBlock):
    kind = SHORT
    feedback_right = feedback_right_field()
    feedback_wrong = feedback_wrong_field()
    explanation = explanation_field()
    taught_in = taught_in_field()
    taken_from = taken_from_field()

    class Meta:
        label = "Réponse courte"
        icon = "edit"

    def faults(self, value):
        return marking_faults(value)

    def typed_answers(self, value, block_id, id_of):
        return {
            "blanks": [blank_of(value, id_of(f"{block_id}/reponse"), ANSWER)],
            "feedback_right": value["feedback_right"],
            "feedback_wrong": value["feedback_wrong"],
        }


class NamingBlock(blocks.StructBlock):
    name = blocks.CharBlock(
        label="Nom", max_length=40, validators=[BLANK_NAME], help_text="Le nom écrit dans le texte : duree."
    )
    label = blocks.CharBlock(label="Libellé", max_length=100, help_text="Lu au-dessus du champ : « Durée en jours ».")


class TrouBlock(MarkedTextBlock, NamingBlock):
    class Meta:
        label = "trou"

    def clean(self, value):
        cleaned = super().clean(value)
        if not self.is_deferred_validation and (errors := marking_faults(cleaned)):
            raise StructBlockValidationError(errors)
        return cleaned


class TexteATrousBlock(QuestionBlock):
    kind = CLOZE
    text = blocks.TextBlock(
        label="Texte",
        rows=4,
        max_length=2000,
        help_text="Là où un mot manque, son nom entre doubles accolades : Le mandat dure {{duree}} jours.",
    )
    blanks = blocks.ListBlock(TrouBlock(), label="Trous", min_num=1, max_num=8)
    feedback_right = feedback_right_field()
    feedback_wrong = feedback_wrong_field()
    explanation = explanation_field()
    taught_in = taught_in_field()
    taken_from = taken_from_field()

    class Meta:
        label = "Texte à trous"
        icon = "form"

    def faults(self, value):
        names = [blank["name"] for blank in value["blanks"]]
        sentences = cloze.faults(value["text"], names)
        return {"blanks": in_list(*sentences)} if sentences else {}

    def typed_answers(self, value, block_id, id_of):
        segments, names = cloze.parts(value["text"])
        described = {child.value["name"]: child for child in value["blanks"].bound_blocks}
        found = [described[name] for name in names if name in described]
        return {
            "segments": segments,
            "blanks": [blank_of(child.value, id_of(child.id), child.value["label"]) for child in found],
            "feedback_right": value["feedback_right"],
            "feedback_wrong": value["feedback_wrong"],
        }
