from django import forms

from lms.kernel.tables import Limits, Unreadable, clean_cell, read_file, read_text
from lms.site.forms import Form
from lms.site.selecting import Select
from parcours.colleagues.actions import suggestion_of
from parcours.colleagues.documents import INACTIVE_DAYS, NONE, Search
from parcours.colleagues.engine.addresses import clean_address
from parcours.colleagues.engine.entries import entries_of
from parcours.colleagues.engine.faults import EMAIL, FIELDS, FIRST_NAME, LABELS, LAST_NAME
from parcours.learning.documents.standing import SORTS, STATES

LIMITS = Limits()
LONGEST = 1_000
PASTED = "liste collée"
NOT_MINE = {"autocomplete": "off"}  # a browser offers the référent their own name


class WholeForm(Form):
    """Fields judged together: none of them is optional nor compulsory by itself, and none says so."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.full_clean()
        for field in self.fields.values():
            field.required = True


class GiveListForm(WholeForm):
    """A list pasted or given as a file, read at once: `entries`, `reading` and `source` say what was found."""

    pasted = forms.CharField(
        label="Coller les lignes",
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "false"}),
        help_text=(
            "Une personne par ligne, depuis un tableur ou votre messagerie : Durand ; Marie ; marie.durand@exemple.fr, "
            "ou Marie Durand &lt;marie.durand@exemple.fr&gt;."
        ),
    )
    file = forms.FileField(
        label="Ou choisir un fichier",
        required=False,
        allow_empty_file=True,
        help_text="Excel (.xlsx), LibreOffice (.ods) ou CSV, 5 Mo au plus. Colonnes : nom, prénom, adresse e-mail.",
    )

    def clean(self):
        cleaned = super().clean()
        pasted, file = cleaned.get("pasted", ""), cleaned.get("file")
        if bool(pasted.strip()) == bool(file):
            both = "Collez les lignes ou choisissez un fichier, mais pas les deux."
            self.add_error("pasted", both if file else "Collez au moins une ligne, ou choisissez un fichier.")
            return cleaned
        try:
            self._read(pasted, file)
        except Unreadable as unreadable:
            self.add_error("file" if file else "pasted", str(unreadable))
        return cleaned

    def _read(self, pasted, file):
        table = read_file(file.file, LIMITS) if file else read_text(pasted, LIMITS)
        self.reading, people = entries_of(table)
        self.entries, self.source = list(people), file.name if file else PASTED


class CorrectionForm(WholeForm):
    """One line on screen, with what is wrong written beside its fields."""

    first_name = forms.CharField(label=LABELS[FIRST_NAME], required=False, widget=forms.TextInput(NOT_MINE))
    last_name = forms.CharField(label=LABELS[LAST_NAME], required=False, widget=forms.TextInput(NOT_MINE))
    email = forms.CharField(
        label=LABELS[EMAIL], required=False, widget=forms.TextInput(NOT_MINE | {"inputmode": "email"})
    )
    suggested = forms.BooleanField(required=False)
    excluded = forms.BooleanField(label="Écarter cette ligne", required=False)

    def __init__(self, line):
        self.line = line
        prefix = prefix_of(line.pk)
        super().__init__({f"{prefix}-{name}": getattr(line, name) for name in FIELDS}, prefix=prefix)
        self["suggested"].label = self.suggestion

    def clean(self):
        for fault in self.line.faults:
            if fault["blocking"]:
                self.add_error(fault["column"], fault["text"])
        return super().clean()

    @property
    def legend(self):
        return f"Ligne {self.line.line}"

    @property
    def suggestion(self):
        """The correction one tick away; nothing when none is probable."""
        values = list(suggestion_of(self.line).values())
        return f"Corriger en : {', '.join(value or 'case vide' for value in values)}" if values else ""

    @property
    def warnings(self):
        return [fault["text"] for fault in self.line.faults if not fault["blocking"]]


def prefix_of(pk) -> str:
    return f"ligne-{pk}"


def typed_in(data, pks) -> dict[int, dict]:
    """What was typed for these lines, whatever it is: it is kept, right or wrong."""
    return {pk: _typed(data, prefix_of(pk)) for pk in pks}


def _typed(data, prefix):
    values = {name: clean_cell(data.get(f"{prefix}-{name}", ""))[:LONGEST] for name in FIELDS}
    values[EMAIL] = clean_address(values[EMAIL]) if "@" in values[EMAIL] else values[EMAIL]
    return values | {name: f"{prefix}-{name}" in data for name in ("suggested", "excluded")}


class RegisterForm(Form):
    q = forms.CharField(label="Rechercher une personne", required=False, max_length=200)
    etat = forms.ChoiceField(
        label="État",
        required=False,
        choices=[("", "Tous"), *STATES.items(), (NONE, "sans parcours")],
        widget=Select,
    )
    parcours = forms.TypedChoiceField(label="Parcours", required=False, coerce=int, empty_value=None, widget=Select)
    tri = forms.ChoiceField(label="Trier par", required=False, choices=[*SORTS.items()], widget=Select)
    inactif = forms.BooleanField(label=f"Sans activité depuis plus de {INACTIVE_DAYS} jours", required=False)

    def __init__(self, data, *, followed):
        super().__init__(data)
        self.fields["parcours"].choices = [("", "Tous"), *followed]

    @property
    def search(self) -> Search:
        """What was asked, a filter that means nothing being left out."""
        self.is_valid()
        known = {name: value for name, value in self.cleaned_data.items() if value}
        return Search(**known)
