"""What the employer or the organisme de formation writes."""

import re

from django import forms

from certification.funding.documents.invoices import invoices_for
from certification.funding.forms.fields import HoursField, lines
from certification.funding.lifecycle import PieceKind, Why
from certification.funding.models.demande import IDCC
from lms.organisations.engine.identifiers import compact, siret_refusal
from lms.organisations.models import Kind, Organisation
from lms.site.forms import DayField
from parcours.assistance.engine.files import ACCEPTED
from parcours.assistance.forms import CheckedFileField
from parcours.classroom.forms.written import WrittenForm
from parcours.classroom.lifecycle import SEATED, SessionState
from parcours.classroom.models import Registration, Session
from parcours.paperwork.documents.pieces import euros
from parcours.paperwork.forms.amounts import EuroField
from parcours.paperwork.models import Invoice

OFFERED_STATES = (SessionState.PUBLISHED, SessionState.CLOSED)
MOST_SESSIONS = 100


class SessionField(forms.ModelChoiceField):
    def label_from_instance(self, session):
        return f"{session.title}, {session.when}"


class PieceField(CheckedFileField):
    def __init__(self, **options):
        super().__init__(help_text=f"{ACCEPTED}, 5 Mo au plus.", **options)
        self.error_messages["required"] = "Choisissez un fichier."


class OpcoField(forms.ModelChoiceField):
    def __init__(self, **options):
        known = Organisation.objects.filter(kind=Kind.OPCO, confirmed_at__isnull=False).order_by("name", "pk")
        super().__init__(queryset=known, label="OPCO de l’employeur", empty_label="Choisir", **options)


class StartForStructureForm(WrittenForm):
    session = SessionField(queryset=Session.objects.none(), label="Session", empty_label="Choisir")
    opco = OpcoField()

    def __init__(self, *args, organisation, **kwargs):
        super().__init__(*args, **kwargs)
        ours = Registration.objects.filter(employer=organisation, state__in=SEATED).exclude(funded__live=True)
        found = Session.objects.filter(pk__in=ours.values("session"), state__in=OFFERED_STATES)
        newest = found.order_by("-starts_at").values_list("pk", flat=True)[:MOST_SESSIONS]
        self.fields["session"].queryset = (
            Session.objects.filter(pk__in=list(newest)).select_related("edition").order_by("-starts_at")
        )

    @property
    def values(self):
        return self.cleaned_data


class StartForSessionForm(WrittenForm):
    employer = forms.ModelChoiceField(queryset=Organisation.objects.none(), label="Employeur", empty_label="Choisir")
    opco = OpcoField()

    def __init__(self, *args, session, **kwargs):
        super().__init__(*args, **kwargs)
        seated = session.registrations.filter(state__in=SEATED)
        self.fields["employer"].queryset = Organisation.objects.filter(pk__in=seated.values("employer"))

    @property
    def values(self):
        return self.cleaned_data


class PeopleForm(WrittenForm):
    people = forms.ModelMultipleChoiceField(
        queryset=Registration.objects.none(),
        label="Qui est formé",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Cochez au moins une personne."},
    )

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["people"].queryset = people
        self.fields["people"].label_from_instance = lambda one: one.person.full_name


class ActionForm(WrittenForm):
    siret = forms.CharField(label="SIRET de l’employeur", max_length=20)
    idcc = forms.CharField(
        label="IDCC",
        max_length=20,
        help_text="Le numéro de la convention collective, sur le bulletin de paie ; 9999 s’il n’y en a pas.",
    )
    starts_on = DayField(label="Début de l’action")
    ends_on = DayField(label="Fin de l’action")
    minutes = HoursField(label="Durée par personne", help_text="Comme 10 h 30.")
    cost = EuroField(label="Coût demandé pour tous, en euros", max_digits=10, min_value=0.01)
    subrogation_asked = forms.TypedChoiceField(
        label="À qui l’OPCO paierait",
        choices=[("oui", "À l’organisme de formation (subrogation)"), ("non", "À l’employeur, qui avance la somme")],
        coerce=lambda value: value == "oui",
        widget=forms.RadioSelect,
    )

    def clean_siret(self):
        siret = compact(self.cleaned_data["siret"])
        if refusal := siret_refusal(siret):
            raise forms.ValidationError(refusal)
        return siret

    def clean_idcc(self):
        """As it is pasted too: « IDCC 1518 », « IDCC n° 1518 »."""
        number = re.sub(r"(?i)^idcc|n°|\s", "", self.cleaned_data["idcc"])
        IDCC(number)
        return number

    def clean(self):
        cleaned = super().clean()
        first, last = cleaned.get("starts_on"), cleaned.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", "La fin de l’action précède son début : corrigez l’une des deux dates.")
        if cleaned.get("minutes") == 0:
            self.add_error("minutes", "Une durée nulle ne se finance pas : écrivez-la comme 10 h 30.")
        return cleaned


