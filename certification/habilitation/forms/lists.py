from django import forms

from certification.habilitation.documents.people import SORTS, STATES, Search
from lms.site.forms import NarrowingForm


class PeopleForm(NarrowingForm):
    q = forms.CharField(label="Rechercher une personne", required=False, max_length=200)
    etat = forms.ChoiceField(label="Où elle en est", required=False, choices=[("", "Tous"), *STATES.items()])
    tri = forms.ChoiceField(label="Trier par", required=False, choices=[*SORTS.items()])

    @property
    def search(self) -> Search:
        """What was asked, a filter that means nothing being left out."""
        self.is_valid()
        return Search(**{name: value for name, value in self.cleaned_data.items() if value})


class QueueForm(NarrowingForm):
    q = forms.CharField(label="Rechercher une personne ou une structure", required=False, max_length=200)
    attente = forms.ChoiceField(
        label="Attend depuis",
        required=False,
        choices=[("", "Peu importe"), ("7", "Plus d’une semaine"), ("30", "Plus d’un mois")],
    )
