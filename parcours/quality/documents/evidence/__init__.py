from parcours.quality.documents.evidence.case import Case, case_of
from parcours.quality.documents.evidence.index import PROOFS, Evidence, PackedPiece, evidence_of
from parcours.quality.documents.evidence.pack import write_pack

__all__ = ["PROOFS", "Case", "Evidence", "PackedPiece", "case_of", "evidence_of", "write_pack"]
