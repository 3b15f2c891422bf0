"""The short forms of the registers: only people, sessions and complaints of one's own organisme."""

from django import forms
from django.db.models import Q

from lms.accounts.models import Person
from lms.kernel.sensitive import without_social_security
from lms.organisations.models import Membership, Organisation
from lms.organisations.queries import today
from lms.site.forms import Form, ModelForm, NarrowingForm
from parcours.assistance.engine.files import ACCEPTED, too_big
from parcours.assistance.forms import CheckedFileField
from parcours.catalogue.models import ParcoursPage
from parcours.classroom.models import Registration, Session
from parcours.learning.models import Enrolment
from parcours.quality.lifecycle import Origin
from parcours.quality.models import (
    Abandonment,
    Complaint,
    DisabilityReferent,
    Hazard,
    Improvement,
    Subcontract,
    TrainerDocument,
    Watch,
)
from parcours.quality.queries import TRAINING_ROLES

MOST_SESSIONS = 100
TO_COME = "Cette date est à venir : notez ce qui est déjà arrivé."
NUMBER_TAKEN_OUT = (
    "Un numéro de sécurité sociale a été retiré de votre texte : il n’est jamais gardé ici. Relisez, puis envoyez."
)
UNKNOWN_TRAINEE = (
    "Personne ne suit ce parcours chez vous avec cette adresse : vérifiez l’adresse et le parcours choisis."
)


def day_input():
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def lines(rows):
    return forms.Textarea(attrs={"rows": rows})


class SessionField(forms.ModelChoiceField):
    def label_from_instance(self, session):
        return f"{session.title}, {session.when}"


class PersonField(forms.ModelChoiceField):
    def label_from_instance(self, person):
        return person.full_name


