from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.internal.cryptokit import generate_user_code
from django.urls import reverse

from lms.accounts.actions.mails import send
from lms.accounts.second_factor import is_fresh

CODE_DIGITS = 8
QUIET = {"request", "current_site", "user", "ip", "user_agent", "timestamp"}  # what a message never needs
PROOFS = {
    "reauthenticate": "Avec votre mot de passe",
    "code": "Avec un code reçu par courriel",
    "mfa_reauthenticate": "Avec un code de votre application ou de votre feuille",
    "mfa_reauthenticate:webauthn": "Avec votre clé d’accès",
}


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": "Ce compte est fermé.",
        "email_password_mismatch": "L’adresse ou le mot de passe ne correspond pas. Vérifiez-les, ou recevez un code.",
        "email_taken": "Cette adresse ne peut pas être utilisée. Indiquez-en une autre.",
        "incorrect_code": "Ce code n’est pas le bon. Recopiez les chiffres du dernier message reçu.",
        "incorrect_password": "Ce mot de passe n’est pas le bon.",
        "rate_limited": "Trop de demandes en peu de temps. Attendez une minute, puis recommencez.",
        "too_many_login_attempts": "Trop d’essais en peu de temps. Attendez cinq minutes, puis recommencez.",
        "same_as_current": "Cette adresse est déjà la vôtre.",
    }

    def get_login_stages(self):
        return [
            "allauth.account.stages.LoginByCodeStage",
            "allauth.account.stages.EmailVerificationStage",
            "lms.accounts.adapters.stages.AuthenticateStage",
            "lms.accounts.adapters.stages.TrustStage",
        ]

    def generate_login_code(self):
        return generate_user_code(length=CODE_DIGITS, numeric=True)

    generate_email_verification_code = generate_login_code

    def send_mail(self, template_prefix, email, context):
        """Post the message: what takes time happens after the answer, so that time tells nothing."""
        send(template_prefix, email, **{key: value for key, value in context.items() if key not in QUIET})

    def get_email_verification_redirect_url(self, email_address):
        return reverse("accounts:profile") if self.request.user.is_authenticated else reverse("account_login")

    def is_reauthentication_required(self, *, app, **kwargs):
        return not is_fresh(self.request)

    def get_reauthentication_methods(self, user):
        """The second factor of who has one; otherwise the password or a code sent to the sign-in address."""
        methods = super().get_reauthentication_methods(user)
        factors = [method for method in methods if method["id"].startswith("mfa")]
        proofs = factors or [*methods, {"id": "code", "url": reverse("accounts:prove")}]
        return [method | {"description": PROOFS[method["id"]]} for method in proofs]
