from .freezing import PublicationRefused, duration_faults, freeze, publication_faults
from .loading import CatalogueRefused, load_catalogue

__all__ = [
    "CatalogueRefused",
    "PublicationRefused",
    "duration_faults",
    "freeze",
    "load_catalogue",
    "publication_faults",
]
