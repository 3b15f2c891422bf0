"""The words of the catalogue that are data, and those that the CMS leaves in English where a trainer writes a link."""

from wagtail.admin.forms import choosers
from wagtail.snippets.models import register_snippet

from parcours.catalogue.viewsets.words import WordsGroup

TEXT_OF_LINK = {"link_text": "Texte du lien"}
LABELS = {
    choosers.ExternalLinkChooserForm: TEXT_OF_LINK | {"url": "Adresse"},
    choosers.AnchorLinkChooserForm: TEXT_OF_LINK | {"url": "Nom de l’ancre, sans le #"},
    choosers.EmailLinkChooserForm: TEXT_OF_LINK
    | {"email_address": "Adresse électronique", "subject": "Objet", "body": "Message"},
    choosers.PhoneLinkChooserForm: TEXT_OF_LINK | {"phone_number": "Numéro de téléphone"},
}
for form, labels in LABELS.items():
    for name, label in labels.items():
        form.base_fields[name].label = label

register_snippet(WordsGroup)
