"""Fields of money, dates and files as this room asks for them."""

from django import forms

from parcours.assistance.forms import CheckedFileField

PDF = "application/pdf"
NOT_A_PDF = "« {name} » n’est pas un PDF : enregistrez ou numérisez le document signé en PDF."


class EuroField(forms.DecimalField):
    def __init__(self, **options):
        widget = forms.TextInput(attrs={"inputmode": "decimal"})
        messages = {
            "invalid": "Écrivez un montant en chiffres : 1234,50.",
            "max_decimal_places": "Un montant a deux décimales au plus.",
        }
        defaults = {"max_digits": 9, "decimal_places": 2, "min_value": 0, "localize": True, "widget": widget}
        super().__init__(error_messages=messages, **(defaults | options))

    def to_python(self, value):
        """As the screens write it too: « 1 234,50 € »."""
        return super().to_python("".join(value.replace("€", "").split()) if isinstance(value, str) else value)


class PdfField(CheckedFileField):
    widget = forms.FileInput(attrs={"accept": "application/pdf,.pdf"})

    def clean(self, data, initial=None):
        checked = super().clean(data, initial)
        if checked and checked.content_type != PDF:
            raise forms.ValidationError(NOT_A_PDF.format(name=checked.name))
        return checked
