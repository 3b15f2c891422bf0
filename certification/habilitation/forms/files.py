from django import forms
from django.utils import timezone

from certification.habilitation.actions.imports.receiving import LIMITS
from certification.habilitation.engine.layouts import SHAPES
from certification.habilitation.lifecycle import ATTENDANCES, ExternalStatus, FileKind
from lms.kernel.formats import NBSP
from lms.kernel.tables import Unreadable
from lms.site.forms import DayField, Form

NOT_YET = "Cette date n’est pas encore passée : un fichier dit ce qui était vrai hier, ou aujourd’hui."


def label_of(kind) -> str:
    """With the code that the other service gives it, when it is the file of another service."""
    native = kind in (FileKind.PLAIN_ATTENDANCE, FileKind.HALF_DAYS)
    return kind.label if native else f"{kind.label} ({kind.value})"


class FileDayField(DayField):
    def clean(self, value):
        day = super().clean(value)
        if day and day > timezone.localdate():
            raise forms.ValidationError(NOT_YET)
        return day


class DepositForm(Form):
    """`kinds`: what this depositor may hand over."""

    kind = forms.ChoiceField(label="Nature du fichier", error_messages={"required": "Choisissez la nature du fichier."})
    file = forms.FileField(
        label="Fichier",
        help_text=f"CSV, Excel, OpenDocument ou JSON, 30{NBSP}Mo au plus. Rien n’est enregistré avant votre accord.",
        error_messages={
            "required": "Choisissez le fichier à déposer.",
            "empty": f"Ce fichier est vide{NBSP}: choisissez-en un autre.",
        },
    )
    dated_on = FileDayField(label="À jour du", help_text="Le jour où ce fichier a été extrait.")
    held_on = FileDayField(
        label="Date de la formation",
        required=False,
        help_text=f"Pour une liste de présence qui ne la porte pas{NBSP}: le premier jour de la session.",
    )

    status = forms.ChoiceField(
        label="Statut des demandes",
        required=False,
        choices=[("", "Non précisé"), *ExternalStatus.choices],
        help_text=f"Pour des aidants à former (A3) dont le fichier ne le dit pas{NBSP}: celui du filtre choisi sur "
        "Aidants Connect. Sans lui, aucune éligibilité n’en est tirée.",
    )

    def __init__(self, *args, kinds=tuple(FileKind), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [("", "Choisir"), *((one.value, label_of(one)) for one in kinds)]
        self.fields["dated_on"].initial = timezone.localdate
        if not set(ATTENDANCES) & set(kinds):
            del self.fields["held_on"]
        if FileKind.PEOPLE_TO_TRAIN not in kinds:
            del self.fields["status"]

    def clean_file(self):
        given = self.cleaned_data["file"]
        try:
            LIMITS.check_size(given.size)
        except Unreadable as refused:
            raise forms.ValidationError(str(refused)) from refused
        return given

    def clean(self):
        values = super().clean()
        held, dated = values.get("held_on"), values.get("dated_on")
        if held and dated and held > dated:
            self.add_error("held_on", "La formation est après le jour du fichier : corrigez l’une des deux dates.")
        return values


class ColumnForm(Form):
    """Which column tells the address: campaigns of Pix name it as they like."""

    email = forms.ChoiceField(label="Colonne qui contient l’adresse électronique")

    def __init__(self, *args, found, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["email"].choices = [(one, one) for one in found.mapping.get("headings", [])]
        self.initial.setdefault("email", found.mapping.get("email", ""))

    @staticmethod
    def is_for(found):
        return SHAPES[found.kind].any_identifier and bool(found.mapping.get("headings"))
