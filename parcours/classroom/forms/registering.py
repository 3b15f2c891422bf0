from django import forms

from lms.accounts.permissions import is_closed_domain, is_generic_mailbox
from lms.kernel.formats import counted
from lms.kernel.rules import current
from lms.site.forms import Form
from parcours.classroom.engine.funding import PRIVATE, PUBLIC, Answers
from parcours.classroom.forms.written import WrittenForm
from parcours.classroom.models.roads import FUNDERS

YES, NO = "oui", "non"
YES_NO = [(NO, "Non"), (YES, "Oui")]
WHY = {
    "required": "Dites pourquoi en quelques mots.",
    "max_length": "Ce motif est trop long : 300 caractères au plus.",
}
NOT_MINE = {"autocomplete": "off"}  # a browser offers the référent their own name


class FundingForm(Form):
    """At most four questions, read from the address: the next page opens on the same answers."""

    employeur = forms.ChoiceField(
        label="L’employeur est-il public ou privé ?",
        widget=forms.RadioSelect,
        choices=[(PUBLIC, "Public (collectivité, établissement public, État)"), (PRIVATE, "Privé (association…)")],
    )
    conseiller = forms.ChoiceField(
        label="La ou les personnes sont-elles conseillers numériques ?", widget=forms.RadioSelect, choices=YES_NO
    )
    accord = forms.ChoiceField(
        label="Un financement est-il déjà accordé pour cette formation ?", widget=forms.RadioSelect, choices=YES_NO
    )
    par = forms.ChoiceField(label="Si oui, par qui ?", required=False)

    def __init__(self, data=None, *, employer, **kwargs):
        super().__init__(data, **kwargs)
        self.employer = employer
        self.fields["par"].choices = [("", "Choisir un financeur"), *current(FUNDERS.code).items()]
        if employer.legal_category:
            kind = PUBLIC if employer.is_public_body else PRIVATE
            self.initial.setdefault("employeur", kind)
            self["employeur"].help_text = (
                f"D’après sa catégorie juridique, {employer} est {'publique' if kind == PUBLIC else 'privée'} : "
                "confirmez ou corrigez."
            )

    def clean(self):
        cleaned = super().clean()
        granted = cleaned.get("accord") == YES
        if granted and not cleaned.get("par"):
            self.add_error("par", "Dites qui a accordé ce financement.")
        return cleaned

    @property
    def answers(self) -> Answers:
        given = self.cleaned_data
        return Answers(
            employer=given["employeur"],
            conseiller=given["conseiller"] == YES,
            granted_by=given["par"] if given["accord"] == YES else "",
            legal_category=self.employer.legal_category,
        )


class SomebodyForm(Form):
    """A person by their address; all three are wanted, or none when nobody is to be added."""

    first_name = forms.CharField(label="Prénom", required=False, max_length=120, widget=forms.TextInput(NOT_MINE))
    last_name = forms.CharField(label="Nom", required=False, max_length=120, widget=forms.TextInput(NOT_MINE))
    email = forms.EmailField(
        label="Adresse e-mail",
        required=False,
        widget=forms.EmailInput(NOT_MINE),
        error_messages={"invalid": "Cette adresse n’est pas complète : elle s’écrit nom@exemple.fr."},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.full_clean()
        for field in self.fields.values():
            field.required = True  # judged together: none says that it is optional

    def clean_email(self):
        email = self.cleaned_data["email"]
        if email and is_closed_domain(email):
            raise forms.ValidationError("Les boîtes de ce domaine n’existent plus : demandez une autre adresse.")
        if email and is_generic_mailbox(email):
            raise forms.ValidationError("Cette adresse est partagée : il faut une adresse propre à la personne.")
        return email

    def clean(self):
        cleaned = super().clean()
        for name, label in (("first_name", "le prénom"), ("last_name", "le nom"), ("email", "l’adresse")):
            if self.somebody and not cleaned.get(name) and name not in self.errors:
                self.add_error(name, f"Il manque {label} de la personne à ajouter.")
        return cleaned

    @property
    def somebody(self) -> bool:
        return any(self.data.get(self.add_prefix(name), "").strip() for name in self.fields)


class WaitForm(Form):
    attendre = forms.BooleanField(
        label="Mettre en liste d’attente les personnes pour qui il n’y a plus de place", required=False, initial=True
    )


class ReasonForm(WrittenForm):
    reason = forms.CharField(
        label="Motif",
        max_length=300,
        help_text="En quelques mots. Il est gardé avec l’inscription ; n’écrivez rien de la santé de la personne.",
        error_messages=WHY,
    )


class ReplaceForm(ReasonForm):
    person = forms.ModelChoiceField(
        label="Qui prend cette place ?",
        queryset=None,
        empty_label="Choisir une personne de la structure",
        error_messages={"invalid_choice": "Choisissez une personne de la liste."},
    )
    field_order = ["person", "reason"]

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = people


class MoveForm(ReasonForm):
    session = forms.ModelChoiceField(
        label="Vers quelle session ?",
        queryset=None,
        empty_label="Choisir une session",
        error_messages={"invalid_choice": "Choisissez une session de la liste."},
    )
    field_order = ["session", "reason"]

    def __init__(self, *args, sessions, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["session"].queryset = sessions
        self.fields["session"].label_from_instance = lambda one: (
            f"{one.when} ({counted(one.seats_left, 'place', 'places')})"
        )


class PayerForm(Form):
    email = forms.EmailField(
        label="Adresse e-mail du financeur",
        error_messages={"invalid": "Cette adresse n’est pas complète : elle s’écrit nom@exemple.fr."},
    )


class OverrideForm(WrittenForm):
    reason = forms.CharField(label="Motif de l’ouverture", max_length=300, error_messages=WHY)


class MessageForm(WrittenForm):
    subject = forms.CharField(
        label="Objet",
        max_length=120,
        error_messages={"max_length": "Cet objet est trop long : 120 caractères au plus."},
    )
    message = forms.CharField(
        label="Message",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"max_length": "Ce message est trop long : 4 000 caractères au plus."},
    )

    def clean_subject(self):
        return " ".join(self.cleaned_data["subject"].split())
