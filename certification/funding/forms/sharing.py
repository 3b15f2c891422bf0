import re

from django import forms

from certification.funding.documents.team import OWN, Team
from certification.funding.queries import branches_of
from lms.organisations.queries import today
from lms.site.forms import DayField
from parcours.classroom.forms.written import WrittenForm

SEPARATORS = re.compile(r"[\s,;]+")
MOST_BRANCHES = 60


class AssignForm(WrittenForm):
    a = forms.ChoiceField(
        label="Qui suivra ces dossiers", error_messages={"required": "Choisissez qui suivra ces dossiers."}
    )

    def __init__(self, data, *, person):
        super().__init__(data)
        self.person, self.team = person, Team(person)
        self.fields["a"].choices = [("", "Choisir"), (OWN, "Moi"), *self.team.choices()]

    @property
    def recipient(self):
        asked = self.cleaned_data["a"]
        return self.person if asked == OWN else self.team.member(asked)


class BranchesForm(WrittenForm):
    idcc = forms.CharField(
        label="Branches suivies (IDCC)",
        required=False,
        max_length=400,
        help_text="Des numéros à quatre chiffres, séparés par une virgule ; rien pour tout l’OPCO.",
    )
    starts_on = DayField(label="À partir du")

    def __init__(self, data, *, membership):
        followed = branches_of(membership.person).get(membership.organisation_id)
        super().__init__(data, initial={"idcc": ", ".join(sorted(followed or ())), "starts_on": today()})

    def clean_idcc(self):
        found = [one for one in SEPARATORS.split(self.cleaned_data["idcc"].strip()) if one]
        wrong = next((one for one in found if not re.fullmatch(r"[0-9]{4}", one)), None)
        if wrong:
            raise forms.ValidationError(
                f"«\u00a0{wrong}\u00a0» n’est pas un IDCC : il comporte 4 chiffres, comme 1518."
            )
        if len(set(found)) > MOST_BRANCHES:
            raise forms.ValidationError(f"C’est trop : {MOST_BRANCHES} branches au plus, ou rien pour tout l’OPCO.")
        return sorted(set(found))

    def clean_starts_on(self):
        day = self.cleaned_data["starts_on"]
        if day < today():
            raise forms.ValidationError("Cette date est passée : choisissez aujourd’hui ou un jour à venir.")
        return day
