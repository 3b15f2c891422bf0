"""What is looked at before a deployment, beyond Django's own checks."""

import datetime

from django.core.checks import Error, Warning, register
from django.utils import timezone

SOON = datetime.timedelta(days=60)


@register(deploy=True)
def signing_key_opens(app_configs, **kwargs):
    from lms.kernel.papers.signing import KeyMissing, load_signer

    try:
        ends_at = load_signer().signing_cert.not_valid_after
    except KeyMissing:
        return [
            Error(
                "La clé qui signe les documents ne s’ouvre pas.",
                hint="Vérifiez PAPER_SIGNING_KEY, PAPER_SIGNING_PASSPHRASE et les droits du fichier.",
                id="kernel.E001",
            )
        ]
    if ends_at - timezone.now() > SOON:
        return []
    return [
        Warning(
            f"Le certificat qui signe les documents expire le {ends_at:%d/%m/%Y}.",
            hint="Renouvelez la clé (docs/exploitation.md) : les documents déjà délivrés restent vérifiables.",
            id="kernel.W001",
        )
    ]
