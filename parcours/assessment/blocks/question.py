"""What every question has, whatever its kind."""

from django.core.exceptions import ValidationError
from wagtail import blocks
from wagtail.blocks.list_block import ListBlockValidationError
from wagtail.blocks.struct_block import StructBlockValidationError

FEATURES = ["bold", "italic", "ul", "ol"]


class QuestionBlock(blocks.StructBlock):
    """`typed` gives the plain data an edition freezes, marked by `engine.marking`."""

    kind = ""
    statement = blocks.RichTextBlock(
        label="Énoncé", features=FEATURES, help_text="Une situation, puis la question à la fin."
    )

    def clean(self, value):
        cleaned = super().clean(value)
        if not self.is_deferred_validation and (errors := self.faults(cleaned)):
            raise StructBlockValidationError(errors)
        return cleaned

    def faults(self, value) -> dict[str, ValidationError]:
        return {}

    def typed(self, value, block_id, *, id_of, rich) -> dict:
        """`id_of` makes an id of a block id; `rich` makes clean HTML of rich text."""
        return {
            "id": id_of(block_id),
            "type": self.kind,
            "statement": rich(value["statement"].source),
            **self.typed_answers(value, block_id, id_of),
            "explanation": rich(value["explanation"].source),
            "taught_in": value["taught_in"] or "",
        }

    def typed_answers(self, value, block_id, id_of) -> dict:
        raise NotImplementedError


def explanation_field():
    return blocks.RichTextBlock(
        label="Explication", features=FEATURES, help_text="Montrée après la réponse. Deux phrases au plus."
    )


def taught_in_field():
    return blocks.CharBlock(
        label="Étape où c’est enseigné",
        required=False,
        max_length=200,
        help_text="L’adresse de l’étape ; d’un autre module : module/étape.",
    )


def taken_from_field():
    """Written by the machine when a question is taken up from another module; the editor hides it while it is empty."""
    block = blocks.CharBlock(label="Reprise de", required=False, max_length=400, search_index=False)
    block.field.widget.attrs |= {"readonly": True, "placeholder": " "}
    return block


def feedback_right_field():
    return blocks.TextBlock(label="Retour si c’est juste", rows=2, help_text="Ce qu’il y a à retenir. Deux phrases.")


def feedback_wrong_field():
    return blocks.TextBlock(
        label="Retour si c’est à revoir", rows=2, help_text="Ce qui arriverait, et comment s’y prendre. Deux phrases."
    )


def in_list(*sentences: str) -> ValidationError:
    """A refusal shown above a list."""
    return ListBlockValidationError(non_block_errors=list(sentences))


def beside(sentences: dict[int, str]) -> ValidationError:
    """Refusals shown each beside the item of a list it blames."""
    return ListBlockValidationError(block_errors={rank: ValidationError(text) for rank, text in sentences.items()})


def repeated(texts) -> bool:
    alike = [text.strip().casefold() for text in texts]
    return len(alike) != len(set(alike))
