from django import forms
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from lms.site.forms import Form
from parcours.emargement.engine.codes import digits_of

NOT_SIX = "Un code comporte six chiffres : recopiez-le comme le formateur l’a donné, par exemple 482 910."


class CodeForm(Form):
    code = forms.CharField(
        label="Votre code personnel",
        max_length=20,
        help_text="Six chiffres. Il ne vaut que pour vous et pour cette demi-journée.",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
        error_messages={"required": NOT_SIX, "max_length": NOT_SIX},
    )

    def clean_code(self):
        digits = digits_of(self.cleaned_data["code"])
        if not digits:
            raise forms.ValidationError(NOT_SIX)
        return digits


class SentSignature(forms.Form):
    """One signature as a device without network kept it."""

    client_id = forms.RegexField(r"\A[A-Za-z0-9-]{8,64}\Z")
    attendance = forms.UUIDField()
    claimed_at = forms.CharField(max_length=40)

    def clean_claimed_at(self):
        try:
            claimed_at = parse_datetime(self.cleaned_data["claimed_at"])
        except ValueError:
            claimed_at = None
        if claimed_at is None or timezone.is_naive(claimed_at):
            raise forms.ValidationError("L’heure de l’appareil ne se lit pas.")
        return claimed_at
