"""A key for development and demonstration. A production key comes from an authority, by PAPER_SIGNING_KEY."""

import datetime
import os
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, NoEncryption, pkcs12
from cryptography.x509.oid import NameOID
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

YEARS = 10


class Command(BaseCommand):
    help = "Crée la clé qui signe les documents, pour le développement. Une clé qui existe est gardée."

    def handle(self, **options):
        path = Path(settings.PAPER_SIGNING_KEY)
        if path.exists():
            self.stdout.write(f"La clé de signature {path} existe : elle est gardée, rien n’a été écrit.")
            return
        if not (settings.LOCAL or settings.DEMO):
            raise CommandError(
                "Une clé faite ici ne prouve rien à personne : en production, donnez par PAPER_SIGNING_KEY "
                "le fichier PKCS#12 de votre cachet électronique."
            )
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(new_key(settings.PAPER_SIGNING_PASSPHRASE))
        self.stdout.write(f"Clé de signature créée : {path}")


def new_key(passphrase: str = "") -> bytes:
    """A P-256 key and its self-signed certificate, as PKCS#12."""
    key = ec.generate_private_key(ec.SECP256R1())
    encryption = BestAvailableEncryption(passphrase.encode()) if passphrase else NoEncryption()
    return pkcs12.serialize_key_and_certificates(b"papers", key, _certificate(key), None, encryption)


def _certificate(key):
    name = x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "FR"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, settings.SITE_NAME[:64]),
            x509.NameAttribute(NameOID.COMMON_NAME, "Cachet de développement, sans valeur légale"),
        ]
    )
    now = timezone.now()
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=365 * YEARS))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(), critical=True)
        .sign(key, hashes.SHA256())
    )


def _usage():
    return x509.KeyUsage(
        digital_signature=True,
        content_commitment=True,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=False,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )
