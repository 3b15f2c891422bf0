from django import forms

from lms.site.forms import Form


class ComeBackForm(Form):
    told = forms.CharField(
        label="Adresse électronique, ou identifiant d’Aidants Connect",
        help_text="Celle ou celui d’avant l’effacement, tels que la personne les donne.",
        max_length=254,
    )
