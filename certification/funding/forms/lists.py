from django import forms

from certification.funding.lifecycle import Pile
from lms.site.forms import Form

AWAITING, ALL = "", "tous"
SORTS = {
    "ecarts": "Les écarts d’abord",
    "attente": "Les plus anciens d’abord",
    "session": "Par date de session",
    "employeur": "Par employeur",
    "montant": "Les plus gros montants d’abord",
}
MISMATCHES = {"oui": "À expliquer", "explique": "Expliqués", "non": "Aucun écart"}


class FilterForm(Form):
    pile = forms.ChoiceField(
        label="Pile",
        required=False,
        choices=[(AWAITING, "Ce qui attend votre décision"), *Pile.choices, (ALL, "Tous les dossiers")],
    )
    q = forms.CharField(
        label="Rechercher", required=False, max_length=100, help_text="Numéro, employeur, SIRET, organisme, nom."
    )
    idcc = forms.CharField(label="IDCC", required=False, max_length=4)
    ecart = forms.ChoiceField(label="Écarts", required=False, choices=[("", "Avec ou sans"), *MISMATCHES.items()])
    tri = forms.ChoiceField(label="Trier", required=False, choices=list(SORTS.items()), initial="ecarts")

    @property
    def search(self) -> dict:
        """What is asked, whatever the address holds."""
        self.is_valid()
        told = {name: self.cleaned_data.get(name) or "" for name in self.fields}
        return told | {"tri": told["tri"] or "ecarts"}


def found_by(demandes, search):
    """`demandes`, as the filters ask for them."""
    pile = search["pile"]
    found = demandes.filtered(
        pile="" if pile in (AWAITING, ALL) else pile, q=search["q"], idcc=search["idcc"], mismatch=search["ecart"]
    )
    if pile == AWAITING:
        found = found.awaiting()
    return found.sorted_by(search["tri"])
