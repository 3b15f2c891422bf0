"""What an officer says when she decides."""

import datetime

from django import forms
from django.utils import timezone

from certification.funding.documents.rules import REASONS, REPLY_DAYS, SENTENCES
from certification.funding.forms.fields import PDF_HELP, HoursField, lines
from certification.funding.lifecycle import Origin, Verdict
from lms.kernel.formats import nbsp
from lms.kernel.rules import current
from lms.site.forms import DayField
from parcours.classroom.forms.written import WrittenForm
from parcours.paperwork.forms.amounts import EuroField, PdfField


def sentence(label, *, required=True, help_text=""):
    return forms.CharField(
        label=label,
        required=required,
        max_length=1000,
        widget=lines(4),
        help_text=help_text,
        error_messages={
            "required": "Cette phrase manque : l’employeur et l’organisme la liront, écrivez-la.",
            "max_length": "Cette phrase est trop longue : gardez l’essentiel, en 1\u00a0000 signes.",
        },
    )


class DecisionForm(WrittenForm):
    """Nothing to say: the decision itself is enough. `values` is what the action takes."""

    def __init__(self, *args, demande, **kwargs):
        self.demande = demande
        super().__init__(*args, **kwargs)

    elsewhere: tuple[str, ...] = ()

    @property
    def values(self) -> dict:
        return self.cleaned_data

    @property
    def at_hand(self):
        return [bound for bound in self if bound.name not in self.elsewhere]

    @property
    def from_elsewhere(self):
        """What only an agreement transcribed from another system asks for."""
        return [self[name] for name in self.elsewhere]


class GrantForm(DecisionForm):
    origin = forms.ChoiceField(
        label="D’où vient cet accord",
        choices=[(one.value, f"{one.label[:1].upper()}{one.label[1:]}") for one in Origin],
        widget=forms.RadioSelect,
        initial=Origin.HERE,
    )
    number = forms.CharField(label="Numéro dans votre système", required=False, max_length=40)
    agreed_on = DayField(label="Date de l’accord", required=False)
    file = PdfField(label="La pièce de votre système", required=False, help_text=PDF_HELP)
    subrogation = forms.TypedChoiceField(
        label="Qui est payé",
        choices=[
            ("oui", "L’organisme de formation (subrogation)"),
            ("non", "L’employeur, qui a avancé"),
        ],
        coerce=lambda value: value == "oui",
        widget=forms.RadioSelect,
    )
    expires_on = DayField(label="Accord valable jusqu’au", required=False)
    sentence = sentence("Un mot pour l’employeur et l’organisme", required=False)

    partly = False
    elsewhere = ("origin", "number", "agreed_on", "file")

    def __init__(self, *args, demande, **kwargs):
        asked = "oui" if demande.subrogation_asked else "non"
        kwargs["initial"] = {"subrogation": asked} | (kwargs.get("initial") or {})
        super().__init__(*args, demande=demande, **kwargs)

    @property
    def values(self):
        return self.cleaned_data | {"partly": self.partly}


class PartForm(GrantForm):
    minutes = HoursField(label="Heures accordées par personne", help_text="Comme 10 h 30.")
    amount = EuroField(label="Montant accordé, en euros", max_digits=10, min_value=0)
    people = forms.ModelMultipleChoiceField(
        queryset=None,
        label="Personnes prises en charge",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Cochez au moins une personne, ou refusez la demande."},
    )

    partly = True
    field_order = ["minutes", "amount", "people"]

    def __init__(self, *args, demande, ceiling=None, **kwargs):
        whose = demande.beneficiaries.for_file()
        amount = min(demande.cost, ceiling) if ceiling is not None else demande.cost
        told = {"minutes": demande.minutes, "amount": amount, "people": [one.pk for one in whose]}
        kwargs["initial"] = told | (kwargs.get("initial") or {})
        super().__init__(*args, demande=demande, **kwargs)
        self.fields["people"].queryset = whose
        self.fields["people"].label_from_instance = lambda one: one.registration.person.full_name


class RefuseForm(DecisionForm):
    reason = forms.ChoiceField(label="Motif", error_messages={"required": "Choisissez un motif dans la liste."})
    sentence = sentence("Votre explication", help_text="Ce qui manque, et ce qui peut être fait ensuite.")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        reasons = current(REASONS.code)
        self.fields["reason"].choices = [("", "Choisir"), *((one, nbsp(one)) for one in reasons)]


class AskForm(DecisionForm):
    sentence = sentence("Votre demande", help_text="L’employeur et l’organisme la liront telle quelle.")
    reply_by = DayField(label="Réponse attendue avant le", required=False)

    def __init__(self, *args, **kwargs):
        day = timezone.localdate() + datetime.timedelta(days=current(REPLY_DAYS.code))
        kwargs["initial"] = {"reply_by": day} | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)

    def clean_reply_by(self):
        day = self.cleaned_data["reply_by"]
        if day and day <= timezone.localdate():
            raise forms.ValidationError("Cette date est passée : laissez à chacun le temps de répondre.")
        return day


class AnomalyForm(AskForm):
    sentence = sentence("Ce que vous constatez", help_text="L’employeur et l’organisme le liront tel quel.")


class PayForm(DecisionForm):
    amount = EuroField(label="Montant payé, en euros", max_digits=10, min_value=0.01)
    paid_on = DayField(label="Payé le")
    reference = forms.CharField(label="Référence du paiement", max_length=60)
    settles = forms.BooleanField(
        label="Pour solde : rien d’autre ne sera payé",
        required=False,
        help_text="À cocher si vous payez moins que ce qui est dû, et que le dossier se ferme ainsi.",
    )


def prepared_sentences() -> list[str]:
    return [nbsp(one) for one in current(SENTENCES.code)]


FORMS = {
    Verdict.GRANT: GrantForm,
    Verdict.PART: PartForm,
    Verdict.REFUSE: RefuseForm,
    Verdict.COMPLEMENT: AskForm,
    Verdict.VALIDATE: DecisionForm,
    Verdict.ANOMALY: AnomalyForm,
    Verdict.PAY: PayForm,
    Verdict.REJECT: RefuseForm,
}


class PayBordereauForm(WrittenForm):
    paid_on = DayField(label="Payé le")
    reference = forms.CharField(label="Référence du virement", max_length=60)


class AdmitForm(WrittenForm):
    note = forms.CharField(
        label="Pourquoi cet écart est admis",
        max_length=300,
        help_text="La règle de votre OPCO qui le permet. L’employeur et l’organisme le liront.",
        error_messages={"required": "Dites en une phrase pourquoi cet écart est admis."},
    )


class CorrectForm(WrittenForm):
    why = forms.CharField(
        label="Pourquoi ce paiement est corrigé",
        max_length=300,
        help_text="Votre comptabilité, l’employeur et l’organisme le liront.",
        error_messages={"required": "Dites en une phrase pourquoi ce paiement est corrigé."},
    )


class ConfirmRuleForm(WrittenForm):
    source = forms.CharField(
        label="Ce qui fonde cette règle",
        max_length=300,
        help_text="La décision, le conseil ou la page qui la porte, avec sa date.",
        error_messages={"required": "Dites ce qui fonde cette règle : une décision, une page, une date."},
    )
