from django import forms
from django.utils import timezone

from lms.site.forms import Form
from parcours.classroom.forms.preparing import PAST, DayField


class CancelForm(Form):
    reason = forms.CharField(
        label="Motif de l’annulation",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Il est envoyé tel quel aux personnes inscrites et à leurs référents.",
        error_messages={"required": "Dites pourquoi en quelques mots : le motif est envoyé aux personnes inscrites."},
    )


class DuplicateForm(Form):
    first_day = DayField(
        label="Premier jour de la nouvelle session",
        help_text="Les autres demi-journées gardent le même écart et les mêmes heures.",
    )

    def clean_first_day(self):
        day = self.cleaned_data["first_day"]
        if day <= timezone.localdate():
            raise forms.ValidationError(PAST)
        return day
