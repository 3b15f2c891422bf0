"""Which days a file of people is asked for: never all of them at once."""

import datetime

from django import forms
from django.utils import timezone

from certification.funding.documents.months import LAST, days_of
from lms.site.forms import DayField
from parcours.classroom.forms.written import WrittenForm

MOST_DAYS = 366
TOO_LONG = "Un fichier porte sur un an au plus : rapprochez les deux dates, ou demandez-en deux."
BACKWARDS = "Cette date précède le début : corrigez l’une des deux."
TO_COME = "Cette date est à venir : choisissez aujourd’hui ou un jour passé."


class PeriodForm(WrittenForm):
    starts_on = DayField(label="Du")
    ends_on = DayField(label="Au")

    def __init__(self, data=None):
        first, last = days_of(LAST)
        super().__init__(data, initial={"starts_on": first, "ends_on": last})

    def clean_starts_on(self):
        day = self.cleaned_data["starts_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(TO_COME)
        return day

    def clean(self):
        cleaned = super().clean()
        first, last = cleaned.get("starts_on"), cleaned.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", BACKWARDS)
        elif first and last and last - first >= datetime.timedelta(days=MOST_DAYS):
            self.add_error("ends_on", TOO_LONG)
        return cleaned

    @property
    def period(self):
        return self.cleaned_data["starts_on"], self.cleaned_data["ends_on"]
