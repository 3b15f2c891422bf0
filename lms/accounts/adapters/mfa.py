import base64
import hashlib

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings

KINDS = Authenticator.Type


def cipher() -> MultiFernet:
    """The secrets of factors are stored enciphered; an older SECRET_KEY kept as a fallback still reads them."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    digests = [hashlib.sha256(b"lms.accounts.factor" + key.encode()).digest() for key in keys]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])


class MFAAdapter(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": "Ce code n’est pas le bon, ou il a déjà servi. Essayez avec le suivant.",
        "unverified_email": "Confirmez d’abord votre adresse : déconnectez-vous, puis reconnectez-vous avec un code.",
    }

    def is_mfa_enabled(self, user, types=None):
        """Ten printed codes are a factor of their own: they count wherever allauth looks for a « main » one."""
        if types is not None and {KINDS.TOTP, KINDS.WEBAUTHN} <= set(types):
            types = [*types, KINDS.RECOVERY_CODES]
        return super().is_mfa_enabled(user, types)

    def encrypt(self, text):
        return cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text):
        return cipher().decrypt(encrypted_text.encode()).decode()

    def generate_authenticator_name(self, user, type):
        count = Authenticator.objects.filter(user=user, type=type).count()
        return "Ma clé d’accès" if not count else f"Ma clé d’accès n° {count + 1}"

    def _get_site_name(self):
        return settings.SITE_NAME
