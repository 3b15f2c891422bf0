from django import forms
from django.db.models import Value

from lms.organisations.lifecycle import Kind
from lms.organisations.models import Organisation, StructureType
from lms.organisations.models.territory import typographic
from lms.organisations.queries import today
from lms.pilotage.documents.figures import EVERYTHING
from lms.pilotage.documents.lists import SORTS_OF_PEOPLE, SORTS_OF_STRUCTURES, Search
from lms.pilotage.documents.tables import month_label
from lms.pilotage.engine.curve import months_between
from lms.pilotage.engine.registry import origins
from lms.pilotage.queries import UNKNOWN
from lms.site.forms import NarrowingForm
from lms.site.selecting import Select


def choice(label):
    return forms.ChoiceField(label=label, required=False, widget=Select)


class ListForm(NarrowingForm):
    """What a list may be asked; the places offered are those of the reader, and no other is understood."""

    q = forms.CharField(label="Rechercher", required=False, max_length=200)
    campagne = choice("Campagne")
    vague = choice("Vague")
    region = choice("Région")
    departement = choice("Département")
    type = choice("Type de structure")
    organisme = choice("Organisme de formation")
    mois = choice("Mois")
    origine = choice("Origine")
    depuis = forms.DateField(
        label="Atteint depuis le",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    tri = choice("Trier par")

    def __init__(self, data, *, known, campagne, territory, names_people):
        super().__init__(data)
        places = territory.places.values()
        types, training = _types_and_trainers()
        choices = {
            "campagne": [("", "Celle en cours"), *((one.code, str(one)) for one in known), (EVERYTHING, "Toutes")],
            "vague": offered("Toutes", [(str(rank), str(wave)) for rank, wave in sorted(territory.waves.items())], "f"),
            "region": offered("Toutes", [(code, str(one)) for code, one in territory.regions.items()], "f"),
            "departement": offered("Tous", [(one.pk, str(one)) for one in places]),
            "type": offered("Tous", types),
            "organisme": offered("Tous", training),
            "mois": [("", "Tous"), *((month, month_label(month)) for month in months_of(campagne, known))],
            "origine": offered("Toutes", [(one.code, one.label) for one in origins()], "f"),
            "tri": list((SORTS_OF_PEOPLE if names_people else SORTS_OF_STRUCTURES).items()),
        }
        for name, found in choices.items():
            self.fields[name].choices = found
        whose = "Nom d’une personne, nom" if names_people else "Nom"
        self.fields["q"].help_text = f"{whose} ou commune d’une structure."

    @property
    def search(self) -> Search:
        """What was asked and understood."""
        self.is_valid()
        since = self.cleaned_data.pop("depuis", None)
        known = {name: value for name, value in self.cleaned_data.items() if value}
        return Search(**known, depuis=since.isoformat() if since else "")


def _types_and_trainers() -> tuple[list, list]:
    """The choices of two fields, by name, in one query."""
    types = StructureType.objects.order_by().values_list("pk", "label", Value(""), Value(0))
    training = Organisation.objects.filter(kind=Kind.TRAINING).order_by()
    rows = types.union(training.values_list("pk", "name", "antenne", Value(1)), all=True)
    found = [], []
    for pk, name, antenne, which in sorted(rows, key=lambda row: (row[1], row[2], row[0])):
        found[which].append((str(pk), " – ".join(filter(None, (typographic(name), antenne)))))
    return found


def offered(everything, choices, gender="m"):
    return [("", everything), *choices, (UNKNOWN, "non précisée" if gender == "f" else "non précisé")]


def months_of(campagne, known) -> list[str]:
    """From the first day of the campagne, or of all of them, to today, the last first."""
    begun = [one.starts_on for one in ([campagne] if campagne else known)]
    over = min(campagne.ends_on, today()) if campagne else today()
    return months_between(f"{min(begun, default=over):%Y-%m}", f"{over:%Y-%m}")[::-1]
