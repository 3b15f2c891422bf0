"""Blocks that show a file. What each of them still lacks is said when the page is published: `engine/faults.py`."""

from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

from parcours.catalogue.blocks.textes import PLAIN_FEATURES
from parcours.catalogue.engine.durations import LONGEST_ETAPE


class ImageDecriteBlock(blocks.StructBlock):
    image = ImageChooserBlock(label="Image")
    alternative = blocks.CharBlock(
        label="Texte de remplacement",
        required=False,
        max_length=300,
        help_text="Ce que l’image apprend à qui ne la voit pas.",
    )
    decorative = blocks.BooleanBlock(label="Image décorative", required=False, help_text="Elle n’apprend rien.")
    caption = blocks.CharBlock(label="Légende", required=False, max_length=200)
    text_equivalent = blocks.RichTextBlock(
        label="Le même contenu en texte",
        required=False,
        features=PLAIN_FEATURES,
        help_text="Obligatoire pour un schéma : tout ce qu’il montre, écrit.",
    )

    class Meta:
        template = "catalogue/blocks/image.html"
        label = "Image"
        icon = "image"


class DocumentBlock(blocks.StructBlock):
    document = DocumentChooserBlock(label="Document")
    title = blocks.CharBlock(
        label="Titre", max_length=150, help_text="Avec le format et le poids : « Fiche mémo (PDF, 40 ko) »."
    )

    class Meta:
        template = "catalogue/blocks/document.html"
        label = "Document"
        icon = "doc-full"


class VideoBlock(blocks.StructBlock):
    title = blocks.CharBlock(label="Titre", max_length=150)
    video = DocumentChooserBlock(label="Vidéo (mp4 ou webm)")
    captions = DocumentChooserBlock(label="Sous-titres (vtt)", required=False)
    minutes = blocks.IntegerBlock(label="Durée en minutes", min_value=1, max_value=LONGEST_ETAPE)
    transcript = blocks.RichTextBlock(label="Transcription complète", required=False, features=PLAIN_FEATURES)

    class Meta:
        template = "catalogue/blocks/video.html"
        label = "Vidéo"
        icon = "media"


class AudioBlock(blocks.StructBlock):
    title = blocks.CharBlock(label="Titre", max_length=150)
    audio = DocumentChooserBlock(label="Son (mp3, ogg, m4a ou wav)")
    minutes = blocks.IntegerBlock(label="Durée en minutes", min_value=1, max_value=LONGEST_ETAPE)
    transcript = blocks.RichTextBlock(
        label="Transcription complète",
        required=False,
        features=PLAIN_FEATURES,
        help_text="Obligatoire : tout ce qui s’entend, et qui parle.",
    )

    class Meta:
        template = "catalogue/blocks/audio.html"
        label = "Son"
        label_format = "{title}"
        icon = "media"
