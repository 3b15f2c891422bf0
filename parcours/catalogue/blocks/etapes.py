"""What an étape is made of. Labels, help and refusals are what a trainer reads in the CMS."""

import re

from django.core.exceptions import ValidationError
from django.core.validators import validate_slug
from django.utils.html import strip_tags
from wagtail import blocks
from wagtail.blocks.stream_block import StreamBlockValidationError
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock
from wagtail.rich_text import RichText

from parcours.assessment.blocks import SerieDeQuestionsBlock

TEXT_FEATURES = ["h2", "h3", "bold", "italic", "ol", "ul", "link", "document-link", "blockquote", "code"]
PLAIN_FEATURES = ["bold", "italic", "ol", "ul", "link", "document-link", "code"]
LONGEST_ETAPE = 60


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

    def clean(self, value):
        cleaned = super().clean(value)
        alternative, decorative = cleaned["alternative"].strip(), cleaned["decorative"]
        if not alternative and not decorative:
            sentence = "Décrivez l’image, ou cochez « Image décorative » si elle n’apprend rien."
            raise StructBlockValidationError({"alternative": ValidationError(sentence)})
        if alternative and decorative:
            sentence = "Une image décorative n’a pas de texte de remplacement : videz-le, ou décochez la case."
            raise StructBlockValidationError({"decorative": ValidationError(sentence)})
        if not strip_tags(cleaned["text_equivalent"].source).strip():
            cleaned["text_equivalent"] = RichText("")
        if is_diagram(cleaned["image"]) and not decorative and not cleaned["text_equivalent"].source:
            sentence = "Un schéma doit être donné aussi en texte : écrivez ici tout ce qu’il montre."
            raise StructBlockValidationError({"text_equivalent": ValidationError(sentence)})
        return cleaned


def is_diagram(image) -> bool:
    return image.filename.lower().endswith(".svg")


class EncadreBlock(blocks.StructBlock):
    kind = blocks.ChoiceBlock(
        label="Sorte",
        choices=[("retenir", "À retenir"), ("attention", "Mise en garde"), ("situation", "Situation de départ")],
        default="retenir",
    )
    title = blocks.CharBlock(label="Titre", required=False, max_length=150)
    text = blocks.RichTextBlock(label="Texte", features=PLAIN_FEATURES)

    class Meta:
        template = "catalogue/blocks/encadre.html"
        label = "Encadré"
        icon = "info-circle"


class MarcheBlock(blocks.StructBlock):
    title = blocks.CharBlock(label="Titre", max_length=150)
    steps = blocks.ListBlock(
        blocks.RichTextBlock(label="Geste", features=PLAIN_FEATURES), label="Gestes, dans l’ordre", min_num=2
    )

    class Meta:
        template = "catalogue/blocks/marche.html"
        label = "Marche à suivre"
        label_format = "{title}"
        icon = "list-ol"


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
    captions = DocumentChooserBlock(label="Sous-titres (vtt)")
    minutes = blocks.IntegerBlock(label="Durée en minutes", min_value=1, max_value=LONGEST_ETAPE)
    transcript = blocks.RichTextBlock(label="Transcription complète", features=PLAIN_FEATURES)

    class Meta:
        template = "catalogue/blocks/video.html"
        label = "Vidéo"
        icon = "media"

    def clean(self, value):
        cleaned = super().clean(value)
        errors = {}
        if not cleaned["video"].filename.lower().endswith((".mp4", ".webm")):
            errors["video"] = ValidationError("La vidéo doit être un fichier mp4 ou webm.")
        if not cleaned["captions"].filename.lower().endswith(".vtt"):
            errors["captions"] = ValidationError("Les sous-titres doivent être un fichier vtt.")
        if errors:
            raise StructBlockValidationError(errors)
        return cleaned


