import re
from functools import cached_property, partial
from urllib.parse import urlencode

from django import forms

from certification.funding.documents.months import days_of, months_offered
from certification.funding.documents.piles import ALL
from certification.funding.documents.team import NOBODY, OWN, Team
from certification.funding.lifecycle import Pile
from lms.kernel.formats import NBSP
from lms.site.forms import NarrowingForm
from parcours.classroom.forms.written import WrittenForm
from parcours.paperwork.forms.amounts import EuroField

AWAITING = ""
PENDING = "attendue"
SORTS = {
    "ecarts": "Les écarts d’abord",
    "attente": "Les plus anciens d’abord",
    "session": "Par date de session",
    "employeur": "Par employeur",
    "departement": "Par département",
    "organisme": "Par organisme de formation",
    "branche": "Par branche (IDCC)",
    "echeance": "Par fin d’accord",
    "montant": "Les plus gros montants d’abord",
}
MISMATCHES = {"oui": "À expliquer", "explique": "Expliqués", "non": "Aucun écart"}
AGES = {days: f"Depuis {days} jours ou plus" for days in (7, 15, 30, 60)}
EXPIRIES = {30: "Dans 30 jours, ou passée", 90: "Dans 90 jours, ou passée"}
CODE = re.compile(r"^[0-9][0-9AB][0-9]{0,8}$|^[0-9]$")
EVERY = {"departement": "Tous", "type": "Tous", "idcc": "Toutes", "organisme": "Tous"}
OPEN = "filtres"
TYPED = "q"
"""What is typed may be the name of somebody: it is kept in no view and in no address to share."""


def _days(offered):
    return {"required": False, "choices": [("", "Toutes"), *offered.items()], "coerce": int, "empty_value": None}


class FilterForm(NarrowingForm):
    """What is offered is what is in `mine`: the files that the person sees."""

    pile = forms.ChoiceField(
        label="Pile",
        required=False,
        choices=[(AWAITING, "Ce qui attend votre décision"), *Pile.choices, (ALL, "Tous les dossiers")],
    )
    q = forms.CharField(
        label="Rechercher", required=False, max_length=100, help_text="Numéro, employeur, SIRET, organisme, nom."
    )
    suivi = forms.ChoiceField(label="Suivi par", required=False)
    departement = forms.ChoiceField(label="Département de l’employeur", required=False)
    type = forms.ChoiceField(label="Type d’employeur", required=False)
    idcc = forms.ChoiceField(label="Branche (IDCC)", required=False)
    organisme = forms.ChoiceField(label="Organisme de formation", required=False)
    age = forms.TypedChoiceField(label="Attente", **_days(AGES))
    echeance = forms.TypedChoiceField(label="Fin de l’accord", **_days(EXPIRIES))
    mois = forms.ChoiceField(label="Décidé ou payé", required=False)
    min = EuroField(label="Montant, au moins", required=False, max_digits=10, min_value=0)
    max = EuroField(label="Montant, au plus", required=False, max_digits=10, min_value=0)
    notification = forms.ChoiceField(
        label="Notification", required=False, choices=[("", "Notifié ou non"), (PENDING, "Décidé, pas encore notifié")]
    )
    ecart = forms.ChoiceField(label="Écarts", required=False, choices=[("", "Avec ou sans"), *MISMATCHES.items()])
    tri = forms.ChoiceField(label="Trier", required=False, choices=list(SORTS.items()), initial="ecarts")

    def __init__(self, data, *, mine, person):
        super().__init__(data)
        self.mine, self.person, self.team = mine, person, Team(person)
        for name in EVERY:
            self.fields[name].choices = partial(self._of_these, name)
        self.fields["mois"].choices = lambda: [("", "N’importe quand"), *months_offered()]
        self.fields["suivi"].choices = lambda: [
            *(("", "Tous"), (OWN, "Moi"), (NOBODY, "Personne")),
            *self.team.choices(),
        ]

    @cached_property
    def offered(self) -> dict:
        """Asked of the database when a choice is drawn or made, not before."""
        return self.mine.offered()

    def _of_these(self, name):
        told = self.offered[name]
        return [("", EVERY[name]), *told, *self._elsewhere(name, told)]

    def _elsewhere(self, name, offered):
        """What an address asks for and none of these files has: it finds nothing, rather than everything."""
        asked = self.data.get(name, "")
        known = asked == "" or asked in {value for value, _ in offered}
        return [] if known or not CODE.match(asked) else [(asked, f"{asked}{NBSP}: aucun dossier")]

    @cached_property
    def search(self) -> dict:
        """What is asked, whatever the address holds."""
        self.is_valid()
        told = {name: self.cleaned_data.get(name) or "" for name in self.fields}
        return told | {"tri": told["tri"] or "ecarts"}

    @property
    def is_asked(self) -> bool:
        return any(value for name, value in self.search.items() if name not in ("pile", "tri"))

    @property
    def is_narrowed(self) -> bool:
        """By more than the words that are typed."""
        return any(value for name, value in self.search.items() if name not in ("pile", "tri", TYPED))

    @property
    def is_open(self) -> bool:
        """Whether all that may be asked is drawn, or the search alone."""
        return self.is_narrowed or OPEN in self.data

    @property
    def to_keep(self) -> dict:
        """What a view keeps, as an address holds it."""
        told = {name: str(value) for name, value in self.search.items() if value and name != TYPED}
        return {name: value for name, value in told.items() if (name, value) != ("tri", "ecarts")}

    @property
    def address(self) -> str:
        return urlencode(self.to_keep)

    def found_in(self, demandes):
        """`demandes`, as the filters ask for them."""
        asked = self.search
        found = demandes.filtered(
            pile="" if asked["pile"] in (AWAITING, ALL) else asked["pile"],
            q=asked["q"],
            departement=asked["departement"],
            type=asked["type"],
            organisme=asked["organisme"],
            idcc=asked["idcc"],
            mismatch=asked["ecart"],
            pending=asked["notification"] == PENDING,
            age=asked["age"],
            least=asked["min"] or None,
            most=asked["max"] or None,
            expires=asked["echeance"],
            days=days_of(asked["mois"]) if asked["mois"] else None,
            nobody=asked["suivi"] == NOBODY,
            officer=self._officer(asked["suivi"]),
        )
        if asked["pile"] == AWAITING and not (asked["echeance"] or asked["mois"] or asked["notification"]):
            found = found.awaiting()
        return found.sorted_by(asked["tri"])

    def _officer(self, suivi):
        if suivi == OWN:
            return self.person
        return self.team.member(suivi) if suivi not in ("", NOBODY) else None


class ViewNameForm(WrittenForm):
    nom = forms.CharField(
        label="Nom de la vue",
        max_length=60,
        error_messages={
            "required": "Donnez un nom à cette vue.",
            "max_length": "Ce nom est trop long : 60 signes au plus.",
        },
    )
