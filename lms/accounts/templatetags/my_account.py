from django import template
from django.urls import reverse

register = template.Library()

ENTRIES = (
    ("Mon profil", "accounts:profile", ("account_email", "accounts:pix")),
    ("Connexion et sécurité", "accounts:security", ("account_change_password", "accounts:ask_factor_reset")),
    ("Second facteur", "mfa_index", ("mfa_", "accounts:remove_factor")),
    ("Mes données", "accounts:data", ("accounts:export",)),
)


@register.inclusion_tag("accounts/menu.html", takes_context=True)
def account_menu(context):
    here = context["request"].resolver_match.view_name
    return {
        "items": [
            {"label": label, "url": reverse(name), "current": here == name or here.startswith(below)}
            for label, name, below in ENTRIES
        ]
    }
