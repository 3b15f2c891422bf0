from parcours.learning.documents.attestation import (
    ATTESTATION,
    NO_EVALUATION,
    NoIssuer,
    attestation_content,
    employer_named,
    issuer_of,
    letterhead,
)
from parcours.learning.documents.calendar import dates_of
from parcours.learning.documents.distance import Distance, distance_of
from parcours.learning.documents.module_file import BUDGET, file_name, module_file, weights_of
from parcours.learning.documents.releve import releve_of

__all__ = [
    "ATTESTATION",
    "BUDGET",
    "NO_EVALUATION",
    "Distance",
    "NoIssuer",
    "attestation_content",
    "dates_of",
    "distance_of",
    "employer_named",
    "file_name",
    "issuer_of",
    "letterhead",
    "module_file",
    "releve_of",
    "weights_of",
]
