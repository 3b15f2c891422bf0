import datetime

from django import forms
from django.utils import timezone

from lms.organisations.engine.identifiers import compact, siret_refusal
from lms.organisations.models import Organisation
from lms.site.forms import DayField, Form
from parcours.paperwork.documents.connections import STATEMENT
from parcours.paperwork.engine.money import Totals, net_of, totals
from parcours.paperwork.forms.amounts import EuroField, PdfField
from parcours.paperwork.lifecycle import QuoteState

VALID_DAYS = 60
MORE_LINES = 2
INCOMPLETE = "Une ligne demande une désignation, une quantité et un prix : complétez-la, ou videz-la."


def buyers_of(session):
    """Those who send somebody, and the structure an intra session is for."""
    found = Organisation.objects.filter(registrations__session=session)
    if session.intra_for_id:
        found = found | Organisation.objects.filter(pk=session.intra_for_id)
    return found.distinct().order_by("name", "pk")


class BuyerField(forms.ModelChoiceField):
    def __init__(self, **options):
        super().__init__(queryset=Organisation.objects.none(), label="Acheteur", empty_label="Choisir", **options)


class QuoteForm(Form):
    buyer = BuyerField(help_text="Les structures qui ont inscrit quelqu’un à cette session.")
    seats = forms.IntegerField(label="Nombre de stagiaires", min_value=1, max_value=500)
    valid_until = DayField(label="Valable jusqu’au")
    label_1 = forms.CharField(label="Désignation", max_length=200)
    quantity_1 = EuroField(label="Quantité", max_digits=7, min_value=0)
    price_1 = EuroField(label="Prix unitaire hors taxes, en euros")
    note = forms.CharField(
        label="Précisions", required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args, session, **kwargs):
        super().__init__(*args, **kwargs)
        self.session = session
        self.fields["buyer"].queryset = buyers_of(session)
        for rank in range(2, 2 + MORE_LINES):
            self.fields[f"label_{rank}"] = forms.CharField(
                label=f"Ligne {rank} : désignation", max_length=200, required=False
            )
            self.fields[f"quantity_{rank}"] = EuroField(label="Quantité", max_digits=7, required=False)
            self.fields[f"price_{rank}"] = EuroField(label="Prix unitaire hors taxes, en euros", required=False)
        self.order_fields([*(name for name in self.fields if name != "note"), "note"])

    @classmethod
    def start_for(cls, session) -> dict:
        return {
            "valid_until": timezone.localdate() + datetime.timedelta(days=VALID_DAYS),
            "label_1": f"{session.title}, par stagiaire"[:200],
            "price_1": net_of(session.price, session.organisation.vat_rate),
        }

    def clean(self):
        cleaned = super().clean()
        self.lines = []
        for rank in range(1, 2 + MORE_LINES):
            line = [cleaned.get(f"{name}_{rank}") for name in ("label", "quantity", "price")]
            if all(one in (None, "") for one in line):
                continue
            if any(one in (None, "") for one in line) or not line[1]:
                self.add_error(f"label_{rank}", INCOMPLETE)
                continue
            self.lines.append(tuple(line))
        return cleaned


class ConventionForm(Form):
    """`net` is what the whole convention costs before VAT; an accepted devis gives it."""

    buyer = BuyerField()
    quote = forms.ModelChoiceField(
        queryset=None,
        label="Devis accepté",
        required=False,
        empty_label="Aucun",
        help_text="Son montant remplace celui qui est écrit ci-dessous.",
    )
    seats = forms.IntegerField(label="Nombre de stagiaires", min_value=1, max_value=500)
    net = EuroField(label="Prix total hors taxes, en euros", max_digits=10)
    payment_terms = forms.CharField(label="Modalités de règlement", max_length=300)
    buyer_siret = forms.CharField(label="SIRET de l’acheteur", max_length=20)
    service_code = forms.CharField(
        label="Code service",
        max_length=100,
        required=False,
        help_text="Demandé par un acheteur public pour le dépôt de la facture.",
    )
    engagement_number = forms.CharField(
        label="Numéro d’engagement",
        max_length=50,
        required=False,
        help_text="Le numéro du bon de commande d’un acheteur public.",
    )
    terms = forms.CharField(
        label="Clauses particulières",
        required=False,
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args, session, buyer=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.session = session
        self.fields["buyer"].queryset = buyers_of(session)
        self.fields["quote"].queryset = session.quotes.filter(state=QuoteState.ACCEPTED).select_related(
            "session_paper__paper", "buyer"
        )
        self.fields["quote"].label_from_instance = lambda quote: f"{quote.paper.number}, {quote.buyer}"
        if buyer is not None:
            del self.fields["buyer"]
            self.buyer = buyer

    def clean_buyer_siret(self):
        siret = compact(self.cleaned_data["buyer_siret"])
        if refusal := siret_refusal(siret):
            raise forms.ValidationError(refusal)
        return siret

    def clean(self):
        cleaned = super().clean()
        self.buyer = cleaned.get("buyer") or getattr(self, "buyer", None)
        quote = cleaned.get("quote")
        if quote and self.buyer and quote.buyer_id != self.buyer.pk:
            self.add_error("quote", "Ce devis a été accepté par une autre structure.")
        return cleaned

    @property
    def totals(self) -> Totals:
        quote = self.cleaned_data["quote"]
        if quote:
            return quote.totals
        return totals([(1, self.cleaned_data["net"])], self.session.organisation.vat_rate)

    @property
    def terms_given(self) -> dict:
        names = ("payment_terms", "buyer_siret", "service_code", "engagement_number", "terms")
        return {name: self.cleaned_data[name] for name in names}


class SignatoryForm(Form):
    name = forms.CharField(label="Nom de la personne qui signe", max_length=120)
    role = forms.CharField(label="Sa qualité", max_length=120, help_text="Par exemple : maire, directrice.")


class OnlineForm(SignatoryForm):
    agreed = forms.BooleanField(
        label="Je signe",
        error_messages={"required": "Cochez la déclaration pour signer : elle dit ce que vous signez."},
    )

    def __init__(self, *args, statement="", **kwargs):
        super().__init__(*args, **kwargs)
        self["agreed"].label = statement


class SignedFileForm(SignatoryForm):
    file = PdfField(label="Le document signé, en PDF", help_text="5 Mo au plus.")


class DeclineForm(Form):
    reason = forms.CharField(label="Motif du refus", max_length=300)


class CorrectionForm(Form):
    reason = forms.CharField(
        label="Pourquoi ce certificat est-il corrigé",
        max_length=300,
        help_text="Cette phrase est imprimée sur le nouveau certificat.",
    )


class ConnectionsForm(Form):
    """`read` is the digest of what was on screen."""

    read = forms.CharField(max_length=64, widget=forms.HiddenInput)
    agreed = forms.BooleanField(
        label=STATEMENT, error_messages={"required": "Cochez la déclaration pour signer le relevé."}
    )
