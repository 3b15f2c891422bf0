from certification.funding.models.decision import Confirmation, Decision, Payment, Piece
from certification.funding.models.demande import Beneficiary, Demande

__all__ = ["Beneficiary", "Confirmation", "Decision", "Demande", "Payment", "Piece"]
