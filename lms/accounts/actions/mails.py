"""Messages about an account: the text is a template of `templates/account/email/`, the reason is written here."""

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string

from lms.kernel.mail import post_mail

SOMEBODY_TYPED = "Vous recevez ce message parce que quelqu’un a saisi cette adresse sur la page de connexion."
SECURITY = "Vous recevez ce message parce que la sécurité de votre compte vient de changer."
REASONS = {
    "account/email/login_code": SOMEBODY_TYPED,
    "account/email/unknown_account": SOMEBODY_TYPED,
    "account/email/email_confirmation": "Vous recevez ce message parce que cette adresse a été saisie dans un profil.",
    "account/email/address_code": "Vous recevez ce message parce qu’un code a été demandé depuis votre compte.",
    "account/email/data_answer": "Vous recevez ce message parce que vous avez fait une demande sur vos données.",
    "account/email/data_request": "Vous recevez ce message parce que vous avez fait une demande sur vos données.",
    "account/email/administrator": "Vous recevez ce message parce que l’administration du site vous est ouverte.",
}


def send(template: str, to: str, **context) -> None:
    """Post one message; `template` is « account/email/login_code », with its `_subject.txt` and `_message.txt`."""
    if not to:
        return
    context = {"site_name": settings.SITE_NAME, "base_url": settings.BASE_URL, "email": to} | context
    subject = " ".join(render_to_string(f"{template}_subject.txt", context).splitlines()).strip()
    body = render_to_string(f"{template}_message.txt", context).strip() + "\n"
    with transaction.atomic():
        post_mail(to=to, subject=subject, body=body, reason=REASONS.get(template, SECURITY))
