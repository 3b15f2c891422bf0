"""What an étape is made of. Labels and help are what a trainer reads in the CMS; refusals are in `engine/faults.py`."""

from django.core.validators import validate_slug
from wagtail import blocks

from parcours.catalogue.blocks.competences import CompetencesBlock
from parcours.catalogue.blocks.interactions import DialogueBlock, ExerciceBlock, LienExterneBlock
from parcours.catalogue.blocks.medias import AudioBlock, DocumentBlock, ImageDecriteBlock, VideoBlock
from parcours.catalogue.blocks.reprises import SerieDuModuleBlock
from parcours.catalogue.blocks.textes import (
    TEXT_FEATURES,
    AccordeonBlock,
    CitationBlock,
    EncadreBlock,
    GlossaireBlock,
    MarcheBlock,
)
from parcours.catalogue.engine.durations import LONGEST_ETAPE


class ContenuBlock(blocks.StreamBlock):
    texte = blocks.RichTextBlock(
        label="Texte", features=TEXT_FEATURES, icon="pilcrow", template="catalogue/blocks/texte.html"
    )
    image = ImageDecriteBlock()
    encadre = EncadreBlock()
    marche = MarcheBlock()
    exercice = ExerciceBlock()
    document = DocumentBlock()
    video = VideoBlock()
    audio = AudioBlock()
    citation = CitationBlock()
    accordeon = AccordeonBlock()
    glossaire = GlossaireBlock()
    dialogue = DialogueBlock()
    lien = LienExterneBlock()
    questions = SerieDuModuleBlock(template="catalogue/blocks/serie.html")

    class Meta:
        label = "Contenu"
        min_num = 1


class EtapeBlock(blocks.StructBlock):
    title = blocks.CharBlock(
        label="Titre", max_length=150, help_text="Il dit ce que l’on gagne : « Savoir quand un mandat est nécessaire »."
    )
    slug = blocks.CharBlock(
        label="Adresse",
        required=False,
        max_length=100,
        validators=[validate_slug],
        help_text="En minuscules, avec des traits d’union. Laissez vide : elle sera tirée du titre.",
    )
    minutes = blocks.IntegerBlock(label="Durée en minutes", min_value=1, max_value=LONGEST_ETAPE)
    reflection = blocks.IntegerBlock(
        label="Dont réflexion, en minutes",
        default=0,
        min_value=0,
        max_value=LONGEST_ETAPE,
        help_text="Le temps des exercices et des questions. Le reste se compte : 130 mots lus par minute.",
    )
    reflection_reason = blocks.CharBlock(
        label="À quoi sert cette réflexion",
        required=False,
        max_length=200,
        help_text="Par exemple : l’exercice (4 min) et les trois questions (2 min).",
    )
    estimate = blocks.BooleanBlock(
        label="Estimation à vérifier",
        required=False,
        help_text="La durée n’a pas été obtenue ainsi ; les apprenants le liront.",
    )
    competences = CompetencesBlock(
        label="Compétences travaillées", help_text="Aucune case cochée : ce sont celles du module."
    )
    content = ContenuBlock()

    class Meta:
        label = "Étape"
        label_format = "{title}"
        icon = "clipboard-list"


class EtapesBlock(blocks.StreamBlock):
    etape = EtapeBlock()

    class Meta:
        label = "Étapes"
