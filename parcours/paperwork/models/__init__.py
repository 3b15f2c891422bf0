from parcours.paperwork.models.agreement import Convention, Quote, QuoteLine
from parcours.paperwork.models.batch import Batch
from parcours.paperwork.models.billing import Invoice, Part, Price
from parcours.paperwork.models.paper import PaperSignature, SessionPaper
from parcours.paperwork.models.text import Delivery, HouseText

__all__ = [
    "Batch",
    "Convention",
    "Delivery",
    "HouseText",
    "Invoice",
    "PaperSignature",
    "Part",
    "Price",
    "Quote",
    "QuoteLine",
    "SessionPaper",
]
