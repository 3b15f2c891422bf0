from django import forms
from django.utils import timezone

from lms.kernel.formats import NBSP
from lms.organisations.models import Organisation
from lms.site.forms import DayField, Form

MOST_FOUND = 10


class PairForm(Form):
    """Which record stays, which one is set aside: two of those that look alike."""

    kept = forms.ChoiceField(
        label="Fiche à garder", widget=forms.RadioSelect, error_messages={"required": "Choisissez la fiche à garder."}
    )
    merged = forms.ChoiceField(
        label="Fiche à mettre de côté",
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez la fiche à mettre de côté."},
    )

    def __init__(self, *args, members, **kwargs):
        super().__init__(*args, **kwargs)
        self.members = {str(one.public_id): one for one in members}
        for field in self.fields.values():
            field.choices = [(key, _told(one)) for key, one in self.members.items()]

    def clean(self):
        values = super().clean()
        if values.get("kept") and values.get("kept") == values.get("merged"):
            self.add_error("merged", "Choisissez deux fiches différentes : l’une reste, l’autre est mise de côté.")
        return values

    @property
    def pair(self):
        return self.members[self.cleaned_data["kept"]], self.members[self.cleaned_data["merged"]]


def _told(one):
    if isinstance(one, Organisation):
        return ", ".join(filter(None, (str(one), one.city, one.data_pass_id and f"Datapass {one.data_pass_id}")))
    return f"{one.full_name}, {one.email or 'sans adresse'}"


class PlaceForm(Form):
    """The structure somebody goes on in, found by its name, its town, its SIRET or its Datapass number."""

    q = forms.CharField(
        label="Structure d’arrivée", help_text="Nom, commune, SIRET ou numéro Datapass.", max_length=120
    )

    def found(self, besides):
        """Those that correspond, but for the one somebody leaves."""
        standing = Organisation.objects.structures().exclude(pk=besides.pk)
        return list(standing.matching(self.cleaned_data["q"]).for_list()[:MOST_FOUND])


class TransferForm(Form):
    organisation = forms.ChoiceField(label="Structure d’arrivée", widget=forms.RadioSelect)
    on = DayField(
        label="Depuis le",
        error_messages={"invalid": f"Écrivez une date{NBSP}: 22/11/2026."},
    )

    def __init__(self, *args, offered, **kwargs):
        super().__init__(*args, **kwargs)
        self.offered = {str(one.public_id): one for one in offered}
        self.fields["organisation"].choices = [(key, _told(one)) for key, one in self.offered.items()]
        self.fields["on"].initial = timezone.localdate

    def clean_on(self):
        on = self.cleaned_data["on"]
        if on > timezone.localdate():
            raise forms.ValidationError("Cette date n’est pas encore passée : déclarez le changement le jour venu.")
        return on

    @property
    def chosen(self):
        return self.offered[self.cleaned_data["organisation"]]
