from .copying import copy_to_library
from .freezing import PublicationRefused, duration_faults, freeze, publication_faults, rehearse
from .keeping import refusals_to_delete, refusals_to_delete_medium
from .libraries import is_settled, open_libraries, open_library, settle_access
from .loading import CatalogueRefused, load_catalogue
from .reviewing import mark_reviewed, tell_changes, tell_published, tell_reviewers
from .scheduling import expect, publish_due

__all__ = [
    "CatalogueRefused",
    "PublicationRefused",
    "copy_to_library",
    "duration_faults",
    "expect",
    "freeze",
    "is_settled",
    "load_catalogue",
    "mark_reviewed",
    "open_libraries",
    "open_library",
    "publication_faults",
    "publish_due",
    "refusals_to_delete",
    "refusals_to_delete_medium",
    "rehearse",
    "settle_access",
    "tell_changes",
    "tell_published",
    "tell_reviewers",
]
