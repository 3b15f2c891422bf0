from django import forms

from lms.organisations.models import Departement
from lms.site.forms import ModelForm
from parcours.classroom.models import Room


class RoomForm(ModelForm):
    departement = forms.ModelChoiceField(
        label="Département",
        queryset=Departement.objects.order_by("code"),
        empty_label="Choisir…",
        help_text="Il donne l’heure du lieu.",
        error_messages={"required": "Choisissez le département."},
    )
    postcode = forms.RegexField(
        label="Code postal",
        regex=r"^\d{5}$",
        error_messages={"invalid": "Un code postal comporte cinq chiffres."},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )

    class Meta:
        model = Room
        fields = [
            *("organisation", "name", "address", "postcode", "city"),
            *("departement", "capacity", "is_accessible", "access"),
        ]
        widgets = {"access": forms.Textarea(attrs={"rows": 3})}
        error_messages = {"name": {"required": "Donnez un nom à la salle."}}

    def __init__(self, *args, organisations, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = organisations
        self.fields["organisation"].empty_label = None
        self.fields["capacity"].min_value = 1
        if len(organisations) == 1:
            self.fields["organisation"].widget = forms.HiddenInput()
            self.initial.setdefault("organisation", organisations[0].pk)
