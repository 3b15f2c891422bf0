from django import forms

from lms.organisations.models import Departement
from lms.site.forms import Form, PageField
from lms.site.selecting import Select
from parcours.catalogue.models import ParcoursPage
from parcours.classroom.documents.finding import ALONE, Search, offered_parcours
from parcours.classroom.lifecycle import Modality

DATE = {"type": "date"}


class FindForm(Form):
    """A filter that means nothing is left out: an address that was shared always shows a list."""

    departement = forms.ChoiceField(label="Département", required=False, widget=Select)
    zone = forms.ChoiceField(
        label="Chercher",
        required=False,
        choices=[("", "dans ce département et ses voisins"), (ALONE, "dans ce département seulement")],
    )
    parcours = forms.TypedChoiceField(label="Parcours", required=False, coerce=int, empty_value=None, widget=Select)
    modalite = forms.ChoiceField(
        label="Modalité", required=False, choices=[("", "Toutes"), *((code, label) for code, label in Modality.choices)]
    )
    du = forms.DateField(label="À partir du", required=False, widget=forms.DateInput(DATE, format="%Y-%m-%d"))
    libres = forms.BooleanField(label="Seulement avec des places libres", required=False)

    def __init__(self, data):
        super().__init__(data)
        self.fields["departement"].choices = [
            ("", "Tous"),
            *((one.code, str(one)) for one in Departement.objects.all()),
        ]
        self.fields["parcours"].choices = [("", "Tous"), *offered_parcours()]

    @property
    def search(self) -> Search:
        self.is_valid()
        return Search(**{name: value for name, value in self.cleaned_data.items() if value})


class NeedForm(Form):
    parcours = PageField(
        label="Parcours recherché",
        queryset=ParcoursPage.objects.none(),
        empty_label="Choisir un parcours",
        error_messages={"invalid_choice": "Choisissez un parcours de la liste."},
    )
    departement = forms.ModelChoiceField(
        label="Département où se former",
        queryset=Departement.objects.all(),
        empty_label="Choisir un département",
        error_messages={"invalid_choice": "Choisissez un département de la liste."},
    )
    people = forms.IntegerField(
        label="Nombre de personnes",
        min_value=1,
        max_value=500,
        initial=1,
        error_messages={
            "min_value": "Indiquez au moins une personne.",
            "max_value": "500 personnes au plus : au-delà, écrivez à un organisme de formation.",
            "invalid": "Écrivez un nombre, en chiffres.",
        },
    )
    structure = forms.CharField(
        label="Structure qui emploie ces personnes",
        required=False,
        max_length=200,
        error_messages={"max_length": "Ce nom est trop long : 200 caractères au plus."},
    )
    email = forms.EmailField(
        label="Adresse e-mail pour être prévenu",
        widget=forms.EmailInput({"autocomplete": "email"}),
        help_text="Un seul message, quand une session s’ouvre. Rien d’autre.",
        error_messages={"invalid": "Cette adresse n’est pas complète : elle s’écrit nom@exemple.fr."},
    )

    def __init__(self, *args, person=None, **kwargs):
        super().__init__(*args, **kwargs)
        live = ParcoursPage.objects.live().filter(editions__isnull=False).distinct()
        self.fields["parcours"].queryset = live.exclude(opening="fermee").order_by("title")
        if person is not None:
            del self.fields["email"]
