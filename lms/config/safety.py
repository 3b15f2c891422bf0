"""What makes the product refuse to start: everything that is wrong is said at once, in sentences."""

import os
from urllib.parse import urlsplit

from django.http.request import validate_host
from environs import EnvValidationError

LOCAL_HOSTS = {"localhost", "127.0.0.1", "[::1]", "testserver"}
REQUIRED = (
    "SECRET_KEY",
    "ALLOWED_HOSTS",
    "BASE_URL",
    "PAPER_SIGNING_KEY",
    "PAPER_SIGNING_PASSPHRASE",
    "DEFAULT_FROM_EMAIL",
)


def refusals(env, settings: dict) -> list[str]:
    """Seals the environment; what stands between these settings and a start."""
    local, required = settings["LOCAL"], REQUIRED if settings["DEMO"] else (*REQUIRED, "EMAIL_URL")
    missing = [] if local else [name for name in required if not os.environ.get(name, "").strip()]
    said = [f"{name} manque : donnez-lui une valeur (docs/exploitation.md)." for name in missing]
    try:
        env.seal()
    except EnvValidationError as error:
        said += [f"{name} : {' '.join(why)}" for name, why in error.error_messages.items() if name not in missing]
    if not settings["DEMO"] and "EMAIL_URL" not in missing and "EMAIL_BACKEND" not in settings["EMAIL_URL"]:
        said.append("EMAIL_URL : l’adresse commence par submission:// (STARTTLS) ou smtp:// (docs/exploitation.md).")
    return [*said, *(_local(settings) if local else _production(settings, missing))]


def _local(settings):
    if not set(settings["ALLOWED_HOSTS"] or []) <= LOCAL_HOSTS:
        yield "LOCAL=true ne sert que cette machine : retirez le nom public de ALLOWED_HOSTS, ou LOCAL."


def _production(settings, missing):
    if settings["DEBUG"]:
        yield "DEBUG est refusé en production : retirez DEBUG de l’environnement."
    if not settings["SECURE_COOKIES"]:
        yield "Des cookies sans Secure sont refusés en production : retirez SECURE_COOKIES=false."
    key, hosts, address = settings["SECRET_KEY"], settings["ALLOWED_HOSTS"], settings["BASE_URL"]
    if "SECRET_KEY" not in missing and (len(key) < 50 or len(set(key)) < 5):
        yield "SECRET_KEY est trop courte : donnez au moins 50 caractères tirés au hasard."
    if "ALLOWED_HOSTS" not in missing and "*" in hosts:
        yield "ALLOWED_HOSTS=* accepterait n’importe quel nom : écrivez celui du site."
    if "BASE_URL" not in missing and not address.startswith("https://"):
        yield "BASE_URL doit commencer par https:// en production."
    if not {"BASE_URL", "ALLOWED_HOSTS"} & {*missing} and not validate_host(urlsplit(address).hostname or "", hosts):
        yield "Le nom de BASE_URL n’est pas dans ALLOWED_HOSTS : le site se refuserait à lui-même."
