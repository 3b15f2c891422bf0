from django import forms

from certification.habilitation.lifecycle import LEAVING_REASONS, ExitReason, ExternalStatus, Step
from lms.accounts.engine.addresses import normalise_email
from lms.kernel.sensitive import has_social_security
from lms.organisations.queries import today, today_for
from lms.site.forms import DayField, Form
from parcours.assistance.forms import CheckedFileField

PROOFS = {"application/pdf", "image/png", "image/jpeg"}
PROOF_WORDS = "PDF, PNG ou JPEG"
NUMBER = "Ce texte contient un numéro de sécurité sociale : retirez-le, puis envoyez de nouveau."
SAY_MORE = "Précisez ce motif en quelques mots."
TO_COME = "Cette date est à venir : corrigez-la."


class PastDayField(DayField):
    """`reader`: who fills the form in, and for whom the day may have begun before it did here."""

    reader = None

    def clean(self, value):
        day = super().clean(value)
        if day and day > (today_for(self.reader) if self.reader else today()):
            raise forms.ValidationError(TO_COME)
        return day


class ProofField(CheckedFileField):
    types, accepted = PROOFS, PROOF_WORDS
    widget = forms.FileInput(attrs={"accept": ".pdf,.png,.jpg,.jpeg"})


class ReasonField(forms.CharField):
    """A short text that is kept, and that holds no social security number."""

    def __init__(self, **options):
        super().__init__(max_length=300, widget=forms.Textarea(attrs={"rows": 3}), **options)

    def clean(self, value):
        text = super().clean(value)
        if has_social_security(text):
            raise forms.ValidationError(NUMBER)
        return text


class PixForm(Form):
    on = PastDayField(
        label="Jour où les résultats ont été envoyés",
        help_text="Celui où « Envoyer mes résultats » a été choisi, et non celui où le test a été fini.",
    )
    proof = ProofField(
        label="Justificatif",
        help_text=f"Une image de l’écran de fin, ou le message de Pix : {PROOF_WORDS}, 5 Mo au plus.",
        error_messages={"required": "Joignez le justificatif : sans lui, personne ne peut confirmer l’envoi."},
    )

    def __init__(self, *data, reader):
        super().__init__(*data)
        self.fields["on"].reader = reader


class PresenceForm(Form):
    """Both the address and the name: neither alone tells anything of anybody."""

    email = forms.EmailField(
        label="Adresse électronique",
        help_text="Celle de la demande d’habilitation.",
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        error_messages={"invalid": "Cette adresse est incomplète : prenom.nom@exemple.fr."},
    )
    last_name = forms.CharField(
        label="Nom de famille", max_length=120, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    on = PastDayField(label="Premier jour de la formation")
    proof = ProofField(label="Feuille d’émargement", required=False, help_text=f"{PROOF_WORDS}, 5 Mo au plus.")

    def clean_email(self):
        return normalise_email(self.cleaned_data["email"])


class NoteForm(Form):
    note = ReasonField(label="Motif", error_messages={"required": "Dites pourquoi : le motif est gardé, et lu."})


class LeaveForm(Form):
    reason = forms.ChoiceField(
        label="Motif",
        choices=[("", "Choisir un motif"), *((one.value, one.label.capitalize()) for one in LEAVING_REASONS)],
        error_messages={"required": "Choisissez un motif de la liste."},
    )
    on = PastDayField(label="Depuis le")
    note = ReasonField(label="Précision", required=False, help_text="Ni santé, ni vie privée.")

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("reason") == ExitReason.OTHER and not cleaned.get("note"):
            self.add_error("note", SAY_MORE)
        return cleaned

    @property
    def step(self):
        """A structure that gives up, or a person who is not eligible, cancels; somebody who leaves gives up."""
        called_off = (ExitReason.STRUCTURE_GAVE_UP, ExitReason.NOT_ELIGIBLE, ExitReason.TWICE)
        return Step.CANCELLED if self.cleaned_data["reason"] in called_off else Step.LEFT


class StatusForm(Form):
    """What Aidants Connect shows, written down: nothing is decided by it here."""

    status = forms.ChoiceField(
        label="Statut affiché par Aidants Connect",
        choices=[("", "Choisir un statut"), *ExternalStatus.choices],
        error_messages={"required": "Choisissez le statut lu."},
    )
    on = PastDayField(label="Lu le")
