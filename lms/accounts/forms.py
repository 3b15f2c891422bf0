"""The shape of what people type about their own account; the sentences here are what they read when it is wrong."""

from allauth.account.adapter import get_adapter
from allauth.account.forms import ConfirmLoginCodeForm, LoginForm, ReauthenticateForm, RequestLoginCodeForm
from allauth.account.internal.flows.manage_email import email_already_exists
from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa.adapter import get_adapter as get_mfa_adapter
from allauth.mfa.base.forms import AuthenticateForm as StockFactorForm
from allauth.mfa.base.forms import ReauthenticateForm as StockFactorProofForm
from allauth.mfa.recovery_codes.forms import GenerateRecoveryCodesForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    EditWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.cache import cache
from django.core.exceptions import ValidationError

from lms.accounts.engine.addresses import has_accent_before_at, normalise_email
from lms.accounts.engine.names import can_be_read, clean_name
from lms.accounts.models import DataRequest, FrenchZone
from lms.accounts.permissions import is_closed_domain, is_generic_mailbox
from lms.site.forms import Form

NAME_LENGTH = 120
ADDRESS_FAULT = "Cette adresse n’est pas complète : elle s’écrit « nom@domaine.fr », sans espace."
ACCENT_FAULT = "Une adresse ne porte pas d’accent avant le signe @ : retirez-le, par exemple « helene@ville.fr »."
CLOSED_FAULT = (
    "Les boîtes aux lettres de ce domaine n’existent plus : aucun message n’y arrive. Indiquez l’adresse que vous "
    "donne aujourd’hui votre employeur."
)
SHARED_FAULT = (
    "Cette adresse semble lue par plusieurs personnes : vous pouvez vous former avec elle, mais elle ne pourra pas "
    "servir à votre habilitation Aidants Connect. Indiquez plutôt une adresse professionnelle à votre nom, ou cochez "
    "la case ci-dessous pour continuer."
)
PIX_SHARED_FAULT = (
    "Aidants Connect refuse les adresses partagées par un service : demandez à votre employeur une adresse à votre nom."
)


class AddressField(forms.EmailField):
    default_error_messages = {
        "required": "Indiquez votre adresse électronique.",
        "invalid": ADDRESS_FAULT,
    }

    def __init__(self, **kwargs):
        kwargs.setdefault("label", "Adresse électronique")
        kwargs.setdefault("help_text", "Format attendu : nom@domaine.fr")
        super().__init__(max_length=254, **kwargs)
        self.widget.attrs |= {"autocomplete": "email", "spellcheck": "false", "autocapitalize": "none"}

    def clean(self, value):
        address = normalise_email(value)
        if has_accent_before_at(address):
            raise ValidationError(ACCENT_FAULT, code="accent")
        return super().clean(address)


class NameField(forms.CharField):
    def __init__(self, *, autocomplete, **kwargs):
        super().__init__(max_length=NAME_LENGTH, **kwargs)
        self.widget.attrs["autocomplete"] = autocomplete

    def clean(self, value):
        name = super().clean(clean_name(value))
        if not can_be_read(name):
            raise ValidationError("Écrivez au moins une lettre.", code="unreadable")
        return name


class PasswordField(forms.CharField):
    def __init__(self, *, autocomplete, **kwargs):
        widget = forms.PasswordInput(attrs={"autocomplete": autocomplete})
        super().__init__(strip=False, max_length=128, widget=widget, **kwargs)


class SignInForm(Form, RequestLoginCodeForm):
    """The address only: a code is sent there. What the form answers never depends on whether it is known."""

    email = AddressField()

    def clean_email(self):
        if is_closed_domain(self.cleaned_data["email"]):
            raise ValidationError(CLOSED_FAULT, code="closed")
        return super().clean_email()


