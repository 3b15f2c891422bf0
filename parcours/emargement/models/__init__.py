from parcours.emargement.models.attendance import Attendance, Correction
from parcours.emargement.models.sheet import Sheet
from parcours.emargement.models.signature import Scan, Signature

__all__ = ["Attendance", "Correction", "Scan", "Sheet", "Signature"]
