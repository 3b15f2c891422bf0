from datetime import timedelta

from django import forms
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from lms.kernel.formats import duration
from lms.kernel.models import RevocationReason
from lms.organisations.forms import EmployerForm
from lms.site.forms import Form
from parcours.learning.documents.learners import Sought
from parcours.learning.documents.standing import SORTS, STATES
from parcours.learning.models import Moment

TOO_OLD, TOO_EARLY = timedelta(days=90), timedelta(days=1)
UNREADABLE = "Votre réponse n’a pas pu être lue : rechargez la page, puis répondez de nouveau."
OTHER_EDITION = (
    "Le parcours a été mis à jour pendant que vous lisiez cette page. "
    "Voici ce qu’il annonce maintenant : relisez, puis confirmez."
)


class ReadEdition(Form):
    """Which edition was read before saying yes: an older one is announced again before anybody commits."""

    edition = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, edition, **kwargs):
        super().__init__(*args, **kwargs)
        self.current = edition
        self.fields["edition"].initial = edition.pk

    def clean(self):
        cleaned = super().clean()
        if cleaned.pop("edition", None) != self.current.pk:
            self.errors.pop("edition", None)
            self.data = self.data.copy()
            self.data[self.add_prefix("edition")] = self.current.pk
            self.add_error(None, OTHER_EDITION)
        return cleaned


class EnrolForm(ReadEdition):
    """For which of the employers known the person learns; with one, there is nothing to choose."""

    employer = forms.ChoiceField(
        label="Pour quel employeur suivez-vous ce parcours ?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez l’employeur pour lequel vous suivez ce parcours."},
    )

    def __init__(self, *args, employers, **kwargs):
        super().__init__(*args, **kwargs)
        self.employers = {str(one.pk): one for one in employers}
        if len(self.employers) == 1:
            del self.fields["employer"]
        else:
            self.fields["employer"].choices = [(pk, str(one)) for pk, one in self.employers.items()]

    @property
    def only(self):
        """The employer there is no need to ask for."""
        return next(iter(self.employers.values())) if len(self.employers) == 1 else None

    @property
    def chosen(self) -> dict:
        return {"employer": self.only or self.employers[self.cleaned_data["employer"]]}


class EnrolDeclaringForm(ReadEdition, EmployerForm):
    """The same for someone whose employer is not known yet."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.order_fields(["siret", "name", "departement", "known"])

    @property
    def chosen(self) -> dict:
        return self.employer


class AnswerForm(forms.Form):
    """One answer as a browser sends it. Only its shape is checked here: the edition decides the rest."""

    question_id = forms.UUIDField()
    given = forms.Field(required=False)
    attempt = forms.IntegerField(min_value=1, max_value=999)
    client_id = forms.RegexField(r"\A[A-Za-z0-9-]{8,64}\Z")
    said_at = forms.CharField(required=False)

    def clean_question_id(self):
        return str(self.cleaned_data["question_id"])

    def clean_given(self):
        given = self.data.getlist("given")
        if len(given) > 50:
            raise forms.ValidationError(UNREADABLE)
        return given

    def clean_said_at(self):
        """The browser's own clock, for information: one that cannot be right is dropped, the answer is not."""
        try:
            said_at = parse_datetime(self.cleaned_data["said_at"])
            now = timezone.now()
            return said_at if said_at and now - TOO_OLD < said_at < now + TOO_EARLY else None
        except (ValueError, TypeError, OverflowError):
            return None

    @property
    def sentence(self):
        """The one sentence of a refusal."""
        return self.errors["given"][0] if list(self.errors) == ["given"] else UNREADABLE


class RestartForm(forms.Form):
    """The number of the attempt that is finished."""

    after = forms.IntegerField(min_value=1, max_value=998)


class MomentForm(Form):
    """One moment of the week more, by the clock of the reader."""

    weekday = forms.TypedChoiceField(
        label="Jour", coerce=int, choices=[(day.value, day.label.capitalize()) for day in Moment.Weekday]
    )
    starts_at = forms.TimeField(
        label="Heure",
        input_formats=["%H:%M", "%Hh%M", "%H h %M", "%Hh", "%H h", "%H"],
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
        help_text="Par exemple 09:30.",
        error_messages={
            "required": "Indiquez l’heure, par exemple 09:30.",
            "invalid": "Cette heure ne se lit pas : écrivez-la comme 09:30.",
        },
    )
    minutes = forms.TypedChoiceField(
        label="Durée", coerce=int, choices=[(minutes, duration(minutes)) for minutes in Moment.MINUTES], initial=20
    )


class RevokeForm(Form):
    """Why a paper is withdrawn: one of the reasons that the public reads."""

    reason = forms.ChoiceField(
        label="Motif, qui sera public",
        choices=[(reason.value, reason.label.capitalize()) for reason in RevocationReason],
        widget=forms.RadioSelect,
        help_text="La page de vérification le montre à tous, sans autre précision.",
        error_messages={"required": "Choisissez le motif : la page de vérification l’affichera."},
    )
    confirmed = forms.BooleanField(required=False, widget=forms.HiddenInput)


class LearnersForm(Form):
    """How a trainer looks for somebody they train."""

    q = forms.CharField(label="Rechercher une personne", required=False, max_length=200)
    etat = forms.ChoiceField(label="État", required=False, choices=[("", "Tous"), *STATES.items()])
    parcours = forms.TypedChoiceField(label="Parcours", required=False, coerce=int, empty_value=None)
    tri = forms.ChoiceField(label="Trier par", required=False, choices=[*SORTS.items()])

    def __init__(self, data, *, parcours):
        super().__init__(data)
        self.fields["parcours"].choices = [("", "Tous"), *parcours]

    @property
    def search(self) -> Sought:
        """What was asked, a filter that means nothing being left out."""
        self.is_valid()
        return Sought(**{name: value for name, value in self.cleaned_data.items() if value})