class EntryForm(ModelForm):
    """`homes`: the organismes the person may record for; the field is there only when there are several."""

    past = ("on",)

    def __init__(self, *args, homes, too_big=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.homes, self.too_big = list(homes), list(too_big)
        self.fields["organisation"].queryset = Organisation.objects.filter(pk__in=[one.pk for one in self.homes])
        self.fields["organisation"].empty_label = None
        if len(self.homes) == 1:
            self.fields["organisation"].initial = self.homes[0]
            self.fields["organisation"].widget = forms.HiddenInput()
        for field in self.fields.values():
            if isinstance(field, forms.DateField):
                field.widget, field.error_messages["invalid"] = day_input(), "Écrivez la date ainsi : 31/12/2026."
        self.limit()

    def limit(self):
        """What may be chosen: of the organismes of the person only."""
        sessions = Session.objects.filter(organisation__in=self.homes, starts_at__isnull=False)
        people = Person.objects.known().filter(
            pk__in=self._members().values("person"),
        )
        for field in self.fields.values():
            if isinstance(field, SessionField):
                recent = sessions.order_by("-starts_at").values("pk")[:MOST_SESSIONS]
                chosen = Q(pk__in=list(recent.values_list("pk", flat=True))) | Q(pk=self.instance.session_id)
                field.queryset = sessions.filter(chosen).for_page().order_by("-starts_at")
            elif isinstance(field, PersonField):
                field.queryset = people.order_by("last_name", "first_name", "pk")

    def _members(self):
        return Membership.objects.active().filter(organisation__in=self.homes).employing()

    def clean(self):
        cleaned = super().clean()
        for name, value in list(cleaned.items()):
            if isinstance(value, str) and value:
                self._refuse_number(name, value)
        for name in self.past:
            if cleaned.get(name) and cleaned[name] > today():
                self.add_error(name, TO_COME)
        for name in self.too_big:
            self.add_error("piece", too_big(name))
        return cleaned

    def _refuse_number(self, name, value):
        masked, found = without_social_security(value)
        if found:
            self.data = self.data.copy()
            self.data[self.add_prefix(name)] = masked
            self.add_error(name, NUMBER_TAKEN_OUT)

    @property
    def values(self) -> dict:
        """What the action writes, by name of field."""
        names = [name for name in self._meta.fields if name in self.cleaned_data]
        return {name: self.cleaned_data[name] for name in names}

    @property
    def piece(self):
        return self.cleaned_data.get("piece")


def piece_field(label="Fichier"):
    return CheckedFileField(label=label, required=False, help_text=f"5\u00a0Mo au plus : {ACCEPTED}.")


class AbandonmentForm(EntryForm):
    email = forms.EmailField(
        label="Adresse e-mail du stagiaire",
        help_text="Celle de son inscription.",
        error_messages={"invalid": "Cette adresse est incomplète : écrivez-la comme nom@domaine.fr."},
    )
    session = SessionField(label="Session", required=False, queryset=Session.objects.none(), empty_label="Aucune")

    class Meta:
        model = Abandonment
        fields = ["organisation", "parcours", "session", "on", "reason", "tried"]
        widgets = {"tried": lines(3)}
        labels = {"on": "Date de l’arrêt"}

    field_order = ["organisation", "email", "parcours", "session"]

    def limit(self):
        super().limit()
        taught = Q(organisation__in=self.homes) | Q(organisation=None) | Q(sessions__organisation__in=self.homes)
        self.fields["parcours"].queryset = ParcoursPage.objects.filter(taught).distinct().order_by("title")
        self.fields["parcours"].empty_label = None
        if self.instance.pk:
            self.fields["email"].initial = self.instance.person.email

    def clean(self):
        cleaned = super().clean()
        person = Person.objects.known().with_email(cleaned.get("email", "")).first() if cleaned.get("email") else None
        if cleaned.get("email") and cleaned.get("parcours") and not self._follows(person, cleaned):
            self.add_error("email", UNKNOWN_TRAINEE)
        cleaned["person"] = person
        session = cleaned.get("session")
        if session and cleaned.get("parcours") and session.parcours_id != cleaned["parcours"].pk:
            self.add_error("session", "Cette session porte sur un autre parcours : choisissez l’un des deux.")
        return cleaned

    def _follows(self, person, cleaned):
        if person is None:
            return False
        here = Registration.objects.filter(session__organisation__in=self.homes, session__parcours=cleaned["parcours"])
        online = Enrolment.objects.filter(parcours=cleaned["parcours"], parcours__organisation__in=self.homes)
        return here.filter(person=person).exists() or online.filter(person=person).exists()

    @property
    def values(self):
        return super().values | {"person": self.cleaned_data["person"]}


class HazardForm(EntryForm):
    session = SessionField(label="Session", required=False, queryset=Session.objects.none(), empty_label="Aucune")
    past = ("on", "solved_on")

    class Meta:
        model = Hazard
        fields = ["organisation", "on", "session", "what", "done", "solved_on"]
        widgets = {"what": lines(3), "done": lines(3)}


class ImprovementForm(EntryForm):
    session = SessionField(label="Session", required=False, queryset=Session.objects.none(), empty_label="Aucune")
    owner = PersonField(label="Responsable", queryset=Person.objects.none(), empty_label=None)

    class Meta:
        model = Improvement
        fields = ["organisation", "what", "origin", "complaint", "session", "owner", "on", "due_on"]
        widgets = {"what": lines(3)}
        labels = {"on": "Décidée le"}

    def limit(self):
        super().limit()
        self.fields["complaint"].queryset = Complaint.objects.filter(organisation__in=self.homes)
        self.fields["complaint"].empty_label = "Aucune"

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("origin") == Origin.COMPLAINT and not cleaned.get("complaint"):
            self.add_error("complaint", "Choisissez la réclamation d’où vient cette action.")
        if cleaned.get("due_on") and cleaned.get("on") and cleaned["due_on"] < cleaned["on"]:
            self.add_error("due_on", "L’échéance précède la décision : corrigez l’une des deux dates.")
        return cleaned


class WatchForm(EntryForm):
    past = ("on", "used_on")

    class Meta:
        model = Watch
        fields = ["organisation", "on", "topic", "source", "learnt", "use", "used_on"]
        widgets = {"learnt": lines(3), "use": lines(3)}
        labels = {"on": "Lu le"}


class TrainerDocumentForm(EntryForm):
    trainer = PersonField(label="Formateur", queryset=Person.objects.none(), empty_label=None)
    piece = piece_field()

    class Meta:
        model = TrainerDocument
        fields = ["organisation", "trainer", "kind", "title", "on", "expires_on"]
        labels = {"on": "Date de la pièce"}

    def limit(self):
        super().limit()
        held = self._members().filter(role__in=TRAINING_ROLES).values("person")
        self.fields["trainer"].queryset = self.fields["trainer"].queryset.filter(pk__in=held)


class SubcontractForm(EntryForm):
    piece = piece_field("Contrat")
    past = ("on", "checked_on")

    class Meta:
        model = Subcontract
        fields = [
            *("organisation", "name", "siret", "entrusted", "on", "starts_on", "ends_on"),
            *("checked_on", "checked_how"),
        ]
        labels = {"on": "Contrat signé le"}


class DisabilityReferentForm(EntryForm):
    person = PersonField(label="Référent handicap", queryset=Person.objects.none(), empty_label=None)
    past = ("on", "trained_on")

    class Meta:
        model = DisabilityReferent
        fields = ["organisation", "person", "on", "until", "training", "trained_on", "network"]
        labels = {"on": "Depuis le"}


class RegisterFilterForm(NarrowingForm):
    q = forms.CharField(label="Rechercher", required=False, max_length=100)
    choix = forms.ChoiceField(label="", required=False)
    tri = forms.ChoiceField(label="Trier", required=False)

    def __init__(self, *args, register, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["tri"].choices = [(code, label) for code, (label, _) in register.sorts.items()]
        if register.filter:
            self.fields["choix"].label = register.filter_label
            self.fields["choix"].choices = [("", "Tous"), *register.choices]
        else:
            del self.fields["choix"]

    @property
    def search(self) -> dict:
        """A filter that makes no sense is ignored."""
        self.is_valid()
        chosen = self.cleaned_data
        return {"q": chosen.get("q", ""), "chosen": chosen.get("choix", ""), "sort": chosen.get("tri", "")}


class WithdrawForm(Form):
    reason = forms.CharField(
        label="Pourquoi la retirer ?",
        max_length=300,
        help_text="La ligne ne compte plus nulle part ; votre motif, votre nom et la date restent au journal.",
        error_messages={"required": "Dites pourquoi : une preuve ne disparaît pas sans motif."},
    )


class DoneForm(Form):
    done_on = forms.DateField(label="Faite le", widget=day_input(), initial=today)


class MeasureForm(Form):
    measured_on = forms.DateField(label="Mesuré le", widget=day_input(), initial=today)
    effect = forms.CharField(
        label="Effet mesuré",
        max_length=1000,
        widget=lines(3),
        error_messages={"required": "Dites ce que vous avez constaté depuis."},
    )


FORMS = {
    "abandons": AbandonmentForm,
    "aleas": HazardForm,
    "ameliorations": ImprovementForm,
    "veille": WatchForm,
    "formateurs": TrainerDocumentForm,
    "sous-traitance": SubcontractForm,
    "handicap": DisabilityReferentForm,
}