class ExerciceBlock(blocks.StructBlock):
    title = blocks.CharBlock(label="Titre", max_length=150)
    minutes = blocks.IntegerBlock(
        label="Durée essayée, en minutes",
        min_value=1,
        max_value=LONGEST_ETAPE,
        help_text="Chronométrée avec une personne qui découvre l’exercice.",
    )
    instructions = blocks.RichTextBlock(label="Consigne", features=PLAIN_FEATURES)
    answer = blocks.RichTextBlock(
        label="Repères pour se corriger", features=PLAIN_FEATURES, help_text="Montrés sur demande."
    )

    class Meta:
        template = "catalogue/blocks/exercice.html"
        label = "Exercice guidé"
        label_format = "{title}"
        icon = "form"


class LienExterneBlock(blocks.StructBlock):
    kind = blocks.ChoiceBlock(label="Sorte", choices=[("pix", "Test Pix"), ("lien", "Autre site")], default="lien")
    title = blocks.CharBlock(label="Titre", max_length=150)
    url = blocks.URLBlock(label="Adresse", required=False, help_text="Commence par https://.")
    text = blocks.RichTextBlock(
        label="Ce que la personne va y trouver",
        features=PLAIN_FEATURES,
        help_text="Pour le test Pix, l’adresse e-mail à utiliser est affichée à côté, avec un bouton pour la copier.",
    )

    class Meta:
        template = "catalogue/blocks/lien.html"
        label = "Lien externe"
        icon = "link-external"

    def clean(self, value):
        cleaned = super().clean(value)
        if cleaned["kind"] == "lien" and not cleaned["url"]:
            raise StructBlockValidationError({"url": ValidationError("Donnez l’adresse du site.")})
        if cleaned["url"] and not cleaned["url"].startswith("https://"):
            raise StructBlockValidationError({"url": ValidationError("L’adresse doit commencer par https://.")})
        return cleaned


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
    lien = LienExterneBlock()
    questions = SerieDeQuestionsBlock(template="catalogue/blocks/serie.html")

    class Meta:
        label = "Contenu"
        min_num = 1


HEADING = re.compile(r"<h([23])[ >]")
TITLED = ("marche", "exercice", "lien", "questions")


def faults_of_headings(content) -> list[str]:
    """A reader by headings must meet no gap: a level 3 follows a level 2."""
    level = 1
    for block in content:
        reached = [2] if block["type"] in TITLED else []
        if block["type"] == "texte":
            reached = [int(found) for found in HEADING.findall(block["value"])]
        for heading in reached:
            if heading > level + 1:
                return ["Un intertitre de niveau 3 n’a pas d’intertitre de niveau 2 au-dessus de lui."]
            level = heading
    return []


def faults_of_series(content) -> list[str]:
    rules = [block["value"]["rule"] for block in content if block["type"] == "questions"]
    if "score" in rules and len(rules) > 1:
        return ["Un quiz noté est la seule série de questions de son étape : mettez les autres dans une autre étape."]
    return []


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
    content = ContenuBlock()

    class Meta:
        label = "Étape"
        label_format = "{title}"
        icon = "clipboard-list"

    def clean(self, value):
        cleaned = super().clean(value)
        content = self.child_blocks["content"].get_prep_value(cleaned["content"])
        if sentences := [*faults_of_headings(content), *faults_of_series(content)]:
            raise StructBlockValidationError({"content": StreamBlockValidationError(non_block_errors=sentences)})
        return cleaned


class EtapesBlock(blocks.StreamBlock):
    etape = EtapeBlock()

    class Meta:
        label = "Étapes"

    def clean(self, value):
        cleaned = super().clean(value)
        slugs = [child.value["slug"] for child in cleaned if child.value["slug"]]
        if repeated := sorted({slug for slug in slugs if slugs.count(slug) > 1}):
            sentence = f"Deux étapes ont la même adresse : {', '.join(repeated)}."
            raise StreamBlockValidationError(non_block_errors=[sentence])
        return cleaned