class PieceForm(WrittenForm):
    kind = forms.ChoiceField(label="Nature", choices=[(one.value, one.label.capitalize()) for one in PieceKind])
    file = PieceField(label="Fichier")


class CancelForm(WrittenForm):
    reason = forms.CharField(
        label="Pourquoi la demande est annulée",
        max_length=300,
        error_messages={"required": "Dites en une phrase pourquoi la demande est annulée."},
    )


class ServiceForm(WrittenForm):
    """The invoice, and what it bills of each person."""

    invoice = forms.ModelChoiceField(
        queryset=Invoice.objects.none(),
        label="Facture enregistrée",
        empty_label="Choisir",
        error_messages={"required": "Choisissez la facture : elle s’enregistre dans « Documents », « Facturation »."},
    )

    def __init__(self, *args, demande, lines, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["invoice"].queryset = invoices_for(demande)
        self.fields["invoice"].label_from_instance = lambda one: f"{one.number}, {euros(one.gross)}"
        self.fields["invoice"].initial = demande.invoice_id
        self.billed = {}
        for line in lines:
            name = f"billed_{line.beneficiary.pk}"
            self.billed[line.beneficiary.pk] = name
            known = line.beneficiary.billed_minutes
            self.fields[name] = HoursField(
                label=f"Heures facturées pour {line.person.full_name}",
                initial=known if known is not None else line.told.certified or 0,
                help_text="Écrivez 0 si rien n’est facturé pour cette personne.",
            )

    @property
    def values(self) -> dict:
        billed = {pk: self.cleaned_data[name] or 0 for pk, name in self.billed.items()}
        return {"invoice": self.cleaned_data["invoice"], "billed": billed}


def answer_field():
    return forms.CharField(
        label="Votre réponse",
        max_length=2000,
        widget=lines(6),
        error_messages={
            "required": "Écrivez votre réponse avant de l’envoyer.",
            "max_length": "Cette réponse est trop longue : gardez l’essentiel, en 2\u00a0000 signes.",
        },
    )


class AnswerForm(WrittenForm):
    text = answer_field()
    kind = forms.ChoiceField(
        label="Pièce jointe",
        required=False,
        choices=[("", "Aucune"), *((one.value, one.label.capitalize()) for one in PieceKind)],
    )
    file = PieceField(label="Fichier", required=False)

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("file") and not cleaned.get("kind"):
            self.add_error("kind", "Dites la nature de la pièce jointe.")
        return cleaned

    @property
    def values(self) -> dict:
        return {"text": self.cleaned_data["text"]}


class AnswerWithBillForm(AnswerForm, ServiceForm):
    """The organisme may name another invoice, and bill other hours."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.order_fields(["text", "kind", "file", "invoice"])

    @property
    def values(self) -> dict:
        return ServiceForm.values.fget(self) | {"text": self.cleaned_data["text"]}


class ExplainForm(WrittenForm):
    why = forms.ChoiceField(
        label="Raison",
        choices=[(one.value, one.label.capitalize()) for one in Why],
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez la raison de l’écart."},
    )
    note = forms.CharField(
        label="Précision",
        required=False,
        max_length=300,
        help_text="Une phrase, sans détail médical : l’OPCO et l’employeur la liront.",
    )