class SignUpForm(SignInForm):
    field_order = ["first_name", "last_name", "email", "shared_is_known"]

    first_name = NameField(
        label="Prénom", autocomplete="given-name", error_messages={"required": "Indiquez votre prénom."}
    )
    last_name = NameField(
        label="Nom",
        autocomplete="family-name",
        help_text="Tel qu’il doit figurer sur vos attestations.",
        error_messages={"required": "Indiquez votre nom."},
    )
    email = AddressField(
        label="Adresse électronique professionnelle",
        help_text="À votre nom, par exemple prenom.nom@mairie-exemple.fr.",
    )
    shared_is_known = forms.BooleanField(
        label="Je continue avec cette adresse partagée et je sais qu’elle ne servira pas à mon habilitation",
        required=False,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not self.is_bound or not is_generic_mailbox(normalise_email(self.data.get("email"))):
            del self.fields["shared_is_known"]

    def clean(self):
        cleaned = super().clean()
        if "shared_is_known" in self.fields and cleaned.get("email") and not cleaned.get("shared_is_known"):
            self.add_error("email", ValidationError(SHARED_FAULT, code="shared"))
        return cleaned

    @property
    def person(self):
        return self._user


class CodeForm(Form, ConfirmLoginCodeForm):
    """The code received by e-mail; spaces and dashes do not matter."""

    code = forms.CharField(
        label="Code reçu",
        max_length=40,
        help_text="8 chiffres, par exemple 1234-5678.",
        error_messages={"required": "Recopiez le code du message reçu."},
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "spellcheck": "false"}),
    )


class PasswordSignInForm(Form, LoginForm):
    password = PasswordField(
        label="Mot de passe",
        autocomplete="current-password",
        error_messages={"required": "Indiquez votre mot de passe."},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields = {"login": AddressField(), "password": self.fields["password"]}

    def _setup_password_field(self):
        """allauth drops the field where no password is asked at sign-up: here it stays, as the other way in."""


class FactorCodeForm(Form):
    """Mixed into allauth's own forms, which check the code against the factors of the person."""

    code = forms.CharField(
        label="Code",
        max_length=40,
        help_text="Les 6 chiffres de votre application, ou l’un des codes de votre feuille.",
        error_messages={"required": "Indiquez un code."},
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "spellcheck": "false"}),
    )

    def clean_code(self):
        """A code serves once, for longer than the clock of the application accepts it."""
        code = super().clean_code()
        key = f"accounts.used_code.{self.user.pk}.{normalize_user_code(code)}"
        if not cache.add(key, True, timeout=(2 * settings.MFA_TOTP_TOLERANCE + 2) * 30):
            raise get_mfa_adapter().validation_error("incorrect_code")
        return code


class FactorForm(FactorCodeForm, StockFactorForm):
    pass


class FactorProofForm(FactorCodeForm, StockFactorProofForm):
    pass


class ApplicationForm(FactorCodeForm, ActivateTOTPForm):
    code = forms.CharField(
        label="Code affiché par l’application",
        max_length=40,
        help_text="6 chiffres, qui changent toutes les 30 secondes.",
        error_messages={"required": "Recopiez le code que l’application affiche."},
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "spellcheck": "false"}),
    )


class PrintedCodesForm(Form, GenerateRecoveryCodesForm):
    def clean(self):
        """Ten printed codes may be the first and only factor: no smartphone is ever required."""
        return self.cleaned_data


class PasskeyAnswer(Form):
    """What the browser obtains from the key; mixed into allauth's own forms, which check it."""

    credential = forms.JSONField(
        label="Clé d’accès",
        widget=forms.HiddenInput,
        error_messages={"required": "Votre clé n’a pas été lue : recommencez, ou choisissez un autre moyen."},
    )


class PasskeyForm(PasskeyAnswer, AddWebAuthnForm):
    name = forms.CharField(
        label="Nom de la clé",
        max_length=60,
        required=False,
        help_text="Pour la reconnaître, par exemple « PC du bureau ».",
    )


class PasskeySignInForm(PasskeyAnswer, AuthenticateWebAuthnForm):
    pass


