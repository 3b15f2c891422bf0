"""What a live half-day is made of: the lines of its déroulé, the sheets handed out."""

from wagtail import blocks

from parcours.catalogue.blocks.competences import CompetenceBlock
from parcours.catalogue.blocks.textes import PLAIN_FEATURES

LONGEST_SEQUENCE = 240


class SequenceBlock(blocks.StructBlock):
    title = blocks.CharBlock(label="Séquence", max_length=150)
    minutes = blocks.IntegerBlock(label="Durée en minutes", min_value=1, max_value=LONGEST_SEQUENCE)
    aim = blocks.TextBlock(label="Objectif", rows=2, help_text="Un verbe que l’on peut observer : « Distinguer… ».")
    method = blocks.CharBlock(label="Méthode", max_length=150, help_text="Jeu de rôle, étude de cas, démonstration…")
    trainer_does = blocks.RichTextBlock(label="Ce que fait le formateur", features=PLAIN_FEATURES)
    group_does = blocks.RichTextBlock(label="Ce que fait le groupe", features=PLAIN_FEATURES)
    support = blocks.CharBlock(label="Support", required=False, max_length=200)
    exercise = blocks.CharBlock(
        label="Fiche d’exercice", required=False, max_length=150, help_text="Son titre, tel qu’il figure plus bas."
    )
    evaluation = blocks.TextBlock(label="Comment on voit que c’est acquis", rows=2)
    competence = CompetenceBlock(label="Compétence")
    material = blocks.CharBlock(label="Matériel", required=False, max_length=200)

    class Meta:
        label = "Séquence"
        label_format = "{title}"
        icon = "time"


class PauseBlock(blocks.StructBlock):
    title = blocks.CharBlock(label="Intitulé", default="Pause", max_length=80)
    minutes = blocks.IntegerBlock(label="Durée en minutes", min_value=1, max_value=60)

    class Meta:
        label = "Pause ou marge"
        label_format = "{title}"
        icon = "pause"


class SequencesBlock(blocks.StreamBlock):
    sequence = SequenceBlock()
    pause = PauseBlock()

    class Meta:
        label = "Déroulé"


class FicheBlock(blocks.StructBlock):
    title = blocks.CharBlock(label="Titre", max_length=150)
    purpose = blocks.CharBlock(label="À quoi elle sert", max_length=200)
    minutes = blocks.IntegerBlock(label="Durée en minutes", min_value=1, max_value=120)
    instructions = blocks.RichTextBlock(label="Consigne", features=["h3", *PLAIN_FEATURES])
    answer_lines = blocks.IntegerBlock(
        label="Lignes à remplir", default=0, min_value=0, max_value=20, help_text="Laissées vides sur la feuille."
    )
    answer = blocks.RichTextBlock(
        label="Corrigé", features=PLAIN_FEATURES, help_text="Imprimé pour le formateur seulement."
    )

    class Meta:
        label = "Fiche d’exercice"
        label_format = "{title}"
        icon = "form"


class FichesBlock(blocks.StreamBlock):
    fiche = FicheBlock()

    class Meta:
        label = "Fiches d’exercice"
