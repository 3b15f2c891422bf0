from certification.habilitation.models.exchange import HandOver, Merge
from certification.habilitation.models.fact import Fact
from certification.habilitation.models.files import ExternalId, ImportedFile, ImportedLine
from certification.habilitation.models.habilitation import Habilitation, Move
from certification.habilitation.models.refusal import Refusal
from certification.habilitation.models.session import KnownSession

__all__ = [
    "ExternalId",
    "Fact",
    "Habilitation",
    "HandOver",
    "ImportedFile",
    "ImportedLine",
    "KnownSession",
    "Merge",
    "Move",
    "Refusal",
]
