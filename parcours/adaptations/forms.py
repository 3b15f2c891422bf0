from django import forms
from django.utils import timezone

from lms.kernel.rules import current
from lms.kernel.sensitive import without_social_security
from lms.organisations.models import Organisation
from lms.site.forms import Form
from parcours.adaptations.documents import USUAL_EXTRA_TIME, organisations_that_answer
from parcours.adaptations.models import Kind, Occasion

LONGEST_TEXT = 2000
NUMBER_TAKEN_OUT = (
    "Un numéro de sécurité sociale a été retiré de votre texte : il n’est jamais gardé ici. Relisez, puis envoyez."
)
PAST = "Cette date est passée : choisissez-en une à venir, ou laissez vide."


class UntilField(forms.DateField):
    def __init__(self, label, help_text):
        super().__init__(
            label=label,
            required=False,
            help_text=help_text,
            widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            error_messages={"invalid": "Écrivez la date ainsi : 31/12/2027."},
        )

    def clean(self, value):
        day = super().clean(value)
        if day and day < timezone.localdate():
            raise forms.ValidationError(PAST)
        return day


def without_number(form, name):
    """Refuse a social security number, and take it out of what the page shows again."""
    masked, found = without_social_security(form.cleaned_data[name])
    if found:
        form.data = form.data.copy()
        form.data[form.add_prefix(name)] = masked
        raise forms.ValidationError(NUMBER_TAKEN_OUT)
    return masked


class AskForm(Form):
    organisation = forms.ModelChoiceField(
        label="Organisme à qui vous écrivez",
        queryset=Organisation.objects.none(),
        empty_label=None,
        error_messages={
            "required": "Choisissez l’organisme.",
            "invalid_choice": "Choisissez un organisme de la liste.",
        },
    )
    wish = forms.CharField(
        label="Qu’est-ce qui vous aiderait ?",
        help_text="Par exemple : plus de temps, des pauses, une salle sans escalier. "
        "N’écrivez ni diagnostic, ni traitement : ils ne vous seront pas demandés.",
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={
            "required": "Dites ce qui vous aiderait, en quelques mots.",
            "max_length": f"Ce texte est trop long : gardez l’essentiel, en {LONGEST_TEXT} signes au plus.",
        },
    )
    occasions = forms.MultipleChoiceField(
        label="Pour quelles occasions ?",
        choices=Occasion.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Cochez au moins une occasion."},
    )
    until = UntilField("Jusqu’à quand ?", "Laissez vide si vous ne savez pas.")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = organisations_that_answer()

    def clean_wish(self):
        return without_number(self, "wish")


class AnswerForm(Form):
    kinds = forms.MultipleChoiceField(
        label="Mesures accordées",
        required=False,
        choices=Kind.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text="Elles s’appliquent d’elles-mêmes dès maintenant. "
        "Sans mesure cochée, la personne reçoit votre réponse seule.",
    )
    percent = forms.IntegerField(
        label="Temps ajouté, en pour cent",
        required=False,
        min_value=1,
        max_value=200,
        help_text="Pour le temps majoré seulement.",
        error_messages={
            "invalid": "Écrivez un nombre entier, par exemple 33.",
            "min_value": "Le temps ajouté va de 1 à 200 %%.",
            "max_value": "Le temps ajouté va de 1 à 200 %%.",
        },
    )
    until = UntilField("Jusqu’au", "Laissez vide pour toute la durée de la formation.")
    answer = forms.CharField(
        label="Votre réponse",
        help_text="La personne la lira. Dites ce qui est prévu, et à qui s’adresser si cela ne suffit pas.",
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": "Écrivez une réponse : la personne l’attend."},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["percent"].initial = current(USUAL_EXTRA_TIME.code)

    def clean_answer(self):
        return without_number(self, "answer")

    def clean(self):
        cleaned = super().clean()
        if Kind.EXTRA_TIME in cleaned.get("kinds", []) and "percent" not in self.errors and not cleaned.get("percent"):
            self.add_error("percent", "Dites combien de temps est ajouté, par exemple 33 %.")
        return cleaned
