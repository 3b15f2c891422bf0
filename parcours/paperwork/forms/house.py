from django import forms

from lms.organisations.models import Organisation
from lms.site.forms import Form, ModelForm

LONGEST = 20_000


class MentionsForm(ModelForm):
    class Meta:
        model = Organisation
        fields = [
            "nda",
            "address",
            "address_complement",
            "postcode",
            "city",
            "signatory_name",
            "signatory_role",
            "dpo_contact",
            "vat_rate",
            "vat_mention",
            "payment_terms",
        ]


class TextForm(Form):
    body = forms.CharField(
        label="Texte",
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 30}),
        help_text="Une ligne qui commence par « ## » est un titre, par « - » un élément de liste.",
        error_messages={"required": "Écrivez le texte à remettre."},
    )
