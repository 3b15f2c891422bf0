"""A question written elsewhere, taken up in a série: chosen here, copied when the page is saved."""

from wagtail import blocks
from wagtail.admin.widgets import BaseChooser

from parcours.assessment.blocks import QuestionsBlock, SerieDeQuestionsBlock

LISTED = "catalogue.ListedQuestion"


class QuestionChooser(BaseChooser):
    model = LISTED
    choose_one_text = "Choisir une question"
    choose_another_text = "Choisir une autre question"
    clear_choice_text = "Ne plus reprendre cette question"
    chooser_modal_url_name = "question_chooser:choose"
    show_edit_link = False
    icon = "help"


class RepriseBlock(blocks.ChooserBlock):
    target_model = LISTED
    widget = QuestionChooser()

    class Meta:
        label = "Reprendre une question"
        icon = "copy"


class QuestionsDuModuleBlock(QuestionsBlock):
    reprise = RepriseBlock(
        help_text="Elle est copiée à l’enregistrement : elle devient une question de ce module, que vous modifiez "
        "comme vous voulez. Celle d’origine ne change pas, et ses réponses restent à part."
    )


class SerieDuModuleBlock(SerieDeQuestionsBlock):
    questions = QuestionsDuModuleBlock(label="Questions")
