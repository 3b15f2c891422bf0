import uuid

from django import forms

from lms.kernel.sensitive import found_in, without_social_security
from lms.organisations.models import Kind, Organisation
from lms.site.forms import Form, NarrowingForm
from parcours.assistance.forms import REFUSED_NUMBER, REMINDER
from parcours.quality.lifecycle import Capacity, ComplaintState

LONGEST = 4000
COMPLAINT_SORTS = {"recentes": "Les plus récentes d’abord", "anciennes": "Les plus anciennes d’abord"}
NATION, NATIONAL = "nation", "L’équipe nationale de la plateforme"
DOUBT = "{} semble contenir {}. S’il s’agit d’une personne que vous aidez, retirez-le ; sinon, envoyez de nouveau."


def client_id_field():
    return forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)


class Careful(Form):
    """Texts that name nobody who is being helped: a social security number is taken out, the rest pointed out once."""

    client_id = client_id_field()
    warned = forms.CharField(required=False, max_length=1, widget=forms.HiddenInput)

    careful = ("text",)
    warns = True

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["client_id"].initial = uuid.uuid4().hex

    def clean_client_id(self):
        return self.cleaned_data["client_id"] or uuid.uuid4().hex

    def clean(self):
        cleaned = super().clean()
        for name in self.careful:
            self._look_at(name, cleaned.get(name, ""))
        return cleaned

    def _look_at(self, name, text):
        masked, found = without_social_security(text)
        if found:
            self._show_again(name, masked)
            self.add_error(name, REFUSED_NUMBER)
        elif self.warns and not self.cleaned_data.get("warned") and (labels := found_in(text)):
            self._show_again("warned", "1")
            self.add_error(name, DOUBT.format(self.fields[name].label, " et ".join(labels)))

    def _show_again(self, name, value):
        self.data = self.data.copy()
        self.data[self.add_prefix(name)] = value


class ComplaintForm(Careful):
    organisation = forms.ChoiceField(
        label="À qui s’adresse votre réclamation ?",
        error_messages={"invalid_choice": "Choisissez l’organisme dans la liste, ou l’équipe nationale."},
        help_text="L’organisme qui vous forme. Si vous ne savez pas, l’équipe nationale transmet.",
    )
    capacity = forms.ChoiceField(label="Vous êtes", choices=Capacity.choices)
    name = forms.CharField(
        label="Votre nom",
        required=False,
        max_length=160,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label="Votre adresse e-mail",
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
        help_text="L’accusé de réception, le numéro et la réponse y sont envoyés.",
        error_messages={
            "required": "Donnez une adresse : sans elle, nous ne pouvons pas vous répondre.",
            "invalid": "Cette adresse est incomplète : écrivez-la comme nom@domaine.fr.",
        },
    )
    subject = forms.CharField(
        label="L’objet, en quelques mots",
        max_length=160,
        error_messages={
            "required": "Donnez un objet à votre réclamation.",
            "max_length": "Cet objet est trop long : gardez l’essentiel, en 160 signes.",
        },
    )
    text = forms.CharField(
        label="Ce qui s’est passé, et ce que vous attendez",
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=REMINDER,
        error_messages={
            "required": "Dites ce qui s’est passé.",
            "max_length": "Ce texte est trop long : gardez l’essentiel, en 4\u00a0000 signes.",
        },
    )

    careful = ("subject", "text", "name")
    field_order = ["organisation", "capacity", "name", "email", "subject", "text"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        known = Organisation.objects.filter(kind=Kind.TRAINING, confirmed_at__isnull=False)
        found = [(str(one.pk), str(one)) for one in known.order_by("name", "antenne", "pk")]
        self.fields["organisation"].choices = [(NATION, NATIONAL), *found]

    def clean_organisation(self):
        """None is the national team."""
        chosen = self.cleaned_data["organisation"]
        return None if chosen == NATION else Organisation.objects.get(pk=chosen)

    @property
    def values(self) -> dict:
        return {name: value for name, value in self.cleaned_data.items() if name != "warned"}


class FollowUpForm(Careful):
    text = forms.CharField(
        label="Votre message",
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=REMINDER,
        error_messages={"required": "Écrivez votre message avant de l’envoyer."},
    )


class AnswerForm(Careful):
    """Whoever answers may give addresses and numbers of services: only a social security number is looked for."""

    text = forms.CharField(
        label="Votre réponse",
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="Dites ce qui a été vérifié, ce qui est décidé, et ce que la personne peut faire si elle n’est pas "
        "d’accord.",
        error_messages={"required": "Écrivez votre réponse avant de l’envoyer."},
    )
    warns = False


class ComplaintFilterForm(NarrowingForm):
    q = forms.CharField(label="Rechercher", required=False, max_length=100)
    etat = forms.ChoiceField(label="État", required=False, choices=[("", "Tous"), *ComplaintState.choices])

    tri = forms.ChoiceField(
        label="Trier", required=False, choices=[("", "Celles qui attendent d’abord"), *COMPLAINT_SORTS.items()]
    )

    @property
    def search(self) -> dict:
        """A filter that makes no sense is ignored."""
        self.is_valid()
        chosen = self.cleaned_data
        return {"q": chosen.get("q", ""), "state": chosen.get("etat", ""), "sort": chosen.get("tri", "")}
