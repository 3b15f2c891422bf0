from django import forms

from lms.organisations.models import Campagne, Wave
from lms.pilotage.documents.objectives import places_of
from lms.pilotage.models.objectives import objectives_of
from lms.site.forms import DayField, Form, ModelForm

MOST = 1_000_000
DAY = {"format": "%Y-%m-%d", "attrs": {"type": "date"}}


class DatedForm(ModelForm):
    """Checked whole, and written by the action alone."""

    class Meta:
        field_classes = {"starts_on": DayField, "ends_on": DayField}
        widgets = {"starts_on": forms.DateInput(**DAY), "ends_on": forms.DateInput(**DAY)}


class CampagneForm(DatedForm):
    class Meta(DatedForm.Meta):
        model = Campagne
        fields = ["name", "objective", "starts_on", "ends_on"]


class WaveForm(DatedForm):
    class Meta(DatedForm.Meta):
        model = Wave
        fields = ["label", "period_label", "starts_on", "ends_on"]


class ObjectivesForm(Form):
    """A number a place; a place left empty has no objective."""

    def __init__(self, *data, campagne, grain):
        super().__init__(*data)
        known = objectives_of(campagne, grain)
        for place in places_of(grain):
            self.fields[place.pk] = forms.IntegerField(
                label=str(place), required=False, min_value=0, max_value=MOST, initial=known.get(place.pk)
            )

    @property
    def values(self) -> dict[str, int]:
        return {code: number for code, number in self.cleaned_data.items() if number}
