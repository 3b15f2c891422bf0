from django import forms

from lms.site.forms import NarrowingForm
from lms.site.selecting import Select
from parcours.classroom.documents.listing import PERIODS, SORTS, Search
from parcours.classroom.forms.preparing import DayField
from parcours.classroom.lifecycle import Modality, SessionState


class SearchForm(NarrowingForm):
    periode = forms.ChoiceField(label="Période", required=False, choices=list(PERIODS.items()), widget=Select)
    du = DayField(label="À partir du", required=False)
    au = DayField(label="Jusqu’au", required=False)
    parcours = forms.TypedChoiceField(label="Parcours", required=False, coerce=int, empty_value=None, widget=Select)
    modalite = forms.ChoiceField(
        label="Modalité", required=False, choices=[("", "Toutes"), *Modality.choices], widget=Select
    )
    etat = forms.ChoiceField(label="État", required=False, choices=[("", "Tous"), *SessionState.choices], widget=Select)
    departement = forms.ChoiceField(label="Département", required=False, widget=Select)
    formateur = forms.TypedChoiceField(label="Formateur", required=False, coerce=int, empty_value=None, widget=Select)
    tri = forms.ChoiceField(
        label="Trier par",
        required=False,
        choices=[("", "Date"), *((code, label) for code, (label, _) in SORTS.items())],
        widget=Select,
    )

    def __init__(self, data, *, choices):
        super().__init__(data)
        for name, found in choices.items():
            self.fields[name].choices = [("", "Tous"), *found]

    @property
    def search(self) -> Search:
        """What was asked, a filter that means nothing being left out."""
        self.is_valid()
        return Search(**{name: value for name, value in self.cleaned_data.items() if value})
