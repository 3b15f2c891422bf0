import datetime

from django import forms

from lms.kernel.sensitive import has_social_security
from lms.site.forms import Form
from parcours.assistance.engine.files import Unfit
from parcours.emargement.actions import Mark
from parcours.emargement.engine.scans import ACCEPTED, check_scan
from parcours.emargement.lifecycle import OFFERED_WAYS, AttendanceState, Excuse

HOURS = ["%H:%M", "%Hh%M", "%H h %M", "%Hh", "%H h", "%H"]
NUMBERED = "Un numéro de sécurité sociale n’a pas sa place ici : retirez-le."
UNREADABLE_HOUR = "Cette heure ne se lit pas : écrivez-la comme 09:30."
S = AttendanceState


def hour(label, *, required=False, help_text=""):
    return forms.TimeField(
        label=label,
        required=required,
        input_formats=HOURS,
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
        help_text=help_text,
        error_messages={"invalid": UNREADABLE_HOUR, "required": "Indiquez l’heure, par exemple 09:30."},
    )


def reason_field(label, *, required=False, help_text=""):
    return forms.CharField(
        label=label,
        required=required,
        max_length=300,
        help_text=help_text,
        error_messages={
            "required": "Le motif manque : écrivez-le, il reste avec la feuille.",
            "max_length": "300 caractères suffisent : dites le motif en une phrase.",
        },
    )


class ReasonedForm(Form):
    def clean_reason(self):
        reason = self.cleaned_data["reason"].strip()
        if has_social_security(reason):
            raise forms.ValidationError(NUMBERED)
        return reason


class LateForm(ReasonedForm):
    """Why a signature is collected out of its window."""

    prefix = "hors-delai"
    reason = reason_field("Pourquoi la signature est hors délai", required=True)


class MarkForm(ReasonedForm):
    """What is noted of one person; hours are those of the place, on the day of the half-day."""

    state = forms.ChoiceField(
        label="Pour cette demi-journée",
        widget=forms.RadioSelect,
        error_messages={"required": "Dites ce qui est noté de cette personne."},
    )
    arrived = hour("Arrivée en retard à", help_text="Seulement en cas de retard. Heure du lieu.")
    left = hour("Départ anticipé à", help_text="Seulement si la personne est partie avant la fin. Heure du lieu.")
    excuse = forms.ChoiceField(
        label="Motif de l’absence excusée",
        required=False,
        choices=[("", "Aucun")] + [(one.value, one.label.capitalize()) for one in Excuse],
        help_text="Sans précision sur la santé de la personne.",
    )
    reason = reason_field("Motif")

    def __init__(self, *args, attendance, **kwargs):
        super().__init__(*args, **kwargs)
        self.attendance, locked = attendance, attendance.sheet.is_locked
        signed = attendance.is_signed
        choices = [(S.PRESENT, "Présence signée" if signed else "Présence, signée par le formateur")]
        choices = choices if signed or locked else [(S.EXPECTED, "Pas encore signé")]
        choices += [(S.ABSENT, "Absence"), (S.EXCUSED, "Absence excusée")]
        self.fields["state"].choices = choices
        self.fields["reason"].required = locked
        self["reason"].label = "Motif de la correction" if locked else "Motif, si une signature est écartée"
        if not signed and not locked:
            del self.fields["arrived"], self.fields["left"], self.fields["reason"]

    @property
    def told(self) -> Mark:
        data = self.cleaned_data
        return Mark(
            AttendanceState(data["state"]),
            arrived_at=self._instant(data.get("arrived")),
            left_at=self._instant(data.get("left")),
            excuse=data["excuse"] if data["state"] == S.EXCUSED else "",
            reason=data.get("reason", ""),
        )

    def _instant(self, hour):
        sheet = self.attendance.sheet
        return at_hour(sheet, hour, after=sheet.half_day.starts_at) if hour else None


def at_hour(sheet, hour, *, after=None):
    """That hour where the half-day is held; the day after when a half-day that ends past midnight needs it."""
    instant = datetime.datetime.combine(sheet.half_day.day, hour, sheet.session.tzinfo)
    crosses = sheet.half_day.local_end.date() > sheet.half_day.day
    if after and crosses and instant < after:
        return instant + datetime.timedelta(days=1)
    return instant


class WindowForm(Form):
    """Between two hours of the place; a closing before the opening is that of the following day."""

    opens = hour("Ouverture", required=True)
    closes = hour("Fermeture", required=True)

    def __init__(self, *args, sheet, **kwargs):
        opens, closes = sheet.local(sheet.opens_at), sheet.local(sheet.closes_at)
        super().__init__(*args, initial={"opens": opens.time(), "closes": closes.time()}, **kwargs)
        self.sheet = sheet

    @property
    def bounds(self) -> dict:
        opens_at = at_hour(self.sheet, self.cleaned_data["opens"])
        closes_at = at_hour(self.sheet, self.cleaned_data["closes"])
        return {"opens_at": opens_at, "closes_at": closes_at + datetime.timedelta(days=closes_at <= opens_at)}


class WayForm(Form):
    way = forms.ChoiceField(choices=[(one.value, one.label) for one in OFFERED_WAYS])


class ScanField(forms.FileField):
    def clean(self, data, initial=None):
        given = super().clean(data, initial)
        if not given:
            return None
        try:
            return check_scan(given.name, given.read())
        except Unfit as unfit:
            raise forms.ValidationError(str(unfit)) from unfit


class PaperForm(ReasonedForm):
    """Who signed the paper, and its scan."""

    people = forms.MultipleChoiceField(
        label="Qui a signé la feuille papier",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Cochez au moins une personne qui a signé la feuille."},
    )
    scan = ScanField(
        label="Feuille signée, numérisée ou photographiée",
        help_text=f"{ACCEPTED}, 10 Mo au plus. Elle est gardée avec la feuille, et n’est pas publique.",
        error_messages={"required": "Joignez la feuille signée : une photographie lisible suffit."},
    )
    reason = reason_field(
        "Pourquoi elle est saisie maintenant",
        help_text="Demandé après la fermeture de la signature ou un autre jour : « saisie au retour du bureau ».",
    )

    def __init__(self, *args, lines, **kwargs):
        super().__init__(*args, **kwargs)
        self.lines = {str(one.public_id): one for one in lines}
        self.fields["people"].choices = [(pk, one.person.full_name) for pk, one in self.lines.items()]

    @property
    def chosen(self):
        return [self.lines[pk] for pk in self.cleaned_data["people"]]
