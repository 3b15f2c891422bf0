from django import forms

from lms.organisations.actions import declare_employer
from lms.organisations.models import Departement
from lms.site.forms import Form

OTHER = "autre"


class EnrolForm(Form):
    """Which edition was read, and for which employer the person learns."""

    edition = forms.IntegerField(widget=forms.HiddenInput)
    employer = forms.ChoiceField(label="Pour quel employeur suivez-vous ce parcours ?", widget=forms.RadioSelect)
    siret = forms.CharField(
        label="SIRET de votre employeur",
        required=False,
        max_length=30,
        help_text="14 chiffres, sur votre bulletin de paie ou l’avis de situation de la structure.",
    )
    name = forms.CharField(label="Nom de la structure", required=False, max_length=200)
    departement = forms.ModelChoiceField(
        Departement.objects.all(), label="Département", required=False, empty_label="Choisissez un département"
    )

    def __init__(self, *args, employers, edition, **kwargs):
        super().__init__(*args, **kwargs)
        self.employers = {str(one.pk): one for one in employers}
        self.current = edition
        self.fields["edition"].initial = edition.pk
        choices = [(pk, str(one)) for pk, one in self.employers.items()]
        self.fields["employer"].choices = [*choices, (OTHER, "Un autre employeur" if choices else "Mon employeur")]
        if len(choices) <= 1:
            self.fields["employer"].initial = choices[0][0] if choices else OTHER

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("employer") == OTHER:
            for name, sentence in _MISSING.items():
                if not cleaned.get(name) and name not in self.errors:
                    self.add_error(name, sentence)
        return cleaned

    def clean_edition(self):
        """An older edition on screen: the person reads again what is now announced before committing."""
        if self.cleaned_data["edition"] != self.current.pk:
            self.data = self.data.copy()
            self.data[self.add_prefix("edition")] = self.current.pk
            raise forms.ValidationError(
                "Le parcours a été mis à jour pendant que vous lisiez cette page. "
                "Voici ce qu’il annonce maintenant : relisez, puis confirmez."
            )
        return self.cleaned_data["edition"]

    def employer_of(self, person):
        """The organisation chosen; declared on the way when it was not known. Raises nothing once the form is valid."""
        chosen = self.cleaned_data["employer"]
        if chosen != OTHER:
            return self.employers[chosen]
        return declare_employer(
            person,
            siret=self.cleaned_data["siret"],
            name=self.cleaned_data["name"],
            departement=self.cleaned_data["departement"],
        )


_MISSING = {
    "siret": "Indiquez le SIRET de la structure : 14 chiffres, sur votre bulletin de paie ou l’avis de situation.",
    "name": "Indiquez le nom de la structure qui vous emploie.",
    "departement": "Choisissez le département de la structure.",
}


class AnswerForm(forms.Form):
    """One answer as a browser sends it. Only its shape is checked here: the edition decides the rest."""

    question_id = forms.UUIDField()
    given = forms.Field(required=False, widget=forms.SelectMultiple)
    attempt = forms.IntegerField(min_value=1, max_value=999)
    client_id = forms.RegexField(r"^[A-Za-z0-9-]{8,64}$")
    said_at = forms.DateTimeField(required=False)

    def clean_question_id(self):
        return str(self.cleaned_data["question_id"])

    def clean_given(self):
        given = self.data.getlist("given")
        if not given:
            raise forms.ValidationError("Choisissez une réponse, puis enregistrez-la.")
        if len(given) > 50 or any(len(one) > 64 for one in given):
            raise forms.ValidationError("Choisissez une réponse parmi celles qui sont proposées.")
        return given

    @property
    def sentence(self):
        """The one sentence of a refusal: the missing choice first, else that the page is to be read again."""
        if "given" in self.errors:
            return self.errors["given"][0]
        return "Votre réponse n’a pas pu être lue : rechargez la page, puis répondez de nouveau."
