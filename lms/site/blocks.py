"""What a page of the site is made of; the labels are what its editor reads in the CMS."""

from wagtail import blocks

TEXT_FEATURES = ["h2", "h3", "bold", "italic", "ol", "ul", "link", "document-link", "blockquote"]
PLAIN_FEATURES = ["bold", "italic", "ol", "ul", "link", "document-link"]


class EncadreBlock(blocks.StructBlock):
    kind = blocks.ChoiceBlock(
        label="Sorte",
        choices=[("retenir", "À retenir"), ("attention", "Mise en garde"), ("situation", "Situation de départ")],
        default="retenir",
    )
    title = blocks.CharBlock(label="Titre", required=False, max_length=150)
    text = blocks.RichTextBlock(label="Texte", features=PLAIN_FEATURES)

    class Meta:
        label = "Encadré"
        icon = "info-circle"


class EditorialBlock(blocks.StreamBlock):
    texte = blocks.RichTextBlock(label="Texte", features=TEXT_FEATURES, icon="pilcrow")
    encadre = EncadreBlock()

    class Meta:
        label = "Contenu"
