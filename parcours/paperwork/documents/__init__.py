from parcours.paperwork.documents.billing import billing_of
from parcours.paperwork.documents.overview import papers_of, papers_of_registration, rows_of

__all__ = ["billing_of", "papers_of", "papers_of_registration", "rows_of"]
