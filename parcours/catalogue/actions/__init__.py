from .freezing import PublicationRefused, duration_faults, freeze, publication_faults, rehearse
from .keeping import refusals_to_delete
from .libraries import open_libraries, open_library, settle_access
from .loading import CatalogueRefused, load_catalogue

__all__ = [
    "CatalogueRefused",
    "PublicationRefused",
    "duration_faults",
    "freeze",
    "load_catalogue",
    "open_libraries",
    "open_library",
    "publication_faults",
    "refusals_to_delete",
    "rehearse",
    "settle_access",
]
