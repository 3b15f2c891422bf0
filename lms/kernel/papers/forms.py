from django import forms

from .checking import token_in

NUMBER_ONLY = (
    "Collez l’adresse imprimée sous « Vérifier ce document », ou le code qui la termine. "
    "Le numéro seul ne suffit pas : il se devine."
)


class AddressForm(forms.Form):
    use_required_attribute = False

    address = forms.CharField(
        label="Adresse ou code de vérification",
        max_length=300,
        help_text="Elle est imprimée en bas du document et se termine par un code de 32 caractères.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={
            "required": "Collez l’adresse ou le code imprimé en bas du document.",
            "max_length": NUMBER_ONLY,
        },
    )

    def clean_address(self):
        token = token_in(self.cleaned_data["address"])
        if not token:
            raise forms.ValidationError(NUMBER_ONLY)
        return token


class FileForm(forms.Form):
    use_required_attribute = False

    file = forms.FileField(
        label="Fichier PDF reçu",
        help_text="PDF de 5 Mo au plus. Il est lu en mémoire, comparé, puis oublié.",
        widget=forms.FileInput(attrs={"accept": "application/pdf,.pdf"}),
    )

    @classmethod
    def refusing(cls, sentence):
        """The form as it comes back when the file could not even be looked at."""
        form = cls({})
        form.errors.clear()
        form.add_error("file", sentence)
        return form
