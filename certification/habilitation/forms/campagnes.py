from django import forms

from lms.organisations.models import Campagne, Wave
from lms.site.forms import ModelForm

DAY = {"format": "%Y-%m-%d", "attrs": {"type": "date"}}


class DatedForm(ModelForm):
    """Checked whole, and written by the action alone."""

    class Meta:
        widgets = {"starts_on": forms.DateInput(**DAY), "ends_on": forms.DateInput(**DAY)}


class CampagneForm(DatedForm):
    class Meta(DatedForm.Meta):
        model = Campagne
        fields = ["name", "objective", "starts_on", "ends_on"]


class WaveForm(DatedForm):
    class Meta(DatedForm.Meta):
        model = Wave
        fields = ["label", "period_label", "starts_on", "ends_on"]
