from parcours.learning.documents.attestation import (
    ATTESTATION,
    NO_EVALUATION,
    NoIssuer,
    attestation_content,
    issuer_of,
    zone_of,
)
from parcours.learning.documents.calendar import dates_of

__all__ = ["ATTESTATION", "NO_EVALUATION", "NoIssuer", "attestation_content", "dates_of", "issuer_of", "zone_of"]
