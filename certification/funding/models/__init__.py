from certification.funding.models.batch import Batch, BatchLine
from certification.funding.models.bordereau import Bordereau, BordereauLine
from certification.funding.models.credential import Credential
from certification.funding.models.decision import Confirmation, Decision, Payment, Piece
from certification.funding.models.demande import Beneficiary, Demande
from certification.funding.models.export import DemandeExport
from certification.funding.models.team import Branches, DigestStop, SavedView

__all__ = [
    "Batch",
    "BatchLine",
    "Beneficiary",
    "Bordereau",
    "BordereauLine",
    "Branches",
    "Confirmation",
    "Credential",
    "Decision",
    "Demande",
    "DemandeExport",
    "DigestStop",
    "Payment",
    "Piece",
    "SavedView",
]
