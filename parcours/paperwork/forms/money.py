from django import forms
from django.forms import formset_factory

from lms.organisations.engine.identifiers import compact, siret_refusal
from lms.site.forms import DayField, Form
from parcours.paperwork.documents.pieces import euros
from parcours.paperwork.forms.amounts import EuroField, PdfField
from parcours.paperwork.lifecycle import PayerKind
from parcours.paperwork.models import Invoice, Part

MORE_PAYERS = 2
REFERENCES = ("payer_siret", "agreement", "service_code", "engagement_number")


class PartForm(Form):
    """One payer; an empty one is left out."""

    payer_kind = forms.ChoiceField(
        label="Nature du payeur", choices=[("", "Aucun"), *PayerKind.choices], required=False
    )
    payer_name = forms.CharField(label="Payeur", max_length=200, required=False)
    amount = EuroField(label="Part, en euros toutes taxes comprises", required=False)
    payer_siret = forms.CharField(label="SIRET", max_length=20, required=False)
    agreement = forms.CharField(label="Numéro d’accord", max_length=80, required=False)
    service_code = forms.CharField(label="Code service", max_length=100, required=False)
    engagement_number = forms.CharField(label="Numéro d’engagement", max_length=50, required=False)

    def clean_payer_siret(self):
        siret = compact(self.cleaned_data["payer_siret"])
        if siret and (refusal := siret_refusal(siret)):
            raise forms.ValidationError(refusal)
        return siret

    def clean(self):
        cleaned = super().clean()
        if self.is_left_out or self.errors:
            return cleaned
        if not cleaned.get("payer_kind"):
            self.add_error("payer_kind", "Dites la nature de ce payeur.")
        if not cleaned.get("payer_name"):
            self.add_error("payer_name", "Nommez ce payeur.")
        if not cleaned.get("amount"):
            self.add_error("amount", "Donnez la part de ce payeur, ou videz ses lignes.")
        return cleaned

    @property
    def is_left_out(self):
        cleaned = self.cleaned_data
        return not (cleaned.get("payer_kind") or cleaned.get("payer_name") or cleaned.get("amount"))


PartFormSet = formset_factory(PartForm, extra=MORE_PAYERS, max_num=6, validate_max=True)


def parts_of(formset) -> list[dict]:
    names = ("payer_kind", "payer_name", "amount", *REFERENCES)
    told = [form for form in formset if not form.is_left_out]
    return [{name: form.cleaned_data[name] for name in names} for form in told]


class InvoiceForm(Form):
    number = forms.CharField(label="Numéro", max_length=60)
    issued_on = DayField(label="Date de la facture")
    payer_name = forms.CharField(label="Payeur", max_length=200)
    net = EuroField(label="Montant hors taxes, en euros", max_digits=10)
    vat = EuroField(label="Montant de la TVA, en euros", max_digits=10, initial=0)
    credit_of = forms.ModelChoiceField(
        queryset=Invoice.objects.none(),
        label="C’est un avoir sur la facture",
        required=False,
        empty_label="Non, c’est une facture",
    )
    parts = forms.ModelMultipleChoiceField(
        queryset=Part.objects.none(),
        label="Ce qu’elle facture",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="La somme des parts cochées doit être le montant de la facture.",
    )
    file = PdfField(label="La facture, en PDF", required=False, help_text="5 Mo au plus.")

    def __init__(self, *args, session, parts, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["credit_of"].queryset = session.invoices.filter(credit_of=None)
        self.fields["parts"].queryset = Part.objects.filter(pk__in=[part.pk for part in parts])
        known = {part.pk: part for part in parts}
        self.fields["parts"].label_from_instance = lambda part: label_of(known[part.pk])

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("net") is not None and cleaned.get("vat") is not None and not cleaned["net"] + cleaned["vat"]:
            self.add_error("net", "Une facture a un montant : écrivez-le.")
        return cleaned


def label_of(part) -> str:
    person = part.price.registration.person
    return f"{part.payer_name} pour {person.full_name} : {euros(part.amount)}"
