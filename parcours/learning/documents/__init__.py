from parcours.learning.documents.attestation import (
    ATTESTATION,
    NO_EVALUATION,
    NoIssuer,
    attestation_content,
    issuer_of,
    zone_of,
)
from parcours.learning.documents.calendar import dates_of
from parcours.learning.documents.module_file import BUDGET, file_name, module_file, weights_of
from parcours.learning.documents.releve import releve_of

__all__ = [
    "ATTESTATION",
    "BUDGET",
    "NO_EVALUATION",
    "NoIssuer",
    "attestation_content",
    "dates_of",
    "file_name",
    "issuer_of",
    "module_file",
    "releve_of",
    "weights_of",
    "zone_of",
]
