"""The seal of a paper: a PAdES signature that allows no later change, and the check of one.

pyHanko takes a second to load: it is imported by the functions that need it, not by every process that starts.
"""

import io
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings

FIELD = "Sceau"
ROOM_BESIDE_CERTIFICATES = 2048


class KeyMissing(Exception):
    """No usable key at settings.PAPER_SIGNING_KEY: `manage.py make_signing_key` makes one for development."""


@dataclass(frozen=True)
class Seal:
    """What the signature of a file says: whether it is whole and covers all of it, and whose certificate made it."""

    holds: bool
    certificate: str


def sign(pdf: bytes) -> tuple[bytes, str]:
    """The signed file and the fingerprint of the certificate. Raises KeyMissing."""
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import fields, signers

    signer = load_signer()
    metadata = signers.PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm="sha256",
        subfilter=fields.SigSeedSubFilter.PADES,
        certify=True,
        docmdp_permissions=fields.MDPPerm.NO_CHANGES,
    )
    out, writer = io.BytesIO(), IncrementalPdfFileWriter(io.BytesIO(pdf))
    signers.sign_pdf(writer, metadata, signer=signer, output=out, bytes_reserved=_room_for(signer))
    return out.getvalue(), signer.signing_cert.sha256.hex()


def seal_of(pdf: bytes) -> Seal:
    """Read only files whose bytes are known to be ours: parsing what a stranger sends is asking for trouble."""
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko.sign.validation.status import SignatureCoverageLevel
    from pyhanko_certvalidator import ValidationContext

    signatures = PdfFileReader(io.BytesIO(pdf)).embedded_signatures
    if len(signatures) != 1:
        return Seal(False, "")
    status = validate_pdf_signature(signatures[0], ValidationContext(trust_roots=[], allow_fetching=False))
    whole = status.coverage == SignatureCoverageLevel.ENTIRE_FILE
    return Seal(status.intact and status.valid and whole, signatures[0].signer_cert.sha256.hex())


def load_signer():
    """The key in force, read again when its file changes. Raises KeyMissing."""
    key = Path(settings.PAPER_SIGNING_KEY)
    if not key.is_file():
        raise KeyMissing(str(key))
    return _signer(str(key), key.stat().st_mtime_ns, settings.PAPER_SIGNING_PASSPHRASE)


def _room_for(signer):
    """Hexadecimal digits left for the signature; without it pyHanko signs twice, the first time to know."""
    certificates = [signer.signing_cert, *signer.cert_registry]
    return 2 * (ROOM_BESIDE_CERTIFICATES + sum(len(one.dump()) for one in certificates))


@lru_cache(maxsize=2)
def _signer(path, changed_at, passphrase):
    from pyhanko.sign import signers

    try:
        return signers.SimpleSigner.load_pkcs12_data(Path(path).read_bytes(), [], passphrase.encode() or None)
    except ValueError as error:
        raise KeyMissing(path) from error