class PasskeyProofForm(PasskeyAnswer, ReauthenticateWebAuthnForm):
    pass


class PasskeyNameForm(Form, EditWebAuthnForm):
    name = forms.CharField(
        label="Nom de la clé", max_length=60, error_messages={"required": "Donnez un nom à cette clé."}
    )


class PasswordProofForm(Form, ReauthenticateForm):
    password = PasswordField(
        label="Mot de passe",
        autocomplete="current-password",
        error_messages={"required": "Indiquez votre mot de passe."},
    )


class ProfileForm(Form):
    first_name = NameField(
        label="Prénom", autocomplete="given-name", error_messages={"required": "Indiquez votre prénom."}
    )
    last_name = NameField(
        label="Nom",
        autocomplete="family-name",
        help_text="Tel qu’il doit figurer sur vos prochaines attestations ; celles déjà délivrées ne changent pas.",
        error_messages={"required": "Indiquez votre nom."},
    )
    time_zone = forms.ChoiceField(
        label="Fuseau horaire", choices=FrenchZone.choices, help_text="Les heures du site s’affichent dans ce fuseau."
    )


class ChangeEmailForm(Form):
    email = AddressField(label="Nouvelle adresse", help_text="Un code y sera envoyé pour la confirmer.")

    def __init__(self, *args, person, **kwargs):
        self.person = person
        super().__init__(*args, **kwargs)

    def clean_email(self):
        email = self.cleaned_data["email"]
        if email == self.person.email:
            raise get_adapter().validation_error("same_as_current")
        if is_closed_domain(email):
            raise ValidationError(CLOSED_FAULT, code="closed")
        return email


class EmailCodeForm(CodeForm):
    """The code sent to a new sign-in address, which must still be free when it comes back."""

    def __init__(self, *args, user=None, email=None, **kwargs):
        self.user, self.email = user, email
        super().__init__(*args, **kwargs)

    def clean_code(self):
        code = super().clean_code()
        email_already_exists(user=self.user, email=self.email, always_raise=True)
        return code


class PixAddressForm(Form):
    email = AddressField(
        label="Adresse pour Pix et Aidants Connect",
        help_text="Professionnelle, à votre nom, la même sur Pix et sur Aidants Connect.",
    )

    def clean_email(self):
        email = self.cleaned_data["email"]
        if is_closed_domain(email):
            raise ValidationError(CLOSED_FAULT, code="closed")
        if is_generic_mailbox(email):
            raise ValidationError(PIX_SHARED_FAULT, code="shared")
        return email


class NewPasswordForm(Form):
    password = PasswordField(
        label="Nouveau mot de passe",
        autocomplete="new-password",
        help_text="12 caractères au moins. Une phrase de quelques mots convient très bien.",
        error_messages={"required": "Choisissez un mot de passe."},
    )

    def __init__(self, *args, person, **kwargs):
        self.person = person
        super().__init__(*args, **kwargs)

    def clean_password(self):
        password = self.cleaned_data["password"]
        validate_password(password, self.person)
        return password


class FactorResetForm(Form):
    email = AddressField(label="Adresse électronique de votre collègue", help_text="Celle de sa connexion.")
    reason = forms.CharField(
        label="Circonstances",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Ce que votre collègue a perdu, et comment vous avez vérifié son identité.",
        error_messages={"required": "Dites ce qui est arrivé : l’administrateur en a besoin pour décider."},
    )


class DataRequestForm(Form):
    kind = forms.ChoiceField(
        label="Votre demande",
        choices=DataRequest.Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez ce que vous demandez."},
    )
    message = forms.CharField(
        label="Précisions",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Dites quelle information est concernée. Ne joignez pas de pièce d’identité.",
        error_messages={"required": "Dites en une phrase ce que vous attendez."},
    )


class AnswerForm(Form):
    answer = forms.CharField(
        label="Réponse à la personne",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": "Écrivez la réponse : elle est envoyée à la personne."},
    )
