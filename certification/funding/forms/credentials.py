from django import forms

from certification.funding.forms.fields import PDF_HELP
from certification.funding.lifecycle import CredentialKind
from lms.site.forms import DayField
from parcours.classroom.forms.written import WrittenForm
from parcours.paperwork.forms.amounts import PdfField


class CredentialForm(WrittenForm):
    kind = forms.ChoiceField(
        label="Ce que vous déclarez",
        choices=[(one.value, f"{one.label[:1].upper()}{one.label[1:]}") for one in CredentialKind],
        widget=forms.RadioSelect,
        initial=CredentialKind.QUALIOPI,
    )
    number = forms.CharField(label="Numéro", max_length=60)
    issuer = forms.CharField(
        label="Délivré par", required=False, max_length=120, help_text="L’organisme certificateur, ou la préfecture."
    )
    starts_on = DayField(label="Valable à partir du")
    ends_on = DayField(label="Valable jusqu’au", required=False, help_text="Rien si aucune fin n’est prévue.")
    file = PdfField(label="La pièce", required=False, help_text=PDF_HELP)

    def __init__(self, *args, organisation, **kwargs):
        self.organisation = organisation
        super().__init__(*args, **kwargs)

    def clean(self):
        cleaned = super().clean()
        first, last = cleaned.get("starts_on"), cleaned.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", "La fin de validité précède son début : corrigez l’une des deux dates.")
        if cleaned.get("kind") == CredentialKind.QUALIOPI and first and not last:
            self.add_error("ends_on", "Un certificat Qualiopi a une fin : donnez-la.")
        return cleaned
