"""Blocks that are read."""

from wagtail import blocks

TEXT_FEATURES = ["h2", "h3", "bold", "italic", "ol", "ul", "link", "document-link", "blockquote", "code"]
PLAIN_FEATURES = ["bold", "italic", "ol", "ul", "link", "document-link", "code"]
INLINE_FEATURES = ["bold", "italic", "link"]


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


class SectionBlock(blocks.StructBlock):
    title = blocks.CharBlock(label="Titre de la section", max_length=150)
    text = blocks.RichTextBlock(label="Texte", features=PLAIN_FEATURES)

    class Meta:
        label = "section"
        label_format = "{title}"


class AccordeonBlock(blocks.StructBlock):
    title = blocks.CharBlock(label="Titre", max_length=150, help_text="Par exemple : « Pour aller plus loin ».")
    sections = blocks.ListBlock(
        SectionBlock(),
        label="Sections",
        min_num=2,
        help_text="Repliées à l’ouverture de la page : n’y mettez rien d’indispensable.",
    )

    class Meta:
        template = "catalogue/blocks/accordeon.html"
        label = "Accordéon"
        label_format = "{title}"
        icon = "list-ul"


class CitationBlock(blocks.StructBlock):
    text = blocks.RichTextBlock(label="Texte cité", features=PLAIN_FEATURES, help_text="Sans guillemets.")
    author = blocks.CharBlock(label="Auteur", required=False, max_length=150)
    source = blocks.CharBlock(
        label="Source", max_length=200, help_text="L’ouvrage, le rapport ou le texte de loi d’où viennent ces mots."
    )
    year = blocks.IntegerBlock(label="Année", required=False, min_value=1, max_value=2100)
    url = blocks.URLBlock(label="Adresse", required=False, help_text="Commence par https://.")

    class Meta:
        template = "catalogue/blocks/citation.html"
        label = "Citation"
        label_format = "{source}"
        icon = "openquote"


class TermeBlock(blocks.StructBlock):
    term = blocks.CharBlock(label="Terme", max_length=100)
    definition = blocks.RichTextBlock(label="Définition", features=INLINE_FEATURES, help_text="Une phrase ou deux.")

    class Meta:
        label = "terme"
        label_format = "{term}"


class GlossaireBlock(blocks.StructBlock):
    title = blocks.CharBlock(label="Titre", default="Glossaire", max_length=150)
    terms = blocks.ListBlock(TermeBlock(), label="Termes", min_num=1)

    class Meta:
        template = "catalogue/blocks/glossaire.html"
        label = "Glossaire"
        label_format = "{title}"
        icon = "book"
